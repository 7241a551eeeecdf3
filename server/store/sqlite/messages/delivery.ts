import type { BrandDatabase } from '../database.ts'
import { figureWriter } from '../figures/figures.ts'

interface Standing {
  status: string
  attempts: number
  journeyId: string
  version: number
  node: string
}

interface Report {
  kind: string
  at: number
  detail: string | null
}

/** Statuses of messages that were handed over, whatever is known of it. */
const handedOver: ReadonlySet<string> = new Set(['sent', 'unknown', 'failed'])
/** Reports after which the customer does not have it. */
const undelivered: ReadonlySet<string> = new Set(['failed', 'blocked'])
/** Statuses that are counted on the canvas. */
const counted: ReadonlySet<string> = new Set(['unknown', 'failed'])

/**
 * Rule 23: puts what the latest report says of a message over what was known of it by the handing over,
 * whichever came in first; within the caller's transaction. While it is being sent nothing changes: the
 * answer is still to come, and this is asked again when it has.
 */
export function reportHeeder(db: BrandDatabase): (messageId: number) => void {
  const figure = figureWriter(db)
  const read = db.sqlite.prepare<[number], Standing>(
    'select status, attempts, journey_id as journeyId, version, node from messages where id = ?',
  )
  // Of two at the same moment the one that came in later.
  const latest = db.sqlite.prepare<[number], Report>(
    'select kind, at, detail from receipts where message_id = ? order by at desc, rowid desc limit 1',
  )
  const set = db.sqlite.prepare(
    'update messages set status = ?, due_at = null, error = ?, sent_at = coalesce(sent_at, ?) where id = ?',
  )
  return (messageId) => {
    const report = latest.get(messageId)
    const message = report === undefined ? undefined : read.get(messageId)
    if (report === undefined || message === undefined) return
    const { status, attempts } = message
    const waitsForAnother = status === 'queued' && attempts > 0
    const says = undelivered.has(report.kind) ? 'failed' : 'sent'
    if (says === status || !(handedOver.has(status) || waitsForAnother)) return
    const error = says === 'failed' ? (report.detail ?? report.kind) : null
    set.run(says, error, says === 'sent' ? report.at : null, messageId)
    if (counted.has(status)) figure(message, `message:${status}`, -1)
    if (counted.has(says)) figure(message, `message:${says}`)
  }
}
