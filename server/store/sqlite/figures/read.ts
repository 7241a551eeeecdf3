import type { FiguresAnswer, NodeFigures } from '../../../../shared/api/journeys.ts'
import type { BrandDatabase } from '../database.ts'
import { wholeSum } from '../events/order-sql.ts'

type Kinds = ReadonlyMap<string, number>

/** Counts of each node by kind; of one version, or of all together where it is null. */
function kindsOf(db: BrandDatabase, journeyId: string, version: number | null): Map<string, Kinds> {
  const rows = db.sqlite
    .prepare<{ journeyId: string; version: number | null }, { node: string; kind: string; count: number }>(
      `select node, kind, ${wholeSum('count')} as count from figures
       where journey_id = @journeyId and (@version is null or version = @version) group by node, kind`,
    )
    .all({ journeyId, version })
  const nodes = new Map<string, Map<string, number>>()
  for (const { node, kind, count } of rows) {
    const kinds = nodes.get(node) ?? new Map<string, number>()
    kinds.set(kind, count)
    nodes.set(node, kinds)
  }
  return nodes
}

/** How many are stuck at each node; an index holds these few. At a trigger it is the live version's. */
function stuckAt(db: BrandDatabase, journeyId: string, version: number | null): ReadonlyMap<string, number> {
  const rows = db.sqlite
    .prepare<{ journeyId: string; version: number | null }, { state: string; count: number }>(
      `select state, count(*) as count from enrollments
       where journey_id = @journeyId and status = 'stuck' and (@version is null or version = @version)
       group by state
       union all select f.node, count(*) from (
         select node, journey_id from failed_entries where journey_id = @journeyId and due_at is null
         union all select node, journey_id from coming where journey_id = @journeyId and due_at is null) f
       join journeys j on j.id = f.journey_id where @version is null or @version = j.live_version
       group by f.node`,
    )
    .all({ journeyId, version })
  return new Map(rows.map(({ state, count }) => [state, count]))
}

/** The counts of all kinds that begin with a word, by what follows it. */
function partsOf(kinds: Kinds, prefix: string): Record<string, number> {
  return Object.fromEntries(
    [...kinds]
      .filter(([kind]) => kind.startsWith(prefix) && !kind.endsWith(':control'))
      .map(([kind, count]) => [kind.slice(prefix.length), count]),
  )
}

function nodeFigures(kinds: Kinds, stuck: number): NodeFigures {
  const of = (kind: string) => kinds.get(kind) ?? 0
  const { reached = 0, ...ports } = partsOf(kinds, 'out:')
  const reachedControl = of('out:reached:control')
  const suppressed = partsOf(kinds, 'suppressed:')
  for (const [gate, held] of Object.entries(partsOf(kinds, 'message:held:')))
    suppressed[gate] = (suppressed[gate] ?? 0) + held
  return {
    in: kinds.has('in') ? of('in') : of('out:entered'),
    waiting: of('waiting'),
    ports,
    sent: of('out:sent'),
    suppressed,
    delivered: of('receipt:delivered'),
    opened: of('receipt:opened'),
    clicked: of('receipt:clicked'),
    replied: of('receipt:replied'),
    failed: of('message:failed'),
    reached: reached - reachedControl,
    reachedControl,
    stuck,
    movedIn: of('moved:in'),
    movedOut: of('moved:out'),
  }
}

/** Rule 22: what a journey's rate limit holds back, and until when; null where it has none. */
function spacedOf({ sqlite }: BrandDatabase, journeyId: string, now: number): FiguresAnswer['spaced'] {
  const row = sqlite
    .prepare<{ journeyId: string; now: number }, { spacing: number; nextAt: number | null; waiting: number }>(
      `select spacing_ms as spacing, next_leaves_at as nextAt,
         (select count(*) from messages m where m.journey_id = j.id and m.due_at is not null and m.due_at <= @now
           and m.status = 'queued') as waiting
       from journeys j where id = @journeyId and spacing_ms is not null`,
    )
    .get({ journeyId, now })
  if (row === undefined) return null
  const { spacing, nextAt, waiting } = row
  if (waiting === 0) return { waiting, nextAt: null, lastAt: null }
  const next = Math.max(nextAt ?? now, now)
  return { waiting, nextAt: next, lastAt: Math.ceil(next + (waiting - 1) * spacing) }
}

/**
 * The live numbers on the canvas: rows of `figures`, kept with each batch, so that no enrollment is counted;
 * `nodes` are those that the canvas shows, so that each has its zeros.
 */
export function figuresOf(
  db: BrandDatabase,
  journeyId: string,
  request: { version: number | null; nodes: readonly string[]; now: number },
): FiguresAnswer {
  const { version, now } = request
  const kinds = kindsOf(db, journeyId, version)
  const stuck = stuckAt(db, journeyId, version)
  const ids = new Set([...request.nodes, ...kinds.keys()])
  const total = (kind: string) => [...kinds.values()].reduce((sum, of) => sum + (of.get(kind) ?? 0), 0)
  return {
    version,
    now,
    entered: total('out:entered'),
    control: total('out:entered:control'),
    inFlight: total('waiting'),
    spaced: spacedOf(db, journeyId, now),
    nodes: Object.fromEntries(
      [...ids].map((id) => [id, nodeFigures(kinds.get(id) ?? new Map(), stuck.get(id) ?? 0)]),
    ),
  }
}
