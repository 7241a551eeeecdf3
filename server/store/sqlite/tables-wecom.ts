import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What WeCom has told; by its key a repetition is known. */
export const wecomCallbacks = sqliteTable(
  'wecom_callbacks',
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
  (table) => [index('wecom_callbacks_due').on(table.dueAt).where(sql`due_at is not null`)],
)

/** Which employees follow which customers, and did. */
export const wecomFollows = sqliteTable(
  'wecom_follows',
  {
    externalUserId: text('external_user_id').notNull(),
    userId: text('user_id').notNull(),
    customerId: text('customer_id').notNull(),
    /** Real times; a friend is one whom nobody has removed since. */
    addedAt: integer('added_at').notNull(),
    removedAt: integer('removed_at'),
    /** Of the code or the link by which they came. */
    state: text(),
  },
  (table) => [
    primaryKey({ columns: [table.externalUserId, table.userId] }),
    index('wecom_follows_customer').on(table.customerId),
    index('wecom_follows_state').on(table.state).where(sql`state is not null`),
  ],
)

/** QR codes by which customers add employees, each with the source that their friends are counted by. */
export const wecomWays = sqliteTable('wecom_ways', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  state: text().notNull().unique(),
  /** User ids in WeCom, as JSON. */
  users: text().notNull(),
  skipVerify: integer('skip_verify').notNull(),
  /** By what WeCom knows it; null: nobody knows whether it was made. */
  configId: text('config_id'),
  qrUrl: text('qr_url'),
  /** The key of its picture among the brand's. */
  picture: text(),
  madeAt: integer('made_at').notNull(),
})

/** Codes by which new friends can be greeted, once each and for twenty seconds. */
export const wecomCodes = sqliteTable(
  'wecom_codes',
  {
    code: text().primaryKey(),
    externalUserId: text('external_user_id').notNull(),
    userId: text('user_id').notNull(),
    customerId: text('customer_id').notNull(),
    at: integer().notNull(),
    /** The key of the message that goes out by it. */
    usedBy: text('used_by'),
  },
  (table) => [index('wecom_codes_friend').on(table.externalUserId, table.at)],
)

/** Which of the brand's tags are which of the corp's in WeCom. */
export const wecomTags = sqliteTable('wecom_tags', {
  tag: text().primaryKey(),
  tagId: text('tag_id').notNull().unique(),
  groupId: text('group_id').notNull(),
  /** As WeCom called them when they were bound. */
  groupName: text('group_name').notNull(),
  name: text().notNull(),
  boundAt: integer('bound_at').notNull(),
  /** When it was deleted in WeCom. */
  goneAt: integer('gone_at'),
})

/** What WeCom knows of the bound tags of customers. A trigger on `tags` makes what has changed due. */
export const wecomMarks = sqliteTable(
  'wecom_marks',
  {
    customerId: text('customer_id').notNull(),
    tagId: text('tag_id').notNull(),
    /** Whether WeCom has it on them, as it was told or said last; null: nobody knows. */
    known: integer(),
    /** Counts the changes here, so that one of meanwhile is told too. */
    turn: integer().notNull().default(0),
    /** When WeCom is told, in real time; null: it is as it is here. */
    dueAt: integer('due_at'),
    /** When it was last told, in real time. */
    toldAt: integer('told_at'),
    attempts: integer().notNull().default(0),
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.tagId] }),
    index('wecom_marks_due').on(table.dueAt).where(sql`due_at is not null`),
    index('wecom_marks_tag').on(table.tagId),
  ],
)

/** By what WeCom knows pictures that were brought to it; it keeps each for three days. */
export const wecomMedia = sqliteTable(
  'wecom_media',
  {
    corpId: text('corp_id').notNull(),
    /** Where the picture stands. */
    picture: text().notNull(),
    mediaId: text('media_id').notNull(),
    givenAt: integer('given_at').notNull(),
    usedAt: integer('used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.corpId, table.picture] })],
)

/** Broadcasts: one content to some customers of one employee, who has to press send. */
export const wecomTasks = sqliteTable(
  'wecom_tasks',
  {
    id: integer().primaryKey(),
    sender: text().notNull(),
    /** Of the content, which stands with its messages. */
    hash: text().notNull(),
    /** `calling`, `waiting`, `done`, `cancelled` or `failed`. */
    status: text().notNull(),
    /** By what WeCom knows it. */
    msgid: text(),
    madeAt: integer('made_at').notNull(),
    /** When it is looked at next; null: no more. */
    dueAt: integer('due_at'),
    looks: integer().notNull().default(0),
    /** When the employee was reminded, as JSON. */
    reminders: text().notNull().default('[]'),
    error: text(),
  },
  (table) => [index('wecom_tasks_due').on(table.dueAt).where(sql`due_at is not null`)],
)

/** To whom a broadcast goes: a message each. */
export const wecomRecipients = sqliteTable(
  'wecom_recipients',
  {
    messageId: integer('message_id').primaryKey(),
    customerId: text('customer_id').notNull(),
    externalUserId: text('external_user_id').notNull(),
    hash: text().notNull(),
    gatheredAt: integer('gathered_at').notNull(),
    /** null: it is not part of a broadcast yet. */
    taskId: integer('task_id'),
    /** What became of it, as WeCom says it: 0 not yet, 1 sent, 2 no friend any more, 3 had another that day. */
    result: integer(),
  },
  (table) => [
    index('wecom_recipients_task').on(table.taskId),
    index('wecom_recipients_gathered').on(table.hash).where(sql`task_id is null`),
    index('wecom_recipients_customer').on(table.customerId),
  ],
)
