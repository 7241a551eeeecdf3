import { Segmented, Select, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AuditEntry, auditPage } from '../../../shared/api/audit.ts'
import { actions, objectKinds } from '../../../shared/audit/actions.ts'
import { actorKinds, people, ways } from '../../../shared/audit/actor.ts'
import { detailNames, moments } from '../../../shared/audit/details.ts'
import type { LocalText } from '../../../shared/text.ts'
import { asProblem } from '../../api/problem.ts'
import { usePages } from '../../api/usePages.ts'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { CannotBeRead } from '../CannotBeRead.tsx'
import { useCustomerName } from '../customer-name.ts'
import styles from './SettingsPage.module.css'

const keys = ['object', 'action', 'actor'] as const
type Filter = (typeof keys)[number]
/** A brand has its log; what is done to brands, and who logs in, is the installation's. */
const logs = ['brand', 'installation'] as const
type Of = (typeof logs)[number]

/** Who changed what, the newest first. */
export function AuditTab() {
  const { t } = useTranslation('settings')
  const [filters, setFilter] = useFilters(keys)
  const [of, setOf] = useState<Of>('brand')
  const pages = usePages('/audit', auditPage, filters, 'before', of)
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? []
  const unreadable = pages.data?.pages.flatMap((page) => page.unreadable) ?? []
  const filtered = keys.some((key) => filters[key] !== undefined)
  const more = {
    label: t('audit.more'),
    busy: pages.isFetchingNextPage,
    show: () => void pages.fetchNextPage(),
  }
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={8} />
  return (
    <>
      <p className={styles.about}>{t('audit.about')}</p>
      <Segmented<Of>
        className={styles.of ?? ''}
        value={of}
        options={logs.map((value) => ({ value, label: t(`audit.of.${value}`) }))}
        onChange={setOf}
      />
      <ListCard
        note={t('audit.shown', { count: entries.length })}
        tools={<Tools filters={filters} onChange={setFilter} />}
        more={pages.hasNextPage ? more : null}
      >
        {entries.length === 0 ? (
          <NothingFound>{t(filtered ? 'audit.none' : 'audit.empty')}</NothingFound>
        ) : (
          <Entries entries={entries} busy={pages.isPlaceholderData} />
        )}
        {unreadable.map(({ id, reason }) => (
          <p key={id} className={styles.about}>
            #{id} <CannotBeRead reason={reason} />
          </p>
        ))}
      </ListCard>
    </>
  )
}

interface ToolsProps {
  filters: Readonly<Record<Filter, string | undefined>>
  onChange: (filter: Filter, value: string | undefined) => void
}

function Tools({ filters, onChange }: ToolsProps) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const choices = (table: Readonly<Record<string, LocalText>>) =>
    Object.entries(table).map(([value, words]) => ({ value, label: format.text(words) }))
  const object = filters.object
  const words = Object.entries(actions).flatMap(([action, info]) =>
    object === undefined || info.object === object ? [[action, info.words] as const] : [],
  )
  const field = (filter: Filter, label: string, table: Readonly<Record<string, LocalText>>) => (
    <Select
      allowClear
      style={{ width: filter === 'action' ? 176 : 132 }}
      placeholder={label}
      aria-label={label}
      value={filters[filter] ?? null}
      options={choices(table)}
      onChange={(value: string | null | undefined) => onChange(filter, value ?? undefined)}
      data-testid={`audit-${filter}`}
    />
  )
  return (
    <>
      {field('object', t('audit.allObjects'), objectKinds)}
      {field('action', t('audit.allActions'), Object.fromEntries(words))}
      {field('actor', t('audit.allActors'), actorKinds)}
    </>
  )
}

function Entries({ entries, busy }: { entries: readonly AuditEntry[]; busy: boolean }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const nameOf = useCustomerName()
  const columns: TableColumnsType<AuditEntry> = [
    {
      title: t('audit.at'),
      key: 'at',
      width: 190,
      render: (_, { lastAt, clock }) => (
        <>
          {format.time(lastAt)}
          {Math.abs(lastAt - clock) < 60_000 ? null : (
            <small className={styles.under}>{t('audit.clock', { at: format.time(clock) })}</small>
          )}
        </>
      ),
    },
    { title: t('audit.who'), key: 'who', width: 140, render: (_, { actor }) => <Who actor={actor} /> },
    {
      title: t('audit.what'),
      key: 'what',
      width: 168,
      render: (_, { action, times }) => (
        <>
          {format.text(actions[action].words)}
          {times > 1 ? <small className={styles.under}>{t('audit.times', { count: times })}</small> : null}
        </>
      ),
    },
    {
      title: t('audit.object'),
      key: 'object',
      ellipsis: true,
      render: (_, { object: { kind, id } }) => (
        <>
          {format.text(objectKinds[kind])}
          {id === '' ? null : <small className={styles.under}>{nameOf(id, null)}</small>}
        </>
      ),
    },
    { title: t('audit.detail'), key: 'detail', render: (_, { detail }) => <Detail detail={detail} /> },
  ]
  return (
    <Table
      size="middle"
      rowKey="id"
      columns={columns}
      dataSource={[...entries]}
      pagination={false}
      loading={busy}
      data-testid="audit-entries"
    />
  )
}

function Who({ actor: { kind, id, via } }: { actor: AuditEntry['actor'] }) {
  const format = useFormat()
  const nameOf = useCustomerName()
  const person = Object.entries(people).find(([known]) => kind === 'person' && known === id)
  const name = person === undefined ? nameOf(id, null) : format.text(person[1])
  return (
    <>
      {name === '' ? format.text(actorKinds[kind]) : name}
      <small className={styles.under}>{format.text(ways[via])}</small>
    </>
  )
}

/** What the entry tells beside its action; names that a later release has added stand as they are. */
function Detail({ detail }: { detail: AuditEntry['detail'] }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const names: Readonly<Record<string, LocalText>> = detailNames
  const said = (name: string, value: string | number | boolean) => {
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    return typeof value === 'number' && moments.has(name) ? format.time(value) : String(value)
  }
  return Object.entries(detail).flatMap(([name, value]) => {
    const words = names[name]
    return value === null || value === ''
      ? []
      : [
          <div key={name} className={styles.detail}>
            {words === undefined ? name : format.text(words)} {said(name, value)}
          </div>,
        ]
  })
}
