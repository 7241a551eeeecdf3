import { Button } from 'antd'
import { ContactRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

export function Component() {
  const { t } = useTranslation('customers')
  return (
    <Page>
      <PageHeader title={t('one')} back={{ to: '../customers', label: t('title') }} />
      <EmptyState
        icon={ContactRound}
        title={t('oneEmpty.title')}
        text={t('oneEmpty.text')}
        example={t('oneEmpty.example')}
        action={
          <Link to="../customers">
            <Button type="primary">{t('oneEmpty.action')}</Button>
          </Link>
        }
      />
    </Page>
  )
}
