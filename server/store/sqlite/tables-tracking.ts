import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Keys by which web pages tell of visits: no secrets, as whoever reads a page reads its key. */
export const trackingKeys = sqliteTable('tracking_keys', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** The pages that may use it: a JSON list of origins. */
  origins: text().notNull(),
  madeAt: integer('made_at').notNull(),
  revokedAt: integer('revoked_at'),
})

/**
 * What visitors did of whom nobody knows who they are. Once that is known it becomes events of theirs and is gone from
 * here, so that no visitor is counted as a customer, and nobody's visits stay for ever.
 */
export const visits = sqliteTable(
  'visits',
  {
    /** The anonymous id that the script has given the browser. */
    visitor: text().notNull(),
    name: text().notNull(),
    id: text().notNull(),
    at: integer().notNull(),
    /** Real time: nobody's visits stay longer because a sandbox's clock stands still. */
    receivedAt: integer('received_at').notNull(),
    properties: text().notNull(),
    trackingKey: text('tracking_key').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.visitor, table.name, table.id] }),
    index('visits_received').on(table.receivedAt),
  ],
)
