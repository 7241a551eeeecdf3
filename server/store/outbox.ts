import type { Customer } from '../../shared/conditions/customer.ts'
import type {
  Claim,
  ClaimedMessage,
  ClaimRequest,
  OutboxStore,
  Settlement,
  Verdict,
} from '../engine/dispatch-port.ts'
import { interrupted, isInDoubt } from '../engine/dispatch-result.ts'
import type { BrandDatabase } from './database.ts'
import { reportHeeder } from './delivery.ts'
import { insertEvents } from './events.ts'
import { customersReader } from './facts.ts'
import { type FigurePlace, figureWriter } from './figures.ts'
import { receiptTaker } from './receipts.ts'
import { earlyReceipts } from './receipts-early.ts'

interface MessageRow {
  id: number
  customer_id: string
  enrollment_id: number
  node: string
  visit: number
  journey_id: string
  version: number
  channel: string
  recipient: string
  subject: string | null
  body: string
  purpose: ClaimedMessage['purpose']
  coupon: string | null
  created_at: number
  attempts: number
  error: string | null
  zone: string | null
}

function messageOf(row: MessageRow, customer: Customer): ClaimedMessage {
  return {
    id: row.id,
    enrollmentId: row.enrollment_id,
    node: row.node,
    visit: row.visit,
    journeyId: row.journey_id,
    version: row.version,
    channel: row.channel,
    recipient: row.recipient,
    subject: row.subject,
    body: row.body,
    purpose: row.purpose,
    coupon: row.coupon,
    createdAt: row.created_at,
    attempts: row.attempts + 1,
    error: row.error,
    zone: row.zone,
    customer,
  }
}

/** One from each queue in turn, until `limit` are picked; `first` begins. */
function takeTurns(queues: readonly (readonly number[])[], limit: number, first: number): number[] {
  const picked: number[] = []
  for (let depth = 0; picked.length < limit; depth += 1) {
    const before = picked.length
    for (let turn = 0; turn < queues.length && picked.length < limit; turn += 1) {
      const id = queues[(first + turn) % queues.length]?.[depth]
      if (id !== undefined) picked.push(id)
    }
    if (picked.length === before) break
  }
  return picked
}

function statements({ sqlite }: BrandDatabase) {
  return {
    live: sqlite.prepare<[], { id: string }>(`select id from journeys where status = 'live' order by id`),
    queue: sqlite.prepare<[string, string, number, number], { id: number }>(
      `select id from messages where journey_id = ? and channel = ? and due_at is not null and due_at <= ?
         and status = 'queued' order by due_at, id limit ?`,
    ),
    read: sqlite.prepare<[string], MessageRow>(
      `select m.id, m.customer_id, m.enrollment_id, m.node, m.visit, m.journey_id, m.version, m.channel, m.recipient,
         m.subject, m.body, m.purpose, m.coupon, m.created_at, m.attempts, m.error,
         json_extract(v.graph, '$.settings.zone') as zone
       from json_each(?) as picked join messages m on m.id = picked.value
         left join versions v on v.journey_id = m.journey_id and v.number = m.version
       order by picked.key`,
    ),
    sending: sqlite.prepare(
      `update messages set status = 'sending', due_at = null, attempts = attempts + 1 where id = ? and status = 'queued'`,
    ),
    defer: sqlite.prepare('update messages set due_at = ? where id = ?'),
    hold: sqlite.prepare<[string, number], { journey_id: string; version: number; node: string }>(
      `update messages set status = 'held', due_at = null, error = ? where id = ?
       returning journey_id, version, node`,
    ),
    settle: sqlite.prepare(
      `update messages set status = ?, due_at = ?, sent_at = ?, provider_id = ?, error = ?
       where id = ? and status = 'sending'`,
    ),
    left: sqlite.prepare<
      [],
      { id: number; channel: string; journey_id: string; version: number; node: string }
      // The second condition is the index's own, word for word, without which it is not used.
    >(`select id, channel, journey_id, version, node from messages
         where status = 'sending' and status in ('sending', 'unknown', 'failed')`),
    recover: sqlite.prepare(
      'update messages set status = ?, due_at = ?, sent_at = ?, error = ? where id = ?',
    ),
  }
}

