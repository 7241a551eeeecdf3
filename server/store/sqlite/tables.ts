import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export * from './tables-addresses.ts'
export * from './tables-assets.ts'
export * from './tables-audiences.ts'
export * from './tables-audit.ts'
export * from './tables-chains.ts'
export * from './tables-changes.ts'
export * from './tables-contents.ts'
export * from './tables-coupons.ts'
export * from './tables-delivery.ts'
export * from './tables-entering.ts'
export * from './tables-erasures.ts'
export * from './tables-events.ts'
export * from './tables-exchange.ts'
export * from './tables-keys.ts'
export * from './tables-links.ts'
export * from './tables-models.ts'
export * from './tables-moves.ts'
export * from './tables-origins.ts'
export * from './tables-persons.ts'
export * from './tables-picks.ts'
export * from './tables-points.ts'
export * from './tables-products.ts'
export * from './tables-referrals.ts'
export * from './tables-secrets.ts'
export * from './tables-staff.ts'
export * from './tables-tracking.ts'
export * from './tables-values.ts'
export * from './tables-waiting.ts'
export * from './tables-wechat.ts'
export * from './tables-wecom.ts'

/**
 * The tables of one brand; each brand has a database of its own. Times are epoch milliseconds, money is
 * minor units, `shard` (0-255, hashed from the customer) lets several workers share the work later.
 */

/** Settings that exist once: the brand, its clock, its secrets. */
export const meta = sqliteTable('meta', { key: text().primaryKey(), value: text().notNull() })

export const customers = sqliteTable(
  'customers',
  {
    id: text().primaryKey(),
    shard: integer().notNull(),
    name: text(),
    phone: text(),
    email: text(),
    gender: text(),
    birthday: text(),
    city: text(),
    registeredAt: integer('registered_at'),
    timezone: text(),
    language: text(),
    /** What the record says of consent; what its address has said since stands above it. */
    consentSms: integer('consent_sms'),
    consentEmail: integer('consent_email'),
    /**
     * 1 once an address has said something that the record does not: an opt-out, a refusal, another consent. Kept by
     * triggers, so that of everybody else nothing more is read.
     */
    noted: integer().notNull().default(0),
    attributes: text().notNull().default('{}'),
    /** Where each value came from (Origins of shared/origins); null: nobody has written it down. */
    origins: text(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('customers_phone').on(table.phone), index('customers_email').on(table.email)],
)

/** What the customers' attributes hold; one without a row has values of any JSON type. */
export const attributes = sqliteTable('attributes', {
  name: text().primaryKey(),
  /** `text`, `number`, `money`, `date`, `time`, `yes_no` or `list`. */
  type: text().notNull(),
  /** How values are written where the type alone does not tell. */
  format: text(),
  /** 1: a person has chosen the type; 0: it is proposed from the values. */
  chosen: integer().notNull().default(0),
  /** Customers with a value, and of those the ones whose value cannot be read, when last counted. */
  filled: integer().notNull(),
  unreadable: integer().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const tags = sqliteTable(
  'tags',
  {
    customerId: text('customer_id').notNull(),
    tag: text().notNull(),
    at: integer().notNull(),
    /** Of `sources`; null: nobody has written it down. */
    source: integer(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.tag] }), index('tags_tag').on(table.tag)],
)

export const journeys = sqliteTable('journeys', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** `draft`, `live`, `paused` or `stopped`. */
  status: text().notNull(),
  draft: text().notNull(),
  /** Raised by each save; a save with a stale one is refused. */
  revision: integer().notNull(),
  liveVersion: integer('live_version'),
  /** Why it has paused itself (a Trip of shared/run/breaker); null where a person did, or nobody. */
  breaker: text(),
  /** How far apart its messages leave (ms), as its live version says; null: as fast as its channels take them. */
  spacingMs: real('spacing_ms'),
  /** When the next one may leave, where they are spaced. */
  nextLeavesAt: integer('next_leaves_at'),
  /** Since when it has stood still; null where it does not, or where an earlier release paused it. */
  pausedAt: integer('paused_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  deletedAt: integer('deleted_at'),
})

/** Published graphs; never changed. */
export const versions = sqliteTable(
  'versions',
  {
    journeyId: text('journey_id').notNull(),
    number: integer().notNull(),
    hash: text().notNull(),
    graph: text().notNull(),
    transitions: text().notNull(),
    publishedAt: integer('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.journeyId, table.number] })],
)

/** When a scheduled trigger fires next; computed from its definition and its last firing. */
export const triggers = sqliteTable(
  'triggers',
  {
    journeyId: text('journey_id').notNull(),
    node: text().notNull(),
    version: integer().notNull(),
    dueAt: integer('due_at'),
    anchor: text(),
    firedAt: integer('fired_at'),
    /** The last customer let in by a firing under way; null between firings. */
    cursor: text(),
  },
  (table) => [primaryKey({ columns: [table.journeyId, table.node] })],
)

export const enrollments = sqliteTable(
  'enrollments',
  {
    id: integer().primaryKey(),
    shard: integer().notNull(),
    journeyId: text('journey_id').notNull(),
    version: integer().notNull(),
    customerId: text('customer_id').notNull(),
    /** Tells concurrent enrollments of one customer apart; empty unless re-entry is keyed. */
    entryKey: text('entry_key').notNull().default(''),
    state: text().notNull(),
    /** `live`, `stuck` or `ended`. */
    status: text().notNull(),
    dueAt: integer('due_at'),
    /** The event that it waits for. */
    waitEvent: text('wait_event'),
    enteredAt: integer('entered_at').notNull(),
    arrivedAt: integer('arrived_at').notNull(),
    control: integer().notNull(),
    steps: integer().notNull(),
    /** Facts at entry; never changed. */
    entry: text().notNull(),
    /** History, coupons, goals and wait. */
    data: text().notNull(),
    attempts: integer().notNull().default(0),
    error: text(),
    endedAt: integer('ended_at'),
    ending: text(),
    /** Of one that has ended: before when events still reach a goal of it (rule 19); null: none does. */
    countsUntil: integer('counts_until'),
  },
  (table) => [
    uniqueIndex('enrollments_live')
      .on(table.journeyId, table.customerId, table.entryKey)
      .where(sql`ended_at is null`),
    index('enrollments_due').on(table.journeyId, table.dueAt).where(sql`due_at is not null`),
    index('enrollments_customer').on(table.customerId, table.journeyId),
    index('enrollments_counting')
      .on(table.customerId, table.countsUntil)
      .where(sql`counts_until is not null`),
    index('enrollments_stuck').on(table.journeyId).where(sql`status = 'stuck'`),
  ],
)

export const traces = sqliteTable(
  'traces',
  {
    enrollmentId: integer('enrollment_id').notNull(),
    seq: integer().notNull(),
    at: integer().notNull(),
    node: text().notNull(),
    outcome: text().notNull(),
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.enrollmentId, table.seq] })],
)

