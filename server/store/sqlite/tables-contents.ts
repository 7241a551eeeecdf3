import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What messages show each customer in the variant that is for them. */
export const contents = sqliteTable('contents', {
  key: text().primaryKey(),
  /** A Content (shared/contents), as JSON. */
  content: text().notNull(),
  /** Raised by each change; a change of a stale one is refused. */
  revision: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})
