import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * What changed of what the analytical copy holds, in order: triggers of the database write it, whoever changes the
 * rows. Events that came in are not in it, as they are in order by themselves. What the engine has done to people is told
 * by its commit, one row for a batch, so that no step costs more.
 */
export const changes = sqliteTable('changes', {
  seq: integer().primaryKey(),
  /** `customers`, `tags`, `members`, `events` or `acts`. */
  part: text().notNull(),
  /** Empty where the passages say whose they are. */
  customerId: text('customer_id').notNull(),
  /** Of a changed event, its number. */
  eventSeq: integer('event_seq'),
  /** Of acts, the passages of which there is something new: a JSON list of the numbers of enrollments. */
  passages: text(),
})
