import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Programmes by which customers invite others. */
export const referralProgrammes = sqliteTable(
  'referral_programmes',
  {
    /** By which the other tables, and texts that are not written yet, name it. */
    seq: integer().primaryKey(),
    key: text().notNull(),
    /** A ReferralDefinition (shared/referrals), as JSON. */
    definition: text().notNull(),
    /** Raised by each change; a change of a stale one is refused. */
    revision: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [uniqueIndex('referral_programmes_key').on(table.key)],
)

/** Links by which customers invite. A merge leads them to the survivor, who may have several. */
export const referralCodes = sqliteTable(
  'referral_codes',
  {
    code: text().primaryKey(),
    programme: integer().notNull(),
    customerId: text('customer_id').notNull(),
    madeAt: integer('made_at').notNull(),
    /** How often people opened its page. */
    opened: integer().notNull().default(0),
  },
  (table) => [index('referral_codes_customer').on(table.customerId, table.programme)],
)

/** Who was invited: once in each programme, by the link that was first. Whose that is, its row says. */
export const referrals = sqliteTable(
  'referrals',
  {
    programme: integer().notNull(),
    /** The invited. */
    customerId: text('customer_id').notNull(),
    /** By which rewards name it; it stays where rows are moved by a merge. */
    id: text().notNull(),
    code: text().notNull(),
    joinedAt: integer('joined_at').notNull(),
    /** The least order that rewards it, as it was when the invited came in; minor units. */
    minOrder: integer('min_order').notNull(),
    /** A ReferralState (shared/referrals). */
    state: text().notNull(),
    /** A ReferralReason; null: none. */
    reason: text(),
    /** When its state became what it is. */
    at: integer().notNull(),
    decidedBy: text('decided_by'),
  },
  (table) => [
    primaryKey({ columns: [table.programme, table.customerId] }),
    uniqueIndex('referrals_id').on(table.id),
    index('referrals_code').on(table.code),
    index('referrals_standing').on(table.programme, table.state),
    index('referrals_waiting').on(table.customerId).where(sql`state = 'waiting'`),
    index('referrals_due').on(table.at).where(sql`state = 'due'`),
  ],
)

/** What was given for invitations: each thing to each person once. */
export const referralRewards = sqliteTable(
  'referral_rewards',
  {
    programme: integer().notNull(),
    customerId: text('customer_id').notNull(),
    /** What it is for: `joined`, `invited:<id of the referral>`, `tier:<count>`. */
    of: text().notNull(),
    at: integer().notNull(),
    tag: text(),
    /** The key of the coupon that was to be given, and the code that was. */
    coupon: text(),
    code: text(),
    /** Why there is no code, a RewardLack (shared/referrals); null: nothing lacks. */
    lack: text(),
  },
  (table) => [
    primaryKey({ columns: [table.programme, table.customerId, table.of] }),
    index('referral_rewards_lacking').on(table.coupon).where(sql`lack = 'none_left'`),
  ],
)
