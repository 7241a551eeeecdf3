import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Who may come into journeys: by joining or leaving an audience, by not doing something, by way of another journey. */

/** Customers who ask to come in, and when it is told whether they do. */
export const coming = sqliteTable(
  'coming',
  {
    journeyId: text('journey_id').notNull(),
    node: text().notNull(),
    customerId: text('customer_id').notNull(),
    /** What brings them, so that it brings them once. */
    cause: text().notNull(),
    shard: integer().notNull(),
    notedAt: integer('noted_at').notNull(),
    /** null: failed too often, until a person says so. */
    dueAt: integer('due_at'),
    /** The event that is kept as the facts at entry, as JSON; null where there is none. */
    event: text(),
    attempts: integer().notNull().default(0),
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.journeyId, table.node, table.customerId, table.cause] }),
    index('coming_due').on(table.journeyId, table.dueAt, table.notedAt).where(sql`due_at is not null`),
    index('coming_stuck').on(table.journeyId).where(sql`due_at is null`),
    index('coming_customer').on(table.customerId),
  ],
)

/** Triggers by joining or leaving an audience, and how far each has looked. */
export const watches = sqliteTable(
  'watches',
  {
    journeyId: text('journey_id').notNull(),
    node: text().notNull(),
    version: integer().notNull(),
    /** `published` or `resumed`: the next look finds out who is of it; `going`. */
    state: text().notNull(),
    /** What the audience meant when it was looked at, its own and all that it names, as JSON. */
    definition: text(),
    lookedAt: integer('looked_at'),
    /** Why nobody can say who is of it. */
    error: text(),
  },
  (table) => [primaryKey({ columns: [table.journeyId, table.node] })],
)

/** Who was of the audience of a trigger when it was last looked at. */
export const watchMembers = sqliteTable(
  'watch_members',
  {
    journeyId: text('journey_id').notNull(),
    node: text().notNull(),
    customerId: text('customer_id').notNull(),
    shard: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.journeyId, table.node, table.customerId] }),
    index('watch_members_customer').on(table.customerId),
  ],
)

/** Triggers that follow another journey. */
export const followers = sqliteTable(
  'followers',
  {
    journeyId: text('journey_id').notNull(),
    node: text().notNull(),
    version: integer().notNull(),
    follows: text().notNull(),
    /** `entered` or `left`. */
    moment: text().notNull(),
    /** A JSON array of exits, goals and reasons; empty: whichever. */
    endings: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.journeyId, table.node] })],
)
