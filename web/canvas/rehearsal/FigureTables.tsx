import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { RehearsalDay, RehearsalNode, RehearsalReport } from '../../../shared/api/rehearsal.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { channels } from '../../../shared/channels/index.ts'
import type { JourneyNode } from '../../../shared/journey/graph.ts'
import { minorOfMilli } from '../../../shared/money.ts'
import type { Registry } from '../../../shared/nodes/type.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { portsOf } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import styles from './Rehearsal.module.css'

interface Row {
  readonly key: string
  readonly name: string
  readonly of: Omit<RehearsalNode, 'left'>
  /** Nodes that know the names of its ports. */
  readonly named: readonly string[]
}

const perPage = 12

const paged = (count: number) =>
  count > perPage ? { pageSize: perPage, size: 'small' as const, showSizeChanger: false } : false

/** Ways out that no node type names: the same words wherever somebody leaves by them. */
const ownWays = ['left', 'reached'] as const
const isOwnWay = (port: string): port is (typeof ownWays)[number] => ownWays.some((known) => known === port)

/** Counts by a key in words: Sent 12 · Not sent 3. */
function Counts({ of, word }: { of: Readonly<Record<string, number>>; word: (key: string) => string }) {
  const format = useFormat()
  const shown = Object.entries(of).filter(([, count]) => count > 0)
  if (shown.length === 0) return <span className={styles.none}>–</span>
  return shown
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => (
      <div key={key} className={styles.count}>
        <span>{word(key)}</span> <b>{format.count(count)}</b>
      </div>
    ))
}

/** A way out of some nodes in words. */
function usePortWord() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal, types } = useCanvas()
  const journey = useStore(rehearsal, (state) => state.journey)
  const format = useFormat()
  return (named: readonly string[], port: string) => {
    if (isOwnWay(port)) return t(`report.ways.${port}`)
    const names = named.flatMap((id) => (journey === null ? [] : portsOf(journey, id, types)))
    const name = names.find(({ id }) => id === port)?.name
    return name === undefined ? port : format.text(name) || port
  }
}

/** What all tables tell after their first column, as far as the whole of a day has it. */
function useFigureColumns(currency: string): TableColumnsType<Row> {
  const { t } = useTranslation(['rehearsal', 'preview'])
  const format = useFormat()
  const gate = (key: string) => t(`preview:gates.${key}` as 'preview:gates.cap', { defaultValue: key })
  const later = (key: string) =>
    t(`rehearsal:report.later.${key}` as 'rehearsal:report.later.cap', { defaultValue: key })
  return [
    {
      title: t('rehearsal:report.waiting'),
      align: 'right',
      render: (_, { of }) => format.count(of.waiting),
    },
    { title: t('rehearsal:report.sent'), align: 'right', render: (_, { of }) => format.count(of.sent) },
    {
      title: t('rehearsal:report.suppressed'),
      render: (_, { of }) => <Counts of={of.suppressed} word={gate} />,
    },
    {
      title: t('rehearsal:report.deferred'),
      render: (_, { of }) => <Counts of={of.deferred} word={later} />,
    },
    {
      title: t('rehearsal:report.cost'),
      align: 'right',
      render: (_, { of }) => format.money(minorOfMilli(of.cost * 1000, currency), currency),
    },
  ]
}

/** Rows of nodes or channels: who came, how they went on, and what became of the messages. */
function Figures({ first, rows, currency }: { first: string; rows: readonly Row[]; currency: string }) {
  const { t } = useTranslation('rehearsal')
  const format = useFormat()
  const portWord = usePortWord()
  const figures = useFigureColumns(currency)
  return (
    <Table<Row>
      size="small"
      dataSource={[...rows]}
      pagination={paged(rows.length)}
      columns={[
        { title: first, dataIndex: 'name' },
        { title: t('report.entered'), align: 'right', render: (_, { of }) => format.count(of.entered) },
        {
          title: t('report.ports'),
          render: (_, { of, named }) => <Counts of={of.ports} word={(port) => portWord(named, port)} />,
        },
        ...figures,
      ]}
    />
  )
}

function useNodeRows() {
  const { rehearsal } = useCanvas()
  const journey = useStore(rehearsal, (state) => state.journey)
  const format = useFormat()
  return (nodes: RehearsalReport['nodes']): Row[] =>
    Object.entries(nodes).map(([key, of]) => ({
      ...{ key, of, named: [key] },
      name: format.text(journey?.nodes[key]?.name ?? { en: key }),
    }))
}

export function ByNode({ report }: { report: RehearsalReport }) {
  const { t } = useTranslation('rehearsal')
  const rowsOf = useNodeRows()
  return (
    <Figures first={t('report.first.node')} rows={rowsOf(report.nodes)} currency={report.cost.currency} />
  )
}

/** The channels by which a node sends; none where it does not, or cannot be read yet. */
function channelsOf(types: Registry, { type, config }: JourneyNode): readonly string[] {
  const known = types.get(type)
  const read = known?.config.safeParse(config)
  return read?.success ? (known?.channels?.(read.data) ?? []) : []
}

export function ByChannel({ report }: { report: RehearsalReport }) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal, types } = useCanvas()
  const journey = useStore(rehearsal, (state) => state.journey)
  const format = useFormat()
  const rows = Object.entries(report.by_channel).map(([key, of]): Row => {
    const nodes = Object.entries(journey?.nodes ?? {})
    const named = nodes.flatMap(([id, node]) => (channelsOf(types, node).includes(key) ? [id] : []))
    const name = format.text(channels.find(({ id }) => id === key)?.name ?? { en: key })
    return { key, name, of, named }
  })
  if (rows.length === 0) return <p className={styles.nobody}>{t('report.noChannel')}</p>
  return <Figures first={t('report.first.channel')} rows={rows} currency={report.cost.currency} />
}

/** A day and whatever happened on it at each node. */
export function ByDay({ report }: { report: RehearsalReport }) {
  const { t } = useTranslation('rehearsal')
  const { locale } = useLocale()
  const format = useFormat()
  const rowsOf = useNodeRows()
  const { currency } = report.cost
  const figures = useFigureColumns(currency)
  const days = new Map(report.by_day.map((day): [string, RehearsalDay] => [day.date, day]))
  const rows = report.by_day.map(
    ({ date, ...of }): Row => ({ key: date, name: sayDay(date, locale), of, named: [] }),
  )
  return (
    <Table<Row>
      size="small"
      dataSource={rows}
      pagination={paged(rows.length)}
      expandable={{
        rowExpandable: ({ key }) => Object.keys(days.get(key)?.nodes ?? {}).length > 0,
        expandedRowRender: ({ key }) => (
          <Figures
            first={t('report.first.node')}
            rows={rowsOf(days.get(key)?.nodes ?? {})}
            currency={currency}
          />
        ),
      }}
      columns={[
        { title: t('report.first.day'), dataIndex: 'name' },
        { title: t('report.came'), align: 'right', render: (_, { of }) => format.count(of.entered) },
        {
          title: t('report.ended'),
          align: 'right',
          render: (_, { key }) => format.count(days.get(key)?.ended ?? 0),
        },
        ...figures,
      ]}
    />
  )
}
