import { Button } from 'antd'
import { UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { duplicateList } from '../../../../shared/api/persons.ts'
import { asProblem } from '../../../api/problem.ts'
import { usePages } from '../../../api/usePages.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../../ui/Skeletons.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import styles from './Duplicates.module.css'
import { Group } from './Group.tsx'

/** Customers side by side of whom somebody is to say whether they are one. */
export function Waiting() {
  const { t } = useTranslation('persons')
  const format = useFormat()
  const pages = usePages('/duplicates', duplicateList, {}, 'after')
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={6} />
  const groups = pages.data.pages.flatMap((page) => page.groups)
  const total = pages.data.pages[0]?.total ?? 0
  if (groups.length === 0)
    return <EmptyState icon={UsersRound} title={t('waiting.empty')} text={t('waiting.emptyText')} />
  return (
    <div className={styles.groups}>
      <p className={styles.count}>{t('waiting.count', { count: total, total: format.count(total) })}</p>
      {groups.map((group) => (
        <Group key={`${group.kind}:${group.customers.map(({ id }) => id).join(':')}`} group={group} />
      ))}
      {pages.hasNextPage ? (
        <Button type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </div>
  )
}
