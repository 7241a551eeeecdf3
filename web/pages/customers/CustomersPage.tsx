import { Button } from 'antd'
import { ContactRound, FileUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

export function Component() {
  const { t } = useTranslation('customers')
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <Link to="../import">
            <Button icon={<FileUp size={14} />}>{t('import')}</Button>
          </Link>
        }
      />
      <EmptyState
        icon={ContactRound}
        title={t('empty.title')}
        text={t('empty.text')}
        example={t('empty.example')}
        action={
          <Link to="../import">
            <Button type="primary">{t('empty.action')}</Button>
          </Link>
        }
      />
    </Page>
  )
}
