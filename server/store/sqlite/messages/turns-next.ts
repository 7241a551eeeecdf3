import type Database from 'better-sqlite3'
import type { Enrollment } from '../../../../shared/nodes/type.ts'
import type { ChainStore, DueTurn, MessagePlace, TakenTurn } from '../../../ports/chains.ts'
import type { BrandDatabase } from '../database.ts'
import { columnsOf, type EnrollmentRow, storedOrBare } from '../enrollments/enrollments.ts'
import { passedIn } from './outbox-rows.ts'

/** Writes what follows a message that does not reach, within the caller's transaction. */
export function turnWriter(sqlite: Database.Database) {
  const follow = sqlite.prepare<MessagePlace & { journeyId: string; until: number }>(
    `insert into chain_turns (enrollment_id, node, visit, turn, journey_id, until_at)
     values (@enrollmentId, @node, @visit, @turn, @journeyId, @until)`,
  )
  const withdraw = sqlite.prepare('delete from chain_turns where enrollment_id = ?')
  const due = `enrollment_id = @enrollmentId and node = @node and visit = @visit and turn = @turn
    and due_at is not null`
  const later = sqlite.prepare<MessagePlace & { at: number }>(
    `update chain_turns set due_at = @at where ${due}`,
  )
  const over = sqlite.prepare<MessagePlace>(`delete from chain_turns where ${due}`)
  return {
    follow(place: MessagePlace, journeyId: string, until: number) {
      follow.run({ ...place, journeyId, until })
    },
    /** Whoever has left by an exit rule or a goal gets no other message in place of one that failed. */
    withdraw: (enrollment: number) => {
      withdraw.run(enrollment)
    },
    /** Whether the turn was still there to be taken. */
    take: (place: MessagePlace, to: TakenTurn['to']): boolean =>
      ('later' in to ? later.run({ ...place, at: to.later }) : over.run(place)).changes === 1,
  }
}

type DueRow = [
  enrollmentId: number,
  node: string,
  visit: number,
  turn: number,
  version: number,
  channel: string,
  status: string,
  error: string | null,
  passed: string | null,
  coupon: string | null,
  decidedAt: number,
  until: number,
  tried: string,
  ...EnrollmentRow,
]

const heldBy = /^held: (\w+)/

/** Why a message did not reach: the gate that held it, else that the try has failed. */
function gateOf(status: string, error: string | null): string {
  const held = status === 'held' ? heldBy.exec(error ?? '')?.[1] : undefined
  return held ?? (status === 'cancelled' ? 'closed' : 'failed')
}

/** The coupons that there were when the message was decided: of those given later it knows nothing. */
function couponsBy(coupons: Enrollment['coupons'], code: string | null): Enrollment['coupons'] {
  const all = Object.entries(coupons)
  return Object.fromEntries(all.slice(0, all.findIndex(([, given]) => given.code === code) + 1))
}

interface TriedRow {
  readonly channel: string
  readonly at: number
}

function turnOf([
  enrollmentId,
  node,
  visit,
  turn,
  version,
  channel,
  status,
  error,
  passed,
  coupon,
  decidedAt,
  until,
  tried,
  ...row
]: DueRow): DueTurn {
  const stored = storedOrBare(row)
  const { enrollment } = stored
  // Written by the statement itself.
  const before = JSON.parse(tried) as readonly TriedRow[]
  return {
    place: { enrollmentId, node, visit, turn },
    version,
    decidedAt,
    enrollment: { ...enrollment, coupons: couponsBy(enrollment.coupons, coupon) },
    tried: {
      passed: [...passedIn(passed), { channel, gate: gateOf(status, error) }],
      channels: before.map((one) => one.channel),
      until,
    },
    touches: before,
  }
}

/** Which messages another channel is to follow now. */
export function chainReader({ sqlite }: BrandDatabase): ChainStore {
  // What is still in hand may arrive after all.
  const due = sqlite
    .prepare<{ now: number; from: number; to: number; limit: number }, DueRow>(
      `select m.enrollment_id, m.node, m.visit, m.turn, m.version, m.channel, m.status, m.error, m.passed, m.coupon, m.created_at,
         c.until_at,
         (select json_group_array(json_object('channel', o.channel, 'at', coalesce(o.sent_at, o.created_at)))
          from messages o where o.enrollment_id = m.enrollment_id and o.node = m.node and o.visit = m.visit),
         ${columnsOf('e')}
       from chain_turns c join messages m on m.enrollment_id = c.enrollment_id and m.node = c.node
           and m.visit = c.visit and m.turn = c.turn
         join enrollments e on e.id = m.enrollment_id
         join journeys j on j.id = c.journey_id and j.status = 'live'
       where c.due_at is not null and c.due_at <= @now and m.shard between @from and @to
         and m.status not in ('queued', 'sending')
         and c.journey_id not in (select journey_id from moves where done_at is null and words_due = 1)
       order by c.due_at, m.id limit @limit`,
    )
    .raw()
  return {
    dueTurns: async (now, limit, { shards: [from, to] }) => due.all({ now, from, to, limit }).map(turnOf),
  }
}
