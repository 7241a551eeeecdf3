import { Button } from 'antd'
import { CircleDot, FileUp, Plus, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type AudienceSummary, audienceList } from '../../../shared/api/customers.ts'
import { journeyList } from '../../../shared/api/journeys.ts'
import { useApiQuery } from '../../api/query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { AudienceDrawer } from './AudienceDrawer.tsx'
import { AudiencesTable } from './AudiencesTable.tsx'
import { NewList } from './FileList.tsx'
import { Overlap } from './Overlap.tsx'
import { useDeleteAudience } from './useDeleteAudience.tsx'

type Edited = AudienceSummary | 'new' | null

/** Saved audiences: by condition, or kept by journeys. */
export function Component() {
  const { t } = useTranslation('audiences')
  const audiences = useApiQuery('/audiences', audienceList)
  const [edited, setEdited] = useState<Edited>(null)
  const [listing, setListing] = useState(false)
  const [overlapping, setOverlapping] = useState(false)
  const create = (
    <Button
      type="primary"
      icon={<Plus size={15} />}
      onClick={() => setEdited('new')}
      data-testid="new-audience"
    >
      {t('create')}
    </Button>
  )
  const byFile = (
    <Button icon={<FileUp size={15} />} onClick={() => setListing(true)} data-testid="list-by-file">
      {t('byFile.title')}
    </Button>
  )
  const list = audiences.data?.audiences ?? []
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          list.length > 0 ? (
            <>
              {list.length > 1 ? (
                <Button
                  icon={<CircleDot size={15} />}
                  onClick={() => setOverlapping(true)}
                  data-testid="overlap-audiences"
                >
                  {t('overlap.title')}
                </Button>
              ) : null}
              {byFile}
              {create}
            </>
          ) : null
        }
      />
      <Loaded query={audiences} skeleton={<TableSkeleton rows={5} />}>
        {(data) =>
          data.audiences.length === 0 ? (
            <NoAudiences create={create} byFile={byFile} />
          ) : (
            <AudienceList audiences={data.audiences} onEdit={setEdited} />
          )
        }
      </Loaded>
      <AudienceDrawer
        open={edited !== null}
        audience={edited === 'new' ? null : edited}
        taken={new Set(list.map(({ key }) => key))}
        onClose={() => setEdited(null)}
      />
      <NewList open={listing} taken={new Set(list.map(({ key }) => key))} onClose={() => setListing(false)} />
      <Overlap audiences={list} open={overlapping} onClose={() => setOverlapping(false)} />
    </Page>
  )
}

function AudienceList({
  audiences,
  onEdit,
}: {
  audiences: readonly AudienceSummary[]
  onEdit: (audience: AudienceSummary) => void
}) {
  const { t } = useTranslation('audiences')
  const [search, setSearch] = useState('')
  const journeys = useApiQuery('/journeys', journeyList).data?.journeys ?? []
  const remove = useDeleteAudience()
  const format = useFormat()
  const nameOf = new Map(audiences.map(({ key, name }) => [key, format.text(name)]))
  const wanted = search.trim().toLowerCase()
  const found = audiences.filter(({ key, name }) =>
    `${name['zh-CN'] ?? ''} ${name.en ?? ''} ${key}`.toLowerCase().includes(wanted),
  )
  return (
    <ListCard
      note={t('count', { count: found.length })}
      tools={<SearchBox label={t('search')} value={search} onChange={setSearch} />}
    >
      <AudiencesTable
        audiences={found}
        nameOf={nameOf}
        journeys={journeys}
        onEdit={onEdit}
        onDelete={remove}
      />
    </ListCard>
  )
}

function NoAudiences({ create, byFile }: { create: React.ReactNode; byFile: React.ReactNode }) {
  const { t } = useTranslation('audiences')
  return (
    <EmptyState
      icon={UsersRound}
      title={t('empty.title')}
      text={t('empty.text')}
      example={t('empty.example')}
      action={
        <>
          {create}
          {byFile}
          <Link to="../import">
            <Button>{t('empty.second')}</Button>
          </Link>
        </>
      }
    />
  )
}
