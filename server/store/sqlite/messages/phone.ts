import type { InboxMessage, InboxQuery } from '../../../../shared/api/inbox.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { BrandDatabase } from '../database.ts'
import { attachmentsShown } from './outbox-rows.ts'

/** The most messages that a phone shows at once. */
const most = 200

type Row = Omit<InboxMessage, 'id' | 'attachments'> & { id: number; attachments: string | null }

const columns = `i.id, i.customer_id as customerId, c.name as customerName, i.channel, i.subject, i.body as text,
  i.html, i.attachments, i.at, i.direction, m.journey_id as journeyId, m.node`
const tables =
  'inbox i left join customers c on c.id = i.customer_id left join messages m on m.id = i.message_id'

/** Whatever is not known as the customer's own reply has been sent to the customer. */
const messageOf = (row: Row): InboxMessage => ({
  ...row,
  id: String(row.id),
  attachments: attachmentsShown(row.attachments),
  direction: row.direction === 'in' ? 'in' : 'out',
})

/** The newest messages on the phone that answer the query, oldest first; what arrives after `until` is not there yet. */
export function inboxMessages(
  db: BrandDatabase,
  { customer, after, until }: InboxQuery & { readonly until?: number },
): InboxMessage[] {
  return db.sqlite
    .prepare<{ customer: string | null; after: number | null; until: number | null; most: number }, Row>(
      `select ${columns} from ${tables}
       where (@customer is null or i.customer_id = @customer) and (@after is null or i.at > @after)
         and (@until is null or i.at <= @until)
       order by i.at desc, i.id desc limit @most`,
    )
    .all({ customer: customer ?? null, after: after ?? null, until: until ?? null, most })
    .map(messageOf)
    .reverse()
}

/** A message on the phone, and the sent message that it shows. Problem `not-found`. */
export function inboxMessage(
  db: BrandDatabase,
  id: string,
): { message: InboxMessage; sentId: number | null } {
  const row = db.sqlite
    .prepare<[number], Row & { sentId: number | null }>(
      `select ${columns}, i.message_id as sentId from ${tables} where i.id = ?`,
    )
    .get(Number(id))
  if (row === undefined) throw new Problem('not-found', { what: id }, 'messageId')
  const { sentId, ...message } = row
  return { message: messageOf(message), sentId }
}

/** What came of a delivery key; null where it never arrived. */
export function inboxByKey(db: BrandDatabase, key: string): InboxMessage | null {
  const row = db.sqlite
    .prepare<[string], Row>(`select ${columns} from ${tables} where i.delivery_key = ?`)
    .get(key)
  return row === undefined ? null : messageOf(row)
}
