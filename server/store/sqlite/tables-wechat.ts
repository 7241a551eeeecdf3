import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What WeChat has told; by its key a repetition is known. */
export const wechatCallbacks = sqliteTable(
  'wechat_callbacks',
  {
    key: text().primaryKey(),
    /** What it said, as JSON; emptied once it is done. */
    body: text().notNull(),
    at: integer().notNull(),
    attempts: integer().notNull().default(0),
    /** When it is done, or tried again, in real time; null: it is done. */
    dueAt: integer('due_at'),
    error: text(),
  },
  (table) => [index('wechat_callbacks_due').on(table.dueAt).where(sql`due_at is not null`)],
)

/** Who follows the official account, and did; and who has written to it without. */
export const wechatFollowers = sqliteTable(
  'wechat_followers',
  {
    openid: text().primaryKey(),
    customerId: text('customer_id').notNull(),
    /** A follower is one who has followed since they last left; 0: never. */
    followedAt: integer('followed_at').notNull(),
    leftAt: integer('left_at'),
    /** Of the QR code by which they came first. */
    source: text(),
  },
  (table) => [index('wechat_followers_customer').on(table.customerId)],
)

/** What a follower lets the account send: so many messages until then. */
export const wechatGrants = sqliteTable(
  'wechat_grants',
  {
    openid: text().notNull(),
    /** `said`, `acted`: answers of customer service; `subscribed`: messages of a template. */
    kind: text().notNull(),
    /** The template that it is of; empty of an answer. */
    template: text().notNull(),
    customerId: text('customer_id').notNull(),
    /** When it was given last. */
    at: integer().notNull(),
    /** null: it does not run out. */
    until: integer(),
    left: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.openid, table.kind, table.template] }),
    index('wechat_grants_customer').on(table.customerId),
  ],
)
