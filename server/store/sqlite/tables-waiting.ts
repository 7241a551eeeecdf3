import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What came too early or failed, and waits to be taken again. */

/** Reports of providers that came before the answer which tells the provider's id of their message. */
export const earlyReceipts = sqliteTable(
  'early_receipts',
  {
    /** Name and id of the event that the report is. */
    name: text().notNull(),
    id: text().notNull(),
    providerId: text('provider_id').notNull(),
    channel: text(),
    /** null where the report names nobody: whoever the message is to. */
    customerId: text('customer_id'),
    at: integer().notNull(),
    properties: text().notNull(),
    receivedAt: integer('received_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.name, table.id] }),
    index('early_receipts_provider').on(table.providerId),
    index('early_receipts_received').on(table.receivedAt),
  ],
)

/** Events of which a trigger could not tell whether they let their customer in (rule 26). */
export const failedEntries = sqliteTable(
  'failed_entries',
  {
    journeyId: text('journey_id').notNull(),
    node: text().notNull(),
    eventSeq: integer('event_seq').notNull(),
    customerId: text('customer_id').notNull(),
    attempts: integer().notNull(),
    error: text().notNull(),
    /** When it is tried again; null: stuck, until a person says so. */
    dueAt: integer('due_at'),
  },
  (table) => [
    primaryKey({ columns: [table.journeyId, table.node, table.eventSeq] }),
    index('failed_entries_due').on(table.dueAt).where(sql`due_at is not null`),
  ],
)

/** Where nothing is sent for now, because whoever answers there is at fault and not the message. */
export const channelHalts = sqliteTable(
  'channel_halts',
  {
    channel: text().notNull(),
    /** The address of a webhook; empty: the whole channel. */
    endpoint: text().notNull(),
    /** `person` or `time`: who mends it. */
    mend: text().notNull(),
    code: text().notNull(),
    detail: text().notNull(),
    since: integer().notNull(),
    attempts: integer().notNull(),
    /** When one message tries it again. */
    nextAt: integer('next_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.endpoint] })],
)

/** Who has which work of which shards, and until when in real time. */
export const leases = sqliteTable(
  'leases',
  {
    work: text().notNull(),
    worker: text().notNull(),
    shardFrom: integer('shard_from').notNull(),
    shardTo: integer('shard_to').notNull(),
    until: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.work, table.worker, table.shardFrom] })],
)
