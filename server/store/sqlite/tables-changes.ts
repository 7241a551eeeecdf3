import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * What changed of what the analytical copy holds, in order: triggers of the database write it, whoever changes the
 * rows. Events that came in are not in it, as they are in order by themselves.
 */
export const changes = sqliteTable('changes', {
  seq: integer().primaryKey(),
  /** `customers`, `tags`, `members` or `events`. */
  part: text().notNull(),
  customerId: text('customer_id').notNull(),
  /** Of a changed event, its number. */
  eventSeq: integer('event_seq'),
})
