import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const audiences = sqliteTable('audiences', {
  key: text().primaryKey(),
  name: text().notNull(),
  /** `condition` or `list`. */
  kind: text().notNull(),
  condition: text(),
  /** The journey that made it; null: a person. */
  journeyId: text('journey_id'),
  /** Raised by each change; a change of a stale one is refused. */
  revision: integer().notNull().default(1),
  /** When a condition was frozen: since then it is a list, and the condition stands in `frozen_condition`. */
  frozenAt: integer('frozen_at'),
  /** Who froze it (an Actor of shared/audit), as JSON. */
  frozenBy: text('frozen_by'),
  frozenCondition: text('frozen_condition'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const audienceMembers = sqliteTable(
  'audience_members',
  {
    audience: text().notNull(),
    customerId: text('customer_id').notNull(),
    at: integer().notNull(),
    enrollmentId: integer('enrollment_id'),
  },
  (table) => [
    primaryKey({ columns: [table.audience, table.customerId] }),
    index('audience_members_customer').on(table.customerId),
  ],
)

/** How many were in an audience on a day (YYYY-MM-DD by the brand's clock), when last counted on it. */
export const audienceSizes = sqliteTable(
  'audience_sizes',
  {
    audience: text().notNull(),
    day: text().notNull(),
    at: integer().notNull(),
    size: integer().notNull(),
    /** Since it was looked at before; null where it was only counted. */
    joined: integer(),
    gone: integer(),
  },
  (table) => [primaryKey({ columns: [table.audience, table.day] })],
)

/** From when until when customers were in an audience, as it was seen by looks at its members. */
export const audienceStays = sqliteTable(
  'audience_stays',
  {
    audience: text().notNull(),
    customerId: text('customer_id').notNull(),
    since: integer().notNull(),
    /** 1: was in it already when it was looked at first. */
    before: integer().notNull().default(0),
    until: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.audience, table.customerId, table.since] }),
    index('audience_stays_customer').on(table.customerId),
    index('audience_stays_since').on(table.audience, table.since, table.customerId),
    index('audience_stays_until').on(table.audience, table.until).where(sql`until is not null`),
  ],
)
