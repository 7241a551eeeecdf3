import type Database from 'better-sqlite3'
import { type Act, type ActKind, actKindsOf } from '../../../../shared/conditions/acts.ts'
import { endingReasons } from '../../../../shared/effects/index.ts'

/** A row of what a journey has done, as `actsSql` reads it. */
export type ActRow = readonly [
  customer: string,
  enrollment: number,
  kind: ActKind,
  at: number,
  journey: string,
  version: number,
  place: number,
  node: string | null,
  channel: string | null,
  purpose: string | null,
  reason: string | null,
  amount: number | null,
  until: number | null,
  control: number | null,
]

/** Whose acts: everybody's, or those whose customers or passages are the JSON list of the parameter `@some`. */
export type ActsOf = 'all' | 'customers' | 'passages'

const whose = {
  all: '',
  customers: 'and e.customer_id in (select value from json_each(@some))',
  passages: 'and e.id in (select value from json_each(@some))',
} as const satisfies Record<ActsOf, string>

const reasons = endingReasons.map((reason) => `'${reason}'`).join(', ')
/** Where a passage has ended: at a node of the journey, or for a reason before that. */
const tookOut = `e.ending in (${reasons})`

const own = (kind: string, at: string, place: string) =>
  `e.customer_id, e.id, ${kind}, ${at}, e.journey_id, e.version, ${place}`
const nothing = (count: number) => Array.from({ length: count }, () => 'null').join(', ')

/** Of a message, what it has come to: taken back without a reason it is nothing that anybody was kept from. */
const messageKind = `case when m.status in ('held', 'cancelled') then 'withheld' when m.status = 'failed' then 'failed' else 'sent' end`
const messageIn = {
  sent: `m.status in ('queued', 'sending', 'sent', 'unknown')`,
  failed: `m.status = 'failed'`,
  withheld: `(m.status in ('held', 'cancelled') and m.error is not null)`,
} as const satisfies Partial<Record<ActKind, string>>
const isOfMessage = (kind: ActKind): kind is keyof typeof messageIn => Object.hasOwn(messageIn, kind)

function partsOf(kinds: ReadonlySet<ActKind>, where: string): string[] {
  const messages = [...kinds].filter(isOfMessage).map((kind) => messageIn[kind])
  const ended = [
    ...(kinds.has('finished') ? [`not (${tookOut})`] : []),
    ...(kinds.has('left') ? [tookOut] : []),
  ]
  return [
    ...(kinds.has('entered')
      ? [
          `select ${own(`'entered'`, 'e.entered_at', '0')}, ${nothing(5)}, e.ended_at, e.control
             from enrollments e where true ${where}`,
        ]
      : []),
    ...(ended.length > 0
      ? [
          `select ${own(`iif(${tookOut}, 'left', 'finished')`, 'e.ended_at', '0')}, iif(${tookOut}, null, e.ending),
             null, null, iif(${tookOut}, e.ending, null), ${nothing(3)}
             from enrollments e where e.ended_at is not null and (${ended.join(' or ')}) ${where}`,
        ]
      : []),
    ...(messages.length > 0
      ? [
          `select ${own(messageKind, 'm.created_at', 'm.id')}, m.node, m.channel, m.purpose,
             iif(m.status in ('held', 'cancelled'), m.error, null), ${nothing(3)}
             from enrollments e join messages m on m.enrollment_id = e.id
             where (${messages.join(' or ')}) ${where}`,
        ]
      : []),
    ...(kinds.has('withheld')
      ? [
          `select ${own(`'withheld'`, 't.at', 't.seq')}, t.node, null, null,
             iif(json_valid(t.reason), json_extract(t.reason, '$.gate'), null), ${nothing(3)}
             from enrollments e join traces t on t.enrollment_id = e.id
             where t.outcome = 'not_sent' and iif(json_valid(t.reason), t.reason ->> '$.code', '') = 'suppressed' ${where}`,
        ]
      : []),
    ...(kinds.has('goal')
      ? [
          `select ${own(`'goal'`, 'g.at', placeOfGoal)}, g.goal, ${nothing(3)}, g.value, ${nothing(2)}
             from enrollments e join goal_hits g on g.enrollment_id = e.id where true ${where}`,
        ]
      : []),
  ]
}

const placeOfGoal =
  '(select count(*) from goal_hits o where o.enrollment_id = g.enrollment_id and o.goal < g.goal)'

/** Reads what journeys have done, of some kinds. */
export const actsSql = (kinds: ReadonlySet<ActKind>, of: ActsOf): string =>
  partsOf(kinds, whose[of]).join('\nunion all ')

/** By which channel the messages of a node go, of a version; of an earlier one where somebody has been moved since. */
function channelReader(sqlite: Database.Database) {
  const read = sqlite
    .prepare<[string, number, string], string>(
      `select n.value ->> '$.config.channel' from versions v, json_each(v.graph, '$.nodes') n
       where v.journey_id = ? and v.number <= ? and n.key = ? and n.value ->> '$.config.channel' is not null
       order by v.number desc limit 1`,
    )
    .pluck()
  const known = new Map<string, string | null>()
  return (journey: string, version: number, node: string): string | null => {
    const key = `${journey}\n${version}\n${node}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = read.get(journey, version, node) ?? null
    known.set(key, found)
    return found
  }
}

/** An act as its row tells it. */
export type ReadAct = (row: ActRow) => Act

export function actReader(sqlite: Database.Database): ReadAct {
  const channelOf = channelReader(sqlite)
  return ([
    _customer,
    enrollment,
    kind,
    at,
    journey,
    version,
    place,
    node,
    told,
    purpose,
    reason,
    ...rest
  ]) => {
    const [amount, until, control] = rest
    const channel =
      kind === 'withheld' && told === null && node !== null ? channelOf(journey, version, node) : told
    return {
      ...{ kind, at, enrollment, place, journey, node, channel, purpose, reason, amount, until },
      ...(control === null ? {} : { control: control === 1 }),
    }
  }
}

/** What journeys have done to some customers, of the kinds that events of some names tell. */
export function actsReader(
  sqlite: Database.Database,
): (ids: readonly string[], names: readonly string[]) => (readonly [customer: string, act: Act])[] {
  const read = actReader(sqlite)
  const known = new Map<string, Database.Statement<[{ some: string }], ActRow>>()
  return (ids, names) => {
    const kinds = actKindsOf(names)
    if (kinds.size === 0) return []
    const key = [...kinds].sort().join(' ')
    const statement =
      known.get(key) ?? sqlite.prepare<[{ some: string }], ActRow>(actsSql(kinds, 'customers')).raw()
    known.set(key, statement)
    return statement.all({ some: JSON.stringify(ids) }).map((row) => [row[0], read(row)] as const)
  }
}
