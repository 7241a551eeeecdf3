import { Button } from 'antd'
import { Eraser } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Certificate, certificateList } from '../../../shared/api/erasures.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'

/** In the place of the page of whoever was erased: since when, and the certificate. */
export function Erased({ start }: { start: string }) {
  const { t } = useTranslation(['common', 'customers'])
  const path = useBrandPath()
  const query = useApiQuery(`/erasures?start=${start}`, certificateList)
  return (
    <Page>
      <PageHeader title={t('erased.name')} back={{ to: path('customers'), label: t('customers:title') }} />
      <Loaded query={query} skeleton={<PageSkeleton />}>
        {({ erasures }) => <Told certificate={erasures[0]} />}
      </Loaded>
    </Page>
  )
}

function Told({ certificate }: { certificate: Certificate | undefined }) {
  const { t } = useTranslation(['common', 'customers'])
  const format = useFormat()
  const path = useBrandPath()
  if (certificate === undefined)
    return (
      <EmptyState
        icon={Eraser}
        title={t('customers:unknown')}
        text={t('erased.unknown')}
        action={
          <Link to={path('customers')}>
            <Button>{t('customers:back')}</Button>
          </Link>
        }
      />
    )
  const { id, askedAt, finishedAt } = certificate
  return (
    <EmptyState
      icon={Eraser}
      title={t('erased.title')}
      text={
        finishedAt === null
          ? t('erased.asked', { when: format.time(askedAt, 'full') })
          : t('erased.text', { when: format.time(finishedAt, 'full') })
      }
      action={
        <Link to={path(`do-not-contact?tab=erasures&certificate=${id}`)}>
          <Button>{t('erased.certificate')}</Button>
        </Link>
      }
    />
  )
}
