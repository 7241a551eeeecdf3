import { z } from 'zod'
import { type RenderedAttachment, renderedAttachments } from '../../../../shared/channels/index.ts'
import { type FilledTemplate, filledTemplate } from '../../../../shared/channels/sms/register.ts'
import type { Customer } from '../../../../shared/conditions/customer.ts'
import { type PassedOver, passedOver } from '../../../../shared/effects/send.ts'
import type { MessageFormat } from '../../../../shared/message/format.ts'
import type { ClaimedMessage } from '../../../ports/dispatch.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

/** A message with what its dispatch must know of its version. */
export interface MessageRow {
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
  format: MessageFormat
  attachments: string | null
  template: string | null
  purpose: ClaimedMessage['purpose']
  coupon: string | null
  created_at: number
  attempts: number
  error: string | null
  life: string | null
  way: string | null
  turn: number
  zone: string | null
}

/** What was kept of a template; what cannot be read is sent as text, which its provider then refuses by its own words. */
const templateIn = (kept: string | null): FilledTemplate | null => {
  const read = kept === null ? null : readColumn(kept, filledTemplate)
  return read?.readable === true ? read.value : null
}

/** What goes with a message, or why nobody can tell. */
export function attachmentsIn(text: string | null): ReturnType<typeof readColumn<RenderedAttachment[]>> {
  return text === null ? { readable: true, value: [] } : readColumn(text, renderedAttachments)
}

/** The same where what cannot be read is told elsewhere, and shown as nothing. */
export function attachmentsShown(text: string | null): RenderedAttachment[] {
  const read = attachmentsIn(text)
  return read.readable ? read.value : []
}

/** The channels that were passed over for a message; none where what was kept cannot be read, as they decide nothing. */
export const passedIn = (kept: string | null): PassedOver[] =>
  kept === null ? [] : valueOr(readColumn(kept, z.array(passedOver)), [])

/** The message as a dispatcher claims it: this attempt is counted. */
export function messageOf(row: MessageRow, customer: Customer): ClaimedMessage {
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
    format: row.format,
    attachments: attachmentsShown(row.attachments),
    template: templateIn(row.template),
    purpose: row.purpose,
    coupon: row.coupon,
    createdAt: row.created_at,
    attempts: row.attempts + 1,
    error: row.error,
    life: row.life,
    way: row.way,
    turn: row.turn,
    zone: row.zone,
    customer,
  }
}

/** A live journey, and when its next message may leave where they are spaced (rule 22). */
export interface LiveRow {
  id: string
  spacing: number | null
  nextAt: number | null
}

/** What the outbox asks of the database. */
export function outboxStatements({ sqlite }: BrandDatabase) {
  return {
    // While messages of a journey are still to be said in new words none of it leaves (rule 21).
    live: sqlite.prepare<[], LiveRow>(
      `select id, spacing_ms as spacing, next_leaves_at as nextAt from journeys where status = 'live'
         and id not in (select journey_id from moves where done_at is null and words_due = 1) order by id`,
    ),
    spaced: sqlite.prepare('update journeys set next_leaves_at = ? where id = ?'),
    queue: sqlite.prepare<[string, string, number, number, number, number], { id: number }>(
      `select id from messages where journey_id = ? and channel = ? and due_at is not null and due_at <= ?
         and status = 'queued' and shard between ? and ? order by due_at, id limit ?`,
    ),
    read: sqlite.prepare<[string], MessageRow>(
      `select m.id, m.customer_id, m.enrollment_id, m.node, m.visit, m.journey_id, m.version, m.channel, m.recipient,
         m.subject, m.body, m.format, m.attachments, m.template, m.purpose, m.coupon, m.created_at, m.attempts,
         m.error, m.life, m.way, m.turn,
         json_extract(v.graph, '$.settings.zone') as zone
       from json_each(?) as picked join messages m on m.id = picked.value
         left join versions v on v.journey_id = m.journey_id and v.number = m.version
       order by picked.key`,
    ),
    sending: sqlite.prepare(
      `update messages set status = 'sending', due_at = null, attempts = attempts + 1, claimed_by = ?,
         claimed_until = ?, begun = ?
       where id = ? and status = 'queued'`,
    ),
    begin: sqlite.prepare(
      `update messages set begun = 1
       where id = ? and status = 'sending' and begun = 0 and withdrawn = 0 and claimed_by = ?`,
    ),
    putBack: sqlite.prepare(
      `update messages set status = 'queued'
       where id = ? and status = 'sending' and begun = 0 and withdrawn = 1 and claimed_by = ?`,
    ),
    defer: sqlite.prepare('update messages set due_at = ? where id = ?'),
    hold: sqlite.prepare<[string, number], { journey_id: string; version: number; node: string }>(
      `update messages set status = 'held', due_at = null, error = ? where id = ?
       returning journey_id, version, node`,
    ),
    giveUp: sqlite.prepare('update messages set status = ?, due_at = null, error = ? where id = ?'),
    tellAgain: sqlite.prepare(
      'update events set properties = ?, pending = 1 where customer_id = ? and name = ? and id = ?',
    ),
    queueBeside: sqlite.prepare<[string, string, number, number, number, number], { id: number }>(
      `select id from messages m where journey_id = ? and channel = ? and due_at is not null and due_at <= ?
         and status = 'queued' and shard between ? and ?
         and not exists (select 1 from channel_halts h where h.channel = m.channel and h.endpoint = m.recipient)
       order by due_at, id limit ?`,
    ),
    trial: sqlite.prepare<[string, string, number, number, number], { id: number }>(
      `select m.id from messages m join journeys j on j.id = m.journey_id and j.status = 'live'
       where m.recipient = ? and m.channel = ? and m.due_at is not null and m.due_at <= ?
         and m.status = 'queued' and m.shard between ? and ? order by m.due_at, m.id limit 1`,
    ),
    settle: sqlite.prepare(
      `update messages set status = ?, due_at = ?, sent_at = ?, provider_id = ?, error = ?
       where id = ? and status = 'sending'`,
    ),
    // One that may have been taken stays one that was tried.
    unspent: sqlite.prepare(`update messages set attempts = max(attempts - 1, ?) where id = ?`),
    left: sqlite.prepare<
      { worker: string; own: number; now: number; latest: number; from: number; to: number },
      {
        id: number
        channel: string
        journey_id: string
        version: number
        node: string
        begun: number
        error: string | null
      }
      // The second condition is the index's own, word for word, without which it is not used.
    >(`select id, channel, journey_id, version, node, begun, error from messages
         where status = 'sending' and status in ('sending', 'unknown', 'failed') and shard between @from and @to
           and case when coalesce(claimed_by, @worker) = @worker then @own
             else claimed_until <= @now or claimed_until > @latest end`),
    recover: sqlite.prepare(
      'update messages set status = ?, due_at = ?, sent_at = ?, error = ? where id = ?',
    ),
  }
}
