import type { BrandDatabase } from '../database.ts'
import { deliveryCounter, type Told } from '../delivery/counter.ts'
import { codeTold } from '../delivery/told.ts'
import { figureWriter } from '../figures/figures.ts'

interface Standing {
  status: string
  channel: string
  error: string | null
  attempts: number
  journeyId: string
  version: number
  node: string
}

interface Report {
  kind: string
  at: number
  detail: string | null
  /** When the first one that tells of its arrival says so; null: none does. */
  arrived: number | null
}

/** Statuses of messages that were handed over, whatever is known of it. */
const handedOver: ReadonlySet<string> = new Set(['sent', 'unknown', 'failed'])
/** Reports after which the customer does not have it. */
const undelivered: ReadonlySet<string> = new Set(['failed', 'blocked'])
/** Statuses that are counted on the canvas. */
const counted: ReadonlySet<string> = new Set(['unknown', 'failed'])

/** What is counted of it by its channel: what was, no more, and what is. */
function changed(
  id: number,
  { status, channel, error: before }: Standing,
  says: 'sent' | 'failed',
  error: string | null,
): Told[] {
  const gone: Told[] =
    status === 'unknown' || status === 'failed'
      ? [{ channel, outcome: status, code: codeTold(before), by: -1 }]
      : []
  return [...gone, { channel, outcome: says, code: codeTold(error), id }]
}

/**
 * Rule 23: puts what the latest report says of a message over what was known of it by the handing over,
 * whichever came in first; within the caller's transaction. While it is being sent nothing changes: the
 * answer is still to come, and this is asked again when it has.
 */
export function reportHeeder(db: BrandDatabase): (messageId: number, now: number) => void {
  const figure = figureWriter(db)
  const count = deliveryCounter(db)
  const read = db.sqlite.prepare<[number], Standing>(
    'select status, channel, error, attempts, journey_id as journeyId, version, node from messages where id = ?',
  )
  // Of two at the same moment the one that tells of its arrival, whichever came in first.
  const latest = db.sqlite.prepare<{ id: number }, Report>(
    `select kind, at, detail,
       (select min(at) from receipts where message_id = @id and kind not in ('failed', 'blocked')) as arrived
     from receipts where message_id = @id order by at desc, kind in ('failed', 'blocked'), kind, id limit 1`,
  )
  const set = db.sqlite.prepare('update messages set status = ?, due_at = null, error = ? where id = ?')
  // It was sent before it arrived, however late its channel has said that it was taken.
  const sentBy = db.sqlite.prepare(
    `update messages set sent_at = max(created_at, min(coalesce(sent_at, @arrived), @arrived))
     where id = @id and status in ('sent', 'failed', 'unknown')`,
  )
  return (messageId, now) => {
    const report = latest.get({ id: messageId })
    const message = report === undefined ? undefined : read.get(messageId)
    if (report === undefined || message === undefined) return
    const { status, attempts } = message
    const waitsForAnother = status === 'queued' && attempts > 0
    if (!(handedOver.has(status) || waitsForAnother)) return
    const says = undelivered.has(report.kind) ? 'failed' : 'sent'
    const error = says === 'failed' ? (report.detail ?? report.kind) : null
    set.run(says, error, messageId)
    if (report.arrived !== null) sentBy.run({ id: messageId, arrived: report.arrived })
    if (says === status) return
    if (counted.has(status)) figure(message, `message:${status}`, -1)
    if (counted.has(says)) figure(message, `message:${says}`)
    count(changed(messageId, message, says, error), now)
  }
}
