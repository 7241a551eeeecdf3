import { Button } from 'antd'
import { FileUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

export function Component() {
  const { t } = useTranslation(['import', 'customers'])
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        back={{ to: '../customers', label: t('customers:title') }}
      />
      <EmptyState
        icon={FileUp}
        title={t('empty.title')}
        text={t('empty.text')}
        example={t('empty.example')}
        action={
          <Link to="../customers">
            <Button type="primary">{t('empty.action')}</Button>
          </Link>
        }
      />
    </Page>
  )
}
