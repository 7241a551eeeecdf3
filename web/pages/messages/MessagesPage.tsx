import { Button } from 'antd'
import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { openPhone } from '../../ui/phoneDrawer.ts'

export function Component() {
  const { t } = useTranslation('messages')
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <EmptyState
        icon={MessagesSquare}
        title={t('empty.title')}
        text={t('empty.text')}
        example={t('empty.example')}
        action={
          <Button type="primary" onClick={() => openPhone()}>
            {t('empty.action')}
          </Button>
        }
      />
    </Page>
  )
}
