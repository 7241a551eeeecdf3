import { Button } from 'antd'
import { ChartColumn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

export function Component() {
  const { t } = useTranslation('reports')
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <EmptyState
        icon={ChartColumn}
        title={t('empty.title')}
        text={t('empty.text')}
        example={t('empty.example')}
        action={
          <Link to="../journeys">
            <Button type="primary">{t('empty.action')}</Button>
          </Link>
        }
      />
    </Page>
  )
}