/** Takes back, instead of another attempt, what was withdrawn while it was in hand; in doubt it is unknown. */
function withdrawer(db: BrandDatabase): (id: number, error: string | null) => void {
  const figure = figureWriter(db)
  const set = db.sqlite.prepare<[string, number], FigurePlace>(
    `update messages set status = ?, due_at = null where id = ? and status = 'queued' and withdrawn = 1
     returning journey_id as journeyId, version, node`,
  )
  return (id, error) => {
    const status = isInDoubt(error) ? 'unknown' : 'cancelled'
    const place = set.get(status, id)
    if (place !== undefined && status === 'unknown') figure(place, 'message:unknown')
  }
}

/** Nobody is there any more to be written to. */
const gone: Verdict = { kind: 'hold', gate: 'erased' }

/** The outbox over one brand's database. `onSent` runs within the transaction that marks messages as sent. */
export function createOutboxStore(
  db: BrandDatabase,
  onSent: (messages: readonly ClaimedMessage[], now: number) => void = () => undefined,
): OutboxStore {
  const run = statements(db)
  const figure = figureWriter(db)
  const customersOf = customersReader(db.sqlite)
  const heed = reportHeeder(db)
  const takeBack = withdrawer(db)
  const early = earlyReceipts(db)
  const takeReceipts = receiptTaker(db)
  /** Whose turn comes first, by channel: with small shares the first journey would starve the rest. */
  const turns = new Map<string, number>()

  const hold = (id: number, gate: string): void => {
    const row = run.hold.get(`held: ${gate}`, id)
    if (row !== undefined)
      figure({ journeyId: row.journey_id, version: row.version, node: row.node }, `message:held:${gate}`)
  }

  const claim = ({ channel, now, limit, verdict }: ClaimRequest): Claim => {
    const queues = run.live
      .all()
      .map(({ id }) => run.queue.all(id, channel, now, limit).map((row) => row.id))
      .filter((queue) => queue.length > 0)
    const turn = turns.get(channel) ?? 0
    turns.set(channel, turn + limit)
    const messages: ClaimedMessage[] = []
    const picked = takeTurns(queues, limit, turn)
    const rows = run.read.all(JSON.stringify(picked))
    const customers = customersOf([...new Set(rows.map(({ customer_id }) => customer_id))])
    for (const row of rows) {
      const customer = customers.get(row.customer_id)
      const message = customer === undefined ? null : messageOf(row, customer)
      const answer = message === null ? gone : verdict(message)
      if (answer.kind === 'hold') hold(row.id, answer.gate)
      else if (answer.kind === 'defer') run.defer.run(answer.until, row.id)
      else if (message !== null) {
        run.sending.run(row.id)
        messages.push(message)
      }
    }
    return { messages, others: picked.length - messages.length }
  }

  /** The reports that were there before the answer which tells whose they are. */
  const takeEarly = (message: ClaimedMessage, providerId: string, now: number): void => {
    const events = early.take(message, providerId)
    if (events.length === 0) return
    insertEvents(db, events, { source: 'api', receivedAt: now, pending: true })
    takeReceipts(events, now)
  }

  const settle = (settlements: readonly Settlement[], now: number): void => {
    for (const { message, status, dueAt, providerId, error } of settlements) {
      const sentAt = status === 'sent' || status === 'unknown' ? now : null
      run.settle.run(status, dueAt, sentAt, providerId, error, message.id)
      if (status === 'failed' || status === 'unknown') figure(message, `message:${status}`)
      if (status === 'queued') takeBack(message.id, error)
      if (providerId !== null) takeEarly(message, providerId, now)
      heed(message.id)
    }
    const sent = settlements.filter(({ status }) => status === 'sent').map(({ message }) => message)
    if (sent.length > 0) onSent(sent, now)
  }

  const recover = (idempotent: ReadonlySet<string>, now: number) => {
    const found = { queued: 0, unknown: 0 }
    for (const { id, channel, journey_id, version, node } of run.left.all()) {
      const again = idempotent.has(channel)
      run.recover.run(again ? 'queued' : 'unknown', again ? now : null, again ? null : now, interrupted, id)
      if (again) takeBack(id, interrupted)
      if (again) found.queued += 1
      else {
        found.unknown += 1
        figure({ journeyId: journey_id, version, node }, 'message:unknown')
      }
      heed(id)
    }
    return found
  }

  const transactions = {
    claim: db.sqlite.transaction(claim),
    settle: db.sqlite.transaction(settle),
    recover: db.sqlite.transaction(recover),
  }
  return {
    claim: async (request) => transactions.claim.immediate(request),
    settle: async (settlements, now) => transactions.settle.immediate(settlements, now),
    recover: async (idempotent, now) => transactions.recover.immediate(idempotent, now),
  }
}
