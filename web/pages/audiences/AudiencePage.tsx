import { Alert, Button, Flex, Tabs } from 'antd'
import { FileDown, Pencil, Waypoints } from 'lucide-react'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { CustomerOrder } from '../../../shared/api/customer-sort.ts'
import {
  type AudienceSummary,
  audienceSummary,
  audienceUses,
  customerList,
} from '../../../shared/api/customers.ts'
import { journeyAnswer } from '../../../shared/api/journeys.ts'
import { sayCondition } from '../../../shared/conditions/say.ts'
import { api, queryString } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { usePages } from '../../api/usePages.ts'
import { useSpoken } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Findings } from '../../ui/Findings.tsx'
import { Count } from '../../ui/figures.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { PageSkeleton, TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { BrandFormat } from '../../ui/zone.ts'
import { CustomersTable } from '../customers/CustomersTable.tsx'
import { orderOf, sortAsked } from '../customers/order.ts'
import { SortSelect } from '../customers/SortSelect.tsx'
import { Uses } from '../Uses.tsx'
import { AudienceDrawer } from './AudienceDrawer.tsx'
import styles from './AudiencePage.module.css'
import { ConditionWords } from './ConditionWords.tsx'
import { MoreByFile } from './FileList.tsx'
import { Freezing } from './Freezing.tsx'
import { History } from './History.tsx'

const nobody: ReadonlySet<string> = new Set()

/** One audience: who is in it, how that came about, and where it is used. */
export function Component() {
  const { t } = useTranslation('audiences')
  const path = useBrandPath()
  const format = useFormat()
  const { key = '' } = useParams()
  const query = useApiQuery(`/audiences/${encodeURIComponent(key)}`, audienceSummary)
  return (
    <Page>
      <PageHeader
        title={query.data === undefined ? key : format.text(query.data.name)}
        back={{ to: path('audiences'), label: t('title') }}
      />
      <Loaded query={query} skeleton={<PageSkeleton />}>
        {(audience) => (
          <ConditionWords>
            <Opened key={key} audience={audience} />
          </ConditionWords>
        )}
      </Loaded>
    </Page>
  )
}

function Opened({ audience }: { audience: AudienceSummary }) {
  const { t } = useTranslation('audiences')
  const [editing, setEditing] = useState(false)
  const { key, kind, condition } = audience
  const uses = useApiQuery(`/audiences/${encodeURIComponent(key)}/uses`, audienceUses).data?.uses ?? []
  return (
    <div className={styles.page}>
      <Head audience={audience} onEdit={kind === 'condition' ? () => setEditing(true) : null} />
      <StatTiles>
        <StatTile
          label={t('columns.size')}
          value={audience.unknown ? '—' : <Count value={audience.size} />}
          note={t(`page.follows.${audience.frozen !== null ? 'frozen' : kind}`)}
        />
        <StatTile label={t('page.uses')} value={<Count value={uses.length} />} />
      </StatTiles>
      <Tabs
        items={[
          {
            key: 'people',
            label: t('page.people'),
            children: (
              <Flex vertical gap={16}>
                {kind === 'list' && audience.frozen === null ? (
                  <Panel>
                    <MoreByFile audience={key} />
                  </Panel>
                ) : null}
                <People audience={key} />
              </Flex>
            ),
          },
          { key: 'history', label: t('page.history'), children: <History audience={key} /> },
          {
            key: 'uses',
            label: t('page.uses'),
            children: (
              <Panel title={t('page.uses')}>
                {uses.length === 0 ? (
                  t('page.unused')
                ) : (
                  <Uses uses={uses} about={t('page.usesAbout')} onLeave={() => undefined} />
                )}
              </Panel>
            ),
          },
        ]}
      />
      <AudienceDrawer
        open={editing && condition !== null}
        audience={audience}
        taken={nobody}
        onClose={() => setEditing(false)}
      />
    </div>
  )
}

