import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What became of messages by channel, in quarters of an hour, so that the day of any zone can be put together. */
export const deliveryCounts = sqliteTable(
  'delivery_counts',
  {
    since: integer().notNull(),
    channel: text().notNull(),
    /** `sent`, `delivered`, `failed`, `unknown`, `held` or `again`. */
    outcome: text().notNull(),
    /** Of a failure its provider's code, of a held one the gate; else empty. */
    code: text().notNull(),
    count: integer().notNull(),
    /** Ids of the last messages that it was of, as JSON; null: none are kept. */
    examples: text(),
  },
  (table) => [primaryKey({ columns: [table.since, table.channel, table.outcome, table.code] })],
)

/** What was handed over in the last minutes, by which the present rate is told. */
export const deliveryMinutes = sqliteTable(
  'delivery_minutes',
  {
    minute: integer().notNull(),
    channel: text().notNull(),
    sent: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.minute, table.channel] })],
)

/** Channels of which nothing leaves until a person says so. */
export const channelPauses = sqliteTable('channel_pauses', {
  channel: text().primaryKey(),
  since: integer().notNull(),
  /** Who, as JSON. */
  by: text().notNull(),
  reason: text().notNull(),
})
