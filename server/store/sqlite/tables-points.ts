import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The ledger of points: each line stands as it was written, and a customer has their sum. */
export const points = sqliteTable(
  'points',
  {
    seq: integer().primaryKey(),
    customerId: text('customer_id').notNull(),
    /** By which a call or a step is known when it comes again. */
    key: text().notNull(),
    at: integer().notNull(),
    /** Above zero: added; below: taken. */
    amount: integer().notNull(),
    /** A LineKind (shared/points). */
    kind: text().notNull(),
    /** A LineSource (shared/points). */
    source: text().notNull(),
    reason: text().notNull(),
    /** The order, or the journey with its node, that it is of. */
    reference: text(),
    /** Of what is lost by time: the line that it is lost of. */
    lot: integer(),
    /** Of what is added: when what is left of it is lost; null: never. */
    expiresAt: integer('expires_at'),
    /** When it is to be looked at next: to tell that it is lost soon, or to lose it. No part of the ledger. */
    dueAt: integer('due_at'),
  },
  (table) => [
    uniqueIndex('points_key').on(table.key),
    // A balance is read from the index alone.
    index('points_customer').on(table.customerId, table.amount),
    index('points_due').on(table.dueAt).where(sql`due_at is not null`),
  ],
)
