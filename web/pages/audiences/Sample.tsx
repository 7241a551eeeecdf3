import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { countAnswer } from '../../../shared/api/customers.ts'
import { type Condition, leavesOf } from '../../../shared/conditions/schema.ts'
import { api } from '../../api/client.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Findings } from '../../ui/Findings.tsx'
import styles from './Sample.module.css'

/** A few of those for whom a condition holds, so that one sees whether they are the ones meant. */
export function Sample({ condition }: { condition: Condition }) {
  const { t } = useTranslation('audiences')
  const path = useBrandPath()
  const asked = useDeferredValue(condition)
  const sample = useQuery({
    queryKey: ['audience-sample', asked],
    queryFn: ({ signal }) => api.post('/audiences/count', countAnswer, { condition: asked }, { signal }),
    enabled: leavesOf(asked).length > 0,
    placeholderData: keepPreviousData,
    // The count beside it tells of problems.
    retry: false,
  })
  if (leavesOf(condition).length === 0 || sample.isError) return null
  if (!sample.data) return <Skeleton active title={false} paragraph={{ rows: 1 }} />
  if (sample.data.sample.length === 0)
    return (
      <>
        <Findings findings={sample.data.findings} />
        <p className={styles.note}>{t('editor.nobody')}</p>
      </>
    )
  return (
    <>
      <Findings findings={sample.data.findings} />
      <div className={styles.sample} data-testid="audience-sample">
        {sample.data.sample.map(({ id, name }) => (
          <Link key={id} to={path(`customers/${id}`)} target="_blank" className={styles.person}>
            {name ?? t('editor.nameless')}
          </Link>
        ))}
      </div>
    </>
  )
}