/** The outbox, and what became of each message. */
export const messages = sqliteTable(
  'messages',
  {
    id: integer().primaryKey(),
    shard: integer().notNull(),
    enrollmentId: integer('enrollment_id').notNull(),
    node: text().notNull(),
    visit: integer().notNull(),
    journeyId: text('journey_id').notNull(),
    version: integer().notNull(),
    customerId: text('customer_id').notNull(),
    channel: text().notNull(),
    recipient: text().notNull(),
    subject: text(),
    body: text().notNull(),
    /** What the body is written in: `text`, `html` (cleaned) or `json` (a webhook's whole body). */
    format: text().notNull().default('text'),
    /** What goes with it, as JSON; null: nothing. */
    attachments: text(),
    /** The registered template that an SMS is made of, filled, as JSON; null: its body is what is handed over. */
    template: text(),
    purpose: text().notNull(),
    /** `queued`, `sending`, `sent`, `failed`, `unknown`, `cancelled` or `held`. */
    status: text().notNull(),
    /** Not handed to the channel before this time; null once it needs no more work. */
    dueAt: integer('due_at'),
    createdAt: integer('created_at').notNull(),
    /** When it was handed over; of an `unknown` one, when it may have been. */
    sentAt: integer('sent_at'),
    providerId: text('provider_id'),
    parts: integer().notNull(),
    costMilli: integer('cost_milli').notNull(),
    coupon: text(),
    model: text(),
    attempts: integer().notNull().default(0),
    error: text(),
    /** 1: taken back while its channel had it in hand, so that it is not tried again. */
    withdrawn: integer().notNull().default(0),
    /** Who has it in hand while it is `sending`, and until when in real time nobody else takes it. */
    claimedBy: text('claimed_by'),
    claimedUntil: integer('claimed_until'),
    /** 0: claimed only, by a channel that says when each begins to leave, and surely with nobody yet. */
    begun: integer().notNull().default(1),
    /** Of the life of the data in which it was made, as part of its idempotency key; null: of an earlier release. */
    life: text(),
    /** Which of the ways of its channel it takes; null where that has one. */
    way: text(),
    /** How many channels were tried in vain before, each by a message of its own to the same visit. */
    turn: integer().notNull().default(0),
    /** The channels that were passed over for this one, each with its reason, as JSON; null: it has but one. */
    passed: text(),
  },
  (table) => [
    uniqueIndex('messages_visit').on(table.enrollmentId, table.node, table.visit, table.turn),
    index('messages_due').on(table.journeyId, table.channel, table.dueAt).where(sql`due_at is not null`),
    index('messages_customer').on(table.customerId, table.createdAt),
    index('messages_recipient').on(table.recipient, table.journeyId),
    index('messages_provider').on(table.providerId).where(sql`provider_id is not null`),
    index('messages_status').on(table.status).where(sql`status in ('sending', 'unknown', 'failed')`),
    // Held after a restore, until a person decides.
    index('messages_restored').on(table.journeyId).where(sql`error = 'held: restored'`),
  ],
)

