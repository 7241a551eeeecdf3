import type { MessageRow, MessageSummary } from '../../../../shared/api/messages.ts'
import type { MessageFormat } from '../../../../shared/message/format.ts'
import { htmlToText } from '../../../../shared/message/html-mail.ts'
import type { MessageFilter, MessagesFound } from '../../../ports/messages.ts'
import type { MessageName, NamedMessage } from '../../../ports/receipts.ts'
import type { BrandDatabase } from '../database.ts'
import { graphReader } from '../journeys/versions.ts'
import { attachmentsShown, passedIn } from './outbox-rows.ts'
import { nothingShown, shownBy } from './shown.ts'

interface Row {
  id: number
  customerId: string
  customerName: string | null
  journeyId: string
  version: number
  node: string
  channel: string
  subject: string | null
  text: string
  format: MessageFormat
  attachments: string | null
  status: string
  createdAt: number
  sentAt: number | null
  parts: number
  costMilli: number
  model: string | null
  error: string | null
  passed: string | null
}

interface Where {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** A condition for each field that the filter gives. */
function whereOf(fields: Readonly<Record<string, string | number | undefined>>): Where {
  const given = Object.entries(fields).flatMap(([test, value]) =>
    value === undefined ? [] : [{ test, value }],
  )
  return {
    sql: ['1', ...given.map(({ test }) => test)].join(' and '),
    values: given.map(({ value }) => value),
  }
}

function receiptsOf(db: BrandDatabase, ids: readonly number[]): Map<number, { kind: string; at: number }[]> {
  const receipts = new Map<number, { kind: string; at: number }[]>()
  const rows = db.sqlite
    .prepare<[string], { messageId: number; kind: string; at: number }>(
      `select message_id as messageId, kind, at from receipts
       where message_id in (select value from json_each(?)) order by at, id`,
    )
    .all(JSON.stringify(ids))
  for (const { messageId, ...receipt } of rows)
    receipts.set(messageId, [...(receipts.get(messageId) ?? []), receipt])
  return receipts
}

/** The short links of messages, in their order. */
function linksOf({ sqlite }: BrandDatabase, ids: readonly number[]): Map<number, MessageSummary['links']> {
  const links = new Map<number, MessageSummary['links']>()
  const rows = sqlite
    .prepare<[string], MessageSummary['links'][number] & { messageId: number }>(
      `select m.id as messageId, l.target, l.clicks, l.robots from json_each(?) as picked
         join messages m on m.id = picked.value
         join links l on l.enrollment_id = m.enrollment_id and l.node = m.node and l.visit = m.visit
           and l.turn = m.turn
       order by m.id, l.place`,
    )
    .all(JSON.stringify(ids))
  for (const { messageId, ...link } of rows) links.set(messageId, [...(links.get(messageId) ?? []), link])
  return links
}

const fieldsOf = (filter: MessageFilter): Where =>
  whereOf({
    'm.channel = ?': filter.channel,
    'm.journey_id = ?': filter.journey,
    'm.customer_id = ?': filter.customer,
  })

/** A page of messages, the newest first; `next` is where the one after it begins. */
export function messagePage(
  db: BrandDatabase,
  filter: MessageFilter,
): { readonly messages: MessageRow[]; readonly next: number | null } {
  const all = fieldsOf(filter)
  const page = whereOf({ 'm.status = ?': filter.status, 'm.id < ?': filter.before })
  const rows = db.sqlite
    .prepare<unknown[], Row>(
      `select m.id, m.customer_id as customerId, c.name as customerName, m.journey_id as journeyId, m.version,
         m.node, m.channel, m.subject, m.body as text, m.format, m.attachments, m.status, m.created_at as createdAt,
         cast(case m.status when 'unknown' then null else m.sent_at end as integer) as sentAt, m.parts, m.cost_milli as costMilli, m.model, m.error,
         m.passed
       from messages m left join customers c on c.id = m.customer_id
       where ${all.sql} and ${page.sql} order by m.id desc limit ?`,
    )
    .all(...all.values, ...page.values, filter.limit + 1)
  const shown = rows.slice(0, filter.limit)
  const receipts = receiptsOf(
    db,
    shown.map(({ id }) => id),
  )
  const graphOf = graphReader(db)
  return {
    messages: shown.map(({ version, format, ...row }) => {
      const graph = graphOf(row.journeyId, version)
      return {
        ...row,
        text: format === 'html' ? htmlToText(row.text) : row.text,
        attachments: attachmentsShown(row.attachments),
        passed: passedIn(row.passed),
        journeyName: graph?.name ?? null,
        nodeName: graph?.nodes[row.node]?.name ?? null,
        receipts: receipts.get(row.id) ?? [],
      }
    }),
    next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** Messages, the newest first; and how many there are in each state, whatever state was asked for. */
export function listMessages(db: BrandDatabase, filter: MessageFilter): MessagesFound {
  const all = fieldsOf(filter)
  const counts = db.sqlite
    .prepare<unknown[], { status: string; count: number }>(
      `select m.status, count(*) as count from messages m where ${all.sql} group by m.status`,
    )
    .all(...all.values)
  const { messages, next } = messagePage(db, filter)
  const shown = shownBy(
    db,
    messages.map(({ id }) => id),
  )
  const links = linksOf(
    db,
    messages.map(({ id }) => id),
  )
  return {
    messages: messages.map((message) => ({
      ...message,
      shown: shown.get(message.id) ?? nothingShown,
      links: links.get(message.id) ?? [],
    })),
    next,
    counts: Object.fromEntries(counts.map(({ status, count }) => [status, count])),
  }
}

/** One message as a list of them shows it; null where there is none. */
export function messageShownOf(db: BrandDatabase, id: number): MessageSummary | null {
  const [message] = messagePage(db, { before: id + 1, limit: 1 }).messages
  if (message?.id !== id) return null
  const shown = shownBy(db, [id]).get(id) ?? nothingShown
  return { ...message, shown, links: linksOf(db, [id]).get(id) ?? [] }
}

/** The message of our id, or of the provider's, on the channel that names it; null where that has none. */
export function messageNamed({ sqlite }: BrandDatabase, name: MessageName): NamedMessage | null {
  const columns = `id, customer_id as customerId, journey_id as journeyId, enrollment_id as enrollmentId, node, channel,
    created_at as createdAt`
  const id = Number(name.id ?? Number.NaN)
  const row = Number.isSafeInteger(id)
    ? sqlite
        .prepare<[number, string], NamedMessage>(
          `select ${columns} from messages where id = ? and channel = ?`,
        )
        .get(id, name.channel)
    : sqlite
        .prepare<[string, string], NamedMessage>(
          `select ${columns} from messages where provider_id = ? and channel = ? order by id desc limit 1`,
        )
        .get(name.providerId ?? '', name.channel)
  return row ?? null
}
