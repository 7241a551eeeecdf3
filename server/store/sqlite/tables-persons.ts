import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One person over many identifiers. Phones and mailboxes are addresses, and stand among those. */

/** By what customers are known beside their id and their addresses; each is one customer's. */
export const identifiers = sqliteTable(
  'identifiers',
  {
    /** One of shared/persons/kinds. */
    kind: text().notNull(),
    /** The app or system within which the value means something; empty where it needs none. */
    scope: text().notNull(),
    value: text().notNull(),
    customerId: text('customer_id').notNull(),
    /** 1: whoever told it knows that it is theirs. */
    verified: integer().notNull(),
    /** By whom it was told: `person`, `key`, `script`, … */
    source: text().notNull(),
    firstSeen: integer('first_seen').notNull(),
    lastSeen: integer('last_seen').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.scope, table.value] }),
    index('identifiers_customer').on(table.customerId),
  ],
)

/** Ids of customers who are another by now: whatever comes in under one is that one's. */
export const aliases = sqliteTable(
  'aliases',
  {
    id: text().primaryKey(),
    customerId: text('customer_id').notNull(),
  },
  (table) => [index('aliases_customer').on(table.customerId)],
)

/** Which customers were made one, by whom and why, and what of each it moved, so that it can be undone. */
export const merges = sqliteTable(
  'merges',
  {
    id: text().primaryKey(),
    /** Who stands. */
    customerId: text('customer_id').notNull(),
    /** Who was merged into them. */
    otherId: text('other_id').notNull(),
    /** Real time. */
    at: integer().notNull(),
    /** An Actor, as JSON. */
    by: text().notNull(),
    /** By which identifier (a MergeReason of shared/api/persons), as JSON. */
    reason: text().notNull(),
    /** How many rows of each table, as JSON. */
    moved: text().notNull(),
    /** What an undoing needs (persons/kept.ts); null once it is undone or too old. */
    kept: text(),
    undoneAt: integer('undone_at'),
    undoneBy: text('undone_by'),
  },
  (table) => [
    index('merges_customer').on(table.customerId),
    index('merges_other').on(table.otherId),
    index('merges_at').on(table.at),
    index('merges_kept').on(table.at).where(sql`kept is not null`),
  ],
)

/** Pairs of customers who may be one person, and what somebody has said of it; the first is the lesser id. */
export const duplicates = sqliteTable(
  'duplicates',
  {
    customerId: text('customer_id').notNull(),
    otherId: text('other_id').notNull(),
    /** By which identifier: its kind, and what is shown of its value. */
    kind: text().notNull(),
    hint: text().notNull(),
    /** Why nobody has merged them (a WaitingReason). */
    why: text().notNull(),
    foundAt: integer('found_at').notNull(),
    /** `apart`, or null while it waits. */
    decision: text(),
    decidedAt: integer('decided_at'),
    decidedBy: text('decided_by'),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.otherId] }),
    index('duplicates_other').on(table.otherId),
    index('duplicates_open').on(table.foundAt).where(sql`decision is null`),
  ],
)