export const receipts = sqliteTable(
  'receipts',
  {
    id: text().primaryKey(),
    messageId: integer('message_id').notNull(),
    kind: text().notNull(),
    at: integer().notNull(),
    detail: text(),
  },
  (table) => [index('receipts_message').on(table.messageId)],
)

/** The on-screen phone of the sandbox, and the in-app inbox. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: integer().primaryKey(),
    customerId: text('customer_id').notNull(),
    messageId: integer('message_id'),
    /** The message's idempotency key, so that nothing is delivered twice. */
    deliveryKey: text('delivery_key').notNull(),
    channel: text().notNull(),
    direction: text().notNull(),
    subject: text(),
    body: text().notNull(),
    html: text(),
    /** As of the message; null: nothing. */
    attachments: text(),
    at: integer().notNull(),
  },
  (table) => [
    uniqueIndex('inbox_key').on(table.deliveryKey),
    index('inbox_customer').on(table.customerId, table.at),
  ],
)

/** Requests to a model, and its stored replies (rule 16). */
export const asks = sqliteTable(
  'asks',
  {
    enrollmentId: integer('enrollment_id').notNull(),
    node: text().notNull(),
    visit: integer().notNull(),
    request: text().notNull(),
    reply: text(),
    model: text(),
    prompt: text(),
    inputTokens: integer('input_tokens'),
    outputTokens: integer('output_tokens'),
    costMilli: integer('cost_milli'),
    /** null once answered, and while it is held after a restore. */
    dueAt: integer('due_at'),
    attempts: integer().notNull().default(0),
    createdAt: integer('created_at').notNull(),
    /** As of a message. */
    life: text(),
    /** Until when a person may answer; null: a machine is called. */
    personUntil: integer('person_until'),
  },
  (table) => [
    primaryKey({ columns: [table.enrollmentId, table.node, table.visit] }),
    index('asks_due').on(table.dueAt).where(sql`due_at is not null`),
    index('asks_open').on(table.personUntil).where(sql`person_until is not null and reply is null`),
    index('asks_people').on(table.createdAt).where(sql`person_until is not null`),
    // Held after a restore, until a person decides.
    index('asks_held').on(table.enrollmentId).where(sql`reply is null and due_at is null`),
  ],
)

/** Running counts for the canvas, kept with each batch: `in`, `out:port`, `waiting`, `suppressed:gate`, … */
export const figures = sqliteTable(
  'figures',
  {
    journeyId: text('journey_id').notNull(),
    version: integer().notNull(),
    node: text().notNull(),
    kind: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.journeyId, table.version, table.node, table.kind] })],
)

/** What the sandbox's members will do; moving its clock turns these into events. */
export const plannedEvents = sqliteTable(
  'planned_events',
  {
    id: text().primaryKey(),
    customerId: text('customer_id').notNull(),
    name: text().notNull(),
    at: integer().notNull(),
    amount: integer(),
    properties: text().notNull(),
    /** The broadcast upon which it happens. */
    taskId: integer('task_id'),
  },
  (table) => [
    index('planned_events_at').on(table.at),
    index('planned_events_task').on(table.taskId).where(sql`task_id is not null`),
  ],
)

export const imports = sqliteTable('imports', {
  id: text().primaryKey(),
  status: text().notNull(),
  report: text().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})