/** Who is meant, in a sentence, and what can be done with them. */
function Head({ audience, onEdit }: { audience: AudienceSummary; onEdit: (() => void) | null }) {
  const { t } = useTranslation('audiences')
  const { locale } = useLocale()
  const format = useFormat()
  const { currency } = useContext(BrandFormat)
  const { key, frozen, journeyId } = audience
  const condition = audience.condition ?? frozen?.condition ?? null
  const spoken = useSpoken(condition)
  const said = condition
    ? atHead(sayCondition(spoken(condition), locale, currency))
    : t(journeyId === null ? 'listPlain' : 'listSaid')
  return (
    <Panel
      title={t('columns.what')}
      extra={
        <div className={styles.actions}>
          <StartJourney audience={audience} />
          <Button
            icon={<FileDown size={14} />}
            href={api.href(`/export/customers.csv${queryString({ audience: key })}`)}
            download
            data-testid="export-audience"
          >
            {t('page.export')}
          </Button>
          <Freezing audience={audience} />
          {onEdit === null ? null : (
            <Button type="primary" icon={<Pencil size={14} />} onClick={onEdit} data-testid="edit-audience">
              {t('edit')}
            </Button>
          )}
        </div>
      }
    >
      {frozen === null ? null : (
        <Alert
          type="info"
          showIcon
          className={styles.frozen ?? ''}
          title={t('frozen.since', { when: format.time(frozen.at) })}
          description={t('frozen.meaning')}
          data-testid="audience-frozen"
        />
      )}
      <p className={styles.said}>{said}</p>
      <Findings findings={audience.findings} />
    </Panel>
  )
}

function People({ audience }: { audience: string }) {
  const { t } = useTranslation(['audiences', 'customers'])
  const format = useFormat()
  const [search, setSearch] = useState('')
  const [{ sort }, setFilter] = useFilters(['sort'])
  const order = orderOf(sort, audience)
  const setOrder = (next: CustomerOrder) => setFilter('sort', sortAsked(next))
  const asked = { audience, search: search || undefined, sort: sortAsked(order) }
  const pages = usePages('/customers', customerList, asked, 'after')
  const found = pages.data?.pages.flatMap(({ customers }) => customers) ?? []
  const total = pages.data?.pages[0]?.total ?? 0
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={8} />
  const more = {
    label: t('customers:more'),
    busy: pages.isFetchingNextPage,
    show: () => void pages.fetchNextPage(),
  }
  return (
    <ListCard
      note={t('customers:count', { count: total, total: format.count(total) })}
      tools={
        <>
          <SearchBox
            label={t('customers:search')}
            data-testid="audience-search"
            value={search}
            onChange={(value) => setSearch(value ?? '')}
          />
          <SortSelect order={order} ofAudience onChange={setOrder} />
        </>
      }
      more={pages.hasNextPage ? more : null}
    >
      <CustomersTable customers={found} busy={pages.isPlaceholderData} order={order} onOrder={setOrder} />
    </ListCard>
  )
}

/** Draws a journey into which this audience comes, to be gone on with on the canvas. */
function StartJourney({ audience: { key, name } }: { audience: AudienceSummary }) {
  const { t } = useTranslation('audiences')
  const navigate = useNavigate()
  const path = useBrandPath()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const start = async () => {
    setBusy(true)
    try {
      const { journey, revision } = await api.post('/journeys', journeyAnswer, { name })
      const audience = { kind: 'audience', audience: key, member: true }
      const people = {
        type: 'audience_at',
        name,
        config: { audience, at: { kind: 'join', present: true } },
      }
      await api.put(`/journeys/${journey.id}/draft`, journeyAnswer, {
        revision,
        journey: { ...journey, nodes: { people }, edges: {}, layout: { people: { x: 0, y: 0 } } },
      })
      navigate(path(`journeys/${journey.id}`))
    } catch (error) {
      notice.problem(error)
      setBusy(false)
    }
  }
  return (
    <Button
      icon={<Waypoints size={14} />}
      loading={busy}
      onClick={() => void start()}
      data-testid="journey-with-audience"
    >
      {t('page.journey')}
    </Button>
  )
}
