import { Button, Input, Segmented } from 'antd'
import { FileUp, LayoutTemplate, Plus, Search } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useStore } from 'zustand'
import { type JourneySummary, journeyList } from '../../../shared/api/journeys.ts'
import { useApiQuery } from '../../api/query.ts'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { DropAnywhere } from './DropAnywhere.tsx'
import { FirstJourney } from './FirstJourney.tsx'
import { countByStatus, findJourneys, type StatusFilter } from './find.ts'
import { ImportJourney } from './ImportJourney.tsx'
import { JourneysTable } from './JourneysTable.tsx'
import { leaving } from './later.ts'
import { NewJourney } from './NewJourney.tsx'

const filters: readonly StatusFilter[] = ['all', 'live', 'draft', 'paused', 'stopped']

/** Every journey of the brand; for a new one, how to begin. */
export function Component() {
  const { t } = useTranslation('journeys')
  const [naming, setNaming] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const [importing, setImporting] = useState(false)
  const journeys = useApiQuery('/journeys', journeyList, {
    // Figures move while something runs.
    refetchInterval: ({ state }) =>
      state.data?.journeys.some(({ status }) => status === 'live') ? 5_000 : false,
  })
  const begin = { onBlank: () => setNaming(true), onImport: () => setImporting(true) }
  const drop = useCallback((dropped: File) => {
    setFile(dropped)
    setImporting(true)
  }, [])
  const closeImport = () => {
    setImporting(false)
    setFile(null)
  }
  const any = journeys.data === undefined || journeys.data.journeys.length > 0
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={any ? <Actions {...begin} /> : null} />
      <Loaded query={journeys} skeleton={<TableSkeleton rows={6} />}>
        {(data) =>
          data.journeys.length === 0 ? <FirstJourney {...begin} /> : <JourneyList journeys={data.journeys} />
        }
      </Loaded>
      <DropAnywhere label={t('importing.dropAnywhere')} onFile={drop} />
      <NewJourney open={naming} onClose={() => setNaming(false)} />
      <ImportJourney open={importing} dropped={file} onClose={closeImport} />
    </Page>
  )
}

function Actions({ onBlank, onImport }: { onBlank: () => void; onImport: () => void }) {
  const { t } = useTranslation('journeys')
  return (
    <>
      <Button type="text" icon={<FileUp size={14} />} onClick={onImport} data-testid="import-journey">
        {t('import')}
      </Button>
      <Link to="../templates">
        <Button icon={<LayoutTemplate size={14} />} data-testid="from-template">
          {t('fromTemplate')}
        </Button>
      </Link>
      <Button type="primary" icon={<Plus size={15} />} onClick={onBlank} data-testid="new-journey">
        {t('create')}
      </Button>
    </>
  )
}

function JourneyList({ journeys }: { journeys: readonly JourneySummary[] }) {
  const { t } = useTranslation('journeys')
  const [search, setSearch] = useState('')
  const [status, setStatus] = useState<StatusFilter>('all')
  const hidden = useStore(leaving, ({ ids }) => ids)
  const there = journeys.filter(({ id }) => !hidden.has(id))
  const counts = countByStatus(there)
  const found = findJourneys(there, search, status)
  const options = filters
    .filter((filter) => filter === 'all' || filter === status || counts[filter] > 0)
    .map((filter) => ({ value: filter, label: `${t(`statuses.${filter}`)} ${counts[filter]}` }))
  return (
    <ListCard
      note={t('count', { count: found.length })}
      tools={
        <>
          <Input
            allowClear
            style={{ width: 220 }}
            prefix={<Search size={14} aria-hidden />}
            placeholder={t('search')}
            aria-label={t('search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            data-testid="journey-search"
          />
          <Segmented options={options} value={status} onChange={setStatus} data-testid="journey-status" />
        </>
      }
    >
      <JourneysTable journeys={found} />
    </ListCard>
  )
}
