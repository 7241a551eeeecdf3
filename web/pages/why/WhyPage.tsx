import { Button } from 'antd'
import { Workflow } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { type WhatIfAnswer, type WhyAnswer, whyAnswer } from '../../../shared/api/why.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Page } from '../../ui/Page.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { TopBarActions, TopBarTitle } from '../../ui/PageHeader.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useCustomerName } from '../customer-name.ts'
import styles from './Why.module.css'
import { WhyCanvas } from './WhyCanvas.tsx'
import { WhyPanel } from './WhyPanel.tsx'

/** Why a customer went this way through a journey: the path lit up, with each step's reason beside it. */
export function Component() {
  const { t } = useTranslation('why')
  const { id = '', enrollment = '' } = useParams()
  const path = `/journeys/${encodeURIComponent(id)}/enrollments/${encodeURIComponent(enrollment)}`
  const { data, error, refetch } = useApiQuery(path, whyAnswer)
  if (error !== null)
    return (
      <Page>
        <PageError error={error} title={t('failed')} onRetry={() => void refetch()} />
      </Page>
    )
  if (data === undefined)
    return (
      <Page>
        <CardsSkeleton cards={3} />
      </Page>
    )
  return <Opened key={path} path={path} why={data} />
}

function Opened({ path, why }: { path: string; why: WhyAnswer }) {
  const { t } = useTranslation('why')
  const brandPath = useBrandPath()
  const format = useFormat()
  const nameOf = useCustomerName()
  const [other, setOther] = useState<WhatIfAnswer | null>(null)
  const { enrollment, journey } = why
  const { customerId, customerName, journeyId } = enrollment
  const real = { journey, path: why.path, state: enrollment.status === 'ended' ? null : enrollment.state }
  const shown =
    other === null
      ? real
      : { journey: other.journey, path: other.path, state: other.ending === null ? other.state : null }
  return (
    <div className={styles.page}>
      <TopBarTitle
        title={t('title', { who: nameOf(customerId, customerName), journey: format.text(journey.name) })}
        back={{ to: brandPath(`customers/${encodeURIComponent(customerId)}`), label: t('back') }}
      />
      <TopBarActions>
        <Link to={brandPath(`journeys/${journeyId}`)}>
          <Button icon={<Workflow size={15} />}>{t('toJourney')}</Button>
        </Link>
      </TopBarActions>
      <div className={styles.canvas}>
        <WhyCanvas {...shown} />
        {other === null ? null : <p className={styles.banner}>{t('whatIf.shown')}</p>}
      </div>
      <WhyPanel path={path} why={why} other={other} onOther={setOther} />
    </div>
  )
}
