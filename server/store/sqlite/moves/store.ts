import { z } from 'zod'
import { couponGiven } from '../../../../shared/effects/coupon.ts'
import type { Enrollment } from '../../../../shared/nodes/type.ts'
import type { MoveStore, OpenMove, WaitingMessage } from '../../../ports/moves.ts'
import type { BrandDatabase } from '../database.ts'
import {
  columnsOf,
  type EnrollmentRow,
  enrollmentColumns,
  readableOf,
  storedOrBare,
} from '../enrollments/enrollments.ts'
import { figureWriter } from '../figures/figures.ts'
import { readColumn } from '../stored-json.ts'
import { openMoves } from './moves.ts'

const givenCoupon = couponGiven.extend({ node: z.string() })

type MessageRow = [
  id: number,
  node: string,
  channel: string,
  recipient: string,
  purpose: WaitingMessage['purpose'],
  given: string | null,
  ...EnrollmentRow,
]

/** The coupon that a message speaks of, by the node that gave it: of those given later it knows nothing. */
function couponsOf(given: string | null): Enrollment['coupons'] {
  const read = given === null ? null : readColumn(given, givenCoupon)
  if (read === null || !read.readable) return {}
  const { node, ...coupon } = read.value
  return { [node]: coupon }
}

function messageOf([id, node, channel, recipient, purpose, given, ...row]: MessageRow): WaitingMessage {
  const stored = storedOrBare(row)
  const enrollment = { ...stored.enrollment, coupons: couponsOf(given) }
  return { id, node, channel, recipient, purpose, stored: { ...stored, enrollment } }
}

const untouched = `status = 'queued' and attempts = 0 and withdrawn = 0`

function statements({ sqlite }: BrandDatabase) {
  return {
    // The index of those under way has them by customer and key.
    next: sqlite
      .prepare<[string, string, string, string, number], EnrollmentRow>(
        `select ${enrollmentColumns} from enrollments
         where journey_id = ? and ended_at is null and (customer_id, entry_key) > (?, ?)
           and version in (select value from json_each(?))
         order by customer_id, entry_key limit ?`,
      )
      .raw(),
    waiting: sqlite
      .prepare<[string, string], number>(
        `select id from messages where journey_id = ? and due_at is not null and ${untouched}
           and version || ' ' || node in (select value from json_each(?)) order by due_at`,
      )
      .pluck(),
    messages: sqlite
      .prepare<[string], MessageRow>(
        `select m.id, m.node, m.channel, m.recipient, m.purpose,
           (select json_object('node', c.node, 'code', c.code, 'value', c.value, 'minSpend', c.min_spend,
              'expiresAt', c.expires_at, 'name', json(c.name)) from coupons c where c.code = m.coupon),
           ${columnsOf('e')}
         from json_each(?) as picked join messages m on m.id = picked.value
           join enrollments e on e.id = m.enrollment_id
         where m.status = 'queued' and m.attempts = 0 and m.withdrawn = 0 order by picked.key`,
      )
      .raw(),
    say: sqlite.prepare(
      `update messages set subject = ?, body = ?, format = ?, parts = ?, cost_milli = ?, model = null, version = ?
       where id = ? and ${untouched}`,
    ),
    hold: sqlite.prepare<[string, number, number], { journeyId: string; version: number; node: string }>(
      `update messages set status = 'held', due_at = null, error = ?, version = ? where id = ? and ${untouched}
       returning journey_id as journeyId, version, node`,
    ),
    said: sqlite.prepare('update moves set reworded = reworded + ? where id = ?'),
    end: sqlite.prepare('update moves set words_due = 0 where id = ?'),
  }
}

/** Moves between versions over one brand's database. */
export function moveStore(db: BrandDatabase): MoveStore {
  const run = statements(db)
  const open = openMoves(db)
  const figure = figureWriter(db)
  /** Found once for a move, as each batch would look through all of them; and how many of them are in hand. */
  const queues = new Map<number, number[]>()
  const inHand = new Map<number, number>()

  const queueOf = ({ id, journeyId, reworded }: OpenMove): number[] => {
    const known = queues.get(id)
    if (known !== undefined) return known
    const places = Object.entries(reworded).flatMap(([version, nodes]) =>
      nodes.map((node) => `${version} ${node}`),
    )
    const found = run.waiting.all(journeyId, JSON.stringify(places))
    queues.set(id, found)
    return found
  }

  const reword = db.sqlite.transaction<(...args: Parameters<MoveStore['reword']>) => void>(
    (move, results, done) => {
      let said = 0
      for (const { message, to } of results)
        if ('gate' in to) {
          const place = run.hold.get(`held: ${to.gate}`, move.toVersion, message.id)
          if (place !== undefined) figure(place, `message:held:${to.gate}`)
        } else {
          const { subject, text, format, parts, costMilli } = to.words
          said += run.say.run(subject, text, format, parts, costMilli, move.toVersion, message.id).changes
        }
      run.said.run(said, move.id)
      if (done) run.end.run(move.id)
    },
  )

  return {
    openMoves: async () => open(),
    async toMove({ journeyId, fates, cursor }, limit) {
      const [customer, key] = cursor ?? ['', '']
      const rows = run.next.all(
        journeyId,
        customer,
        key,
        JSON.stringify(Object.keys(fates).map(Number)),
        limit,
      )
      const last = rows.at(-1)
      return {
        // One that cannot be read stays where it is; whoever is to step it sets it aside and says why.
        enrollments: readableOf(rows, () => undefined),
        cursor: last === undefined ? null : [last[3], last[4]],
      }
    },
    async toReword(move, limit) {
      const queue = queueOf(move)
      const ids = queue.slice(0, limit)
      inHand.set(move.id, ids.length)
      return {
        messages: run.messages.all(JSON.stringify(ids)).map(messageOf),
        more: queue.length > ids.length,
      }
    },
    async reword(move, results, done) {
      reword.immediate(move, results, done)
      // Only now: what could not be written is taken in hand again.
      queues.get(move.id)?.splice(0, inHand.get(move.id) ?? 0)
      if (done) {
        queues.delete(move.id)
        inHand.delete(move.id)
      }
    },
  }
}
