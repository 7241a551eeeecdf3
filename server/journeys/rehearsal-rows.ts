import type { RehearsalNode, RehearsalReport } from '../../shared/api/rehearsal.ts'

/** How a node is called, and by what it sends; empty where it sends nothing. */
type Named = (node: string) => { readonly name: string; readonly channel: string }

/** Counts by a key that differs from row to row: each key becomes a column. */
const counted = [
  { kind: 'port', of: 'ports' },
  { kind: 'suppressed', of: 'suppressed' },
  { kind: 'deferred', of: 'deferred' },
] as const

const nothing: RehearsalNode = {
  ...{ entered: 0, waiting: 0, left: 0, ports: {}, sent: 0, suppressed: {}, deferred: {}, cost: 0 },
}

interface Row {
  readonly date: string
  readonly node: string
  readonly figures: RehearsalNode
}

/** Where anything happened on a day, or somebody stood at its end. */
function rowsOf({ by_day: days, timeline, nodes, endings }: RehearsalReport): Row[] {
  return days.flatMap(({ date, nodes: that }, day) => {
    const standing = Object.entries(timeline[day]?.nodes ?? {}).flatMap(([id, [, count]]) =>
      count > 0 && nodes[id] !== undefined && !Object.hasOwn(endings, id) ? [[id, count] as const] : [],
    )
    const still = standing.filter(([id]) => that[id] === undefined)
    return [
      ...Object.entries(that).map(([node, figures]) => ({ date, node, figures })),
      ...still.map(([node, waiting]) => ({ date, node, figures: { ...nothing, waiting } })),
    ]
  })
}

/** What happened at each node on each day, a row for each, its head first. Added up it is the whole report. */
export function figureRows(report: RehearsalReport | null, named: Named): string[][] {
  const rows = report === null ? [] : rowsOf(report)
  const columns = counted.flatMap(({ kind, of }) =>
    [...new Set(rows.flatMap(({ figures }) => Object.keys(figures[of])))]
      .sort()
      .map((key) => ({ kind, of, key })),
  )
  const head = ['date', 'node', 'node_name', 'channel', 'entered', 'waiting', 'left', 'sent', 'cost']
  return [
    [...head, ...columns.map(({ kind, key }) => `${kind}.${key}`)],
    ...rows.map(({ date, node, figures }) => {
      const { name, channel } = named(node)
      const { entered, waiting, left, sent, cost } = figures
      return [
        ...[date, node, name, channel],
        ...[entered, waiting, left, sent, cost].map(String),
        ...columns.map(({ of, key }) => String(figures[of][key] ?? 0)),
      ]
    }),
  ]
}
