import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The brand's coupons, each with how its codes fare; the counts are kept by triggers. */
export const couponDefinitions = sqliteTable('coupon_definitions', {
  key: text().primaryKey(),
  /** A CouponDefinition (shared/coupons), as JSON. */
  definition: text().notNull(),
  /** Raised by each change; a change of a stale one is refused. */
  revision: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  /** Codes in the pool. */
  remaining: integer().notNull().default(0),
  handedOut: integer('handed_out').notNull().default(0),
  redeemed: integer().notNull().default(0),
  expired: integer().notNull().default(0),
})

/** Codes that nobody has got; whoever gets one takes it out. */
export const couponCodes = sqliteTable(
  'coupon_codes',
  {
    /** The order in which they are handed out. */
    seq: integer().primaryKey(),
    coupon: text().notNull(),
    code: text().notNull(),
  },
  (table) => [
    uniqueIndex('coupon_codes_code').on(table.code),
    index('coupon_codes_coupon').on(table.coupon, table.seq),
  ],
)
