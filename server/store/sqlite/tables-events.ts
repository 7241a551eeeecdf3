import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** What customers did. Purchases are events named `order`, their id being the order's number. */
export const events = sqliteTable(
  'events',
  {
    /** Order of arrival. */
    seq: integer().primaryKey(),
    id: text().notNull(),
    customerId: text('customer_id').notNull(),
    shard: integer().notNull(),
    name: text().notNull(),
    at: integer().notNull(),
    receivedAt: integer('received_at').notNull(),
    amount: integer(),
    properties: text().notNull().default('{}'),
    /** `history` starts and wakes nothing. */
    source: text().notNull(),
    /** 1 until the engine has taken it. */
    pending: integer().notNull(),
  },
  (table) => [
    // Ids are whose they are: of two customers one id means two events, but an order's number is one customer's.
    uniqueIndex('events_of_customer').on(table.customerId, table.name, table.id),
    uniqueIndex('events_order').on(table.id).where(sql`name = 'order'`),
    // By the order that it is of, word for word as it is asked for (events/order-sql), or a customer of many is slow.
    index('events_refund')
      .on(
        table.customerId,
        sql`cast(case when json_valid(properties) then properties ->> '$.order_id' end as text)`,
      )
      .where(sql`name = 'refund'`),
    index('events_customer').on(table.customerId, table.name, table.at),
    index('events_name_at').on(table.name, table.at),
    index('events_pending').on(table.at, table.seq).where(sql`pending = 1`),
  ],
)

export const coupons = sqliteTable(
  'coupons',
  {
    code: text().primaryKey(),
    enrollmentId: integer('enrollment_id').notNull(),
    node: text().notNull(),
    customerId: text('customer_id').notNull(),
    journeyId: text('journey_id').notNull(),
    value: integer().notNull(),
    minSpend: integer('min_spend').notNull(),
    name: text().notNull(),
    issuedAt: integer('issued_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    redeemedAt: integer('redeemed_at'),
    /** The key of the brand's coupon that it is one of; null: a node's own. */
    coupon: text(),
    kind: text().notNull().default('amount'),
    percent: integer(),
    /** What it may be used for, in words, as JSON. */
    applies: text(),
    /** When it may be used first; null: at once. */
    usableFrom: integer('usable_from'),
    /** The order by which it was used, where that is known. */
    orderId: text('order_id'),
    /** When something is to be told of it: that it is not used, that it is over; null: nothing more. */
    dueAt: integer('due_at'),
  },
  (table) => [
    index('coupons_customer').on(table.customerId),
    index('coupons_due').on(table.dueAt).where(sql`due_at is not null`),
    index('coupons_of').on(table.coupon, table.issuedAt),
  ],
)

export const goalHits = sqliteTable(
  'goal_hits',
  {
    enrollmentId: integer('enrollment_id').notNull(),
    goal: text().notNull(),
    journeyId: text('journey_id').notNull(),
    version: integer().notNull(),
    control: integer().notNull(),
    customerId: text('customer_id').notNull().default(''),
    eventName: text('event_name').notNull().default(''),
    eventId: text('event_id').notNull(),
    at: integer().notNull(),
    value: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.enrollmentId, table.goal] }),
    index('goal_hits_event').on(table.customerId, table.eventName, table.eventId),
    index('goal_hits_journey').on(table.journeyId, table.goal),
  ],
)
