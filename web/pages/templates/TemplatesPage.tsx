import { Button } from 'antd'
import { FileUp, LayoutTemplate } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { templateList } from '../../../shared/api/journeys.ts'
import { useApiQuery } from '../../api/query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { ImportJourney } from '../journeys/ImportJourney.tsx'
import { StepsDrawer } from './StepsDrawer.tsx'
import { type Template, TemplateCard, TemplateCards } from './TemplateCard.tsx'
import { useStartFrom } from './useStartFrom.ts'

/** Ready journeys, to be used as they are. */
export function Component() {
  const { t } = useTranslation('templates')
  const [importing, setImporting] = useState(false)
  const templates = useApiQuery('/templates', templateList, { staleTime: 600_000 })
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <Button icon={<FileUp size={14} />} onClick={() => setImporting(true)} data-testid="import-journey">
            {t('import')}
          </Button>
        }
      />
      <Loaded query={templates} skeleton={<CardsSkeleton />}>
        {(data) => (data.templates.length === 0 ? <NoTemplates /> : <Gallery templates={data.templates} />)}
      </Loaded>
      <ImportJourney open={importing} onClose={() => setImporting(false)} />
    </Page>
  )
}

function Gallery({ templates }: { templates: readonly Template[] }) {
  const start = useStartFrom()
  const [looked, setLooked] = useState<Template | null>(null)
  const use = (template: Template) => start.mutate({ template: template.id })
  const chosen =
    start.isPending && start.variables && 'template' in start.variables ? start.variables.template : null
  return (
    <>
      <TemplateCards>
        {templates.map((template) => (
          <TemplateCard
            key={template.id}
            template={template}
            busy={chosen === template.id}
            onUse={() => use(template)}
            onLook={() => setLooked(template)}
          />
        ))}
      </TemplateCards>
      <StepsDrawer
        journey={looked?.journey ?? null}
        busy={start.isPending}
        onUse={() => looked && use(looked)}
        onClose={() => setLooked(null)}
      />
    </>
  )
}

function NoTemplates() {
  const { t } = useTranslation('templates')
  return (
    <EmptyState
      icon={LayoutTemplate}
      title={t('empty.title')}
      text={t('empty.text')}
      example={t('empty.example')}
      action={
        <Link to="../journeys">
          <Button type="primary">{t('empty.action')}</Button>
        </Link>
      }
    />
  )
}
