import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Where other systems are told of what happens. Their secrets stand among the sealed ones. */
export const webhookEndpoints = sqliteTable('webhook_endpoints', {
  id: text().primaryKey(),
  name: text().notNull(),
  url: text().notNull(),
  /** Names of kinds, as JSON. */
  kinds: text().notNull(),
  /** Names of events, as JSON; null: all. */
  events: text(),
  allowPrivate: integer('allow_private').notNull().default(0),
  inSandbox: integer('in_sandbox').notNull().default(0),
  /** Why nothing is sent: `asked`, `failing`, `gone` or `restored`; null: it is on. */
  off: text(),
  offAt: integer('off_at'),
  /** Real time: since when every attempt has failed, how many those were, and until when it is left alone. */
  failingSince: integer('failing_since'),
  failures: integer().notNull().default(0),
  restUntil: integer('rest_until'),
  lastAt: integer('last_at'),
  lastStatus: integer('last_status'),
  oldSecretUntil: integer('old_secret_until'),
  madeAt: integer('made_at').notNull(),
  /** The actor, as JSON. */
  madeBy: text('made_by').notNull(),
})

/**
 * What has happened and nobody has been told of yet, in order. Triggers write it in the transaction of what happened;
 * they are there as long as some endpoint wants to know (webhooks/triggers.ts).
 */
export const webhookHappenings = sqliteTable('webhook_happenings', {
  seq: integer().primaryKey({ autoIncrement: true }),
  kind: text().notNull(),
  /** null where it is known by `ref` alone. */
  customerId: text('customer_id'),
  /** By what it is found: an event's number, a message's, an enrollment's, a task's, an erased customer's id. */
  ref: text().notNull(),
  at: integer().notNull(),
  detail: text(),
})

/** Notices: what is told, once for all who are told. */
export const webhookMessages = sqliteTable(
  'webhook_messages',
  {
    /** The webhook-id. */
    id: text().primaryKey(),
    kind: text().notNull(),
    customerId: text('customer_id'),
    /** Of an event of a customer. */
    eventName: text('event_name'),
    body: text().notNull(),
    /** Real time. */
    madeAt: integer('made_at').notNull(),
  },
  (table) => [
    index('webhook_messages_made').on(table.madeAt),
    index('webhook_messages_customer').on(table.customerId).where(sql`customer_id is not null`),
  ],
)

/** To whom each is told, and what became of that. Times are real. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    messageId: text('message_id').notNull(),
    endpointId: text('endpoint_id').notNull(),
    customerId: text('customer_id'),
    /** `waiting`, `delivered`, `failed` or `sandbox`. */
    state: text().notNull(),
    attempts: integer().notNull().default(0),
    dueAt: integer('due_at'),
    lastAt: integer('last_at'),
    status: integer(),
    error: text(),
    answer: text(),
    ms: integer(),
  },
  (table) => [
    uniqueIndex('webhook_deliveries_once').on(table.messageId, table.endpointId),
    index('webhook_deliveries_due').on(table.endpointId, table.dueAt).where(sql`due_at is not null`),
    index('webhook_deliveries_endpoint').on(table.endpointId, table.id),
    index('webhook_deliveries_customer').on(table.customerId).where(sql`customer_id is not null`),
  ],
)

/** Calls that came with an Idempotency-Key, and how each was answered, so that the same call is answered alike. */
export const idempotentCalls = sqliteTable(
  'idempotent_calls',
  {
    /** Who called: a key's id; empty: a person. */
    caller: text().notNull(),
    /** Method and address. */
    route: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the body. */
    fingerprint: text().notNull(),
    /** The process in which it was begun; of one that has ended without an answer nobody knows how far it came. */
    process: text().notNull(),
    /** null while it is being answered. */
    status: integer(),
    type: text(),
    answer: text(),
    begunAt: integer('begun_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caller, table.route, table.key] }),
    index('idempotent_calls_begun').on(table.begunAt),
  ],
)

/** Rows of the API that were refused, counted. */
export const refusedRows = sqliteTable(
  'refused_rows',
  {
    /** Of real time, since 1970-01-01. */
    day: integer().notNull(),
    /** The name of a key; empty: a person. */
    caller: text().notNull(),
    kind: text().notNull(),
    code: text().notNull(),
    count: integer().notNull(),
    lastAt: integer('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.caller, table.kind, table.code] })],
)
