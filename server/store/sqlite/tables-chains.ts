import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Messages that another channel follows should they not reach. What becomes of a message is written to its own row and
 * to the receipts; triggers on these note here that it has failed, or take it out once it has arrived.
 */
export const chainTurns = sqliteTable(
  'chain_turns',
  {
    /** The message's enrollment, node, visit and turn, by which it is known before it has a number. */
    enrollmentId: integer('enrollment_id').notNull(),
    node: text().notNull(),
    visit: integer().notNull(),
    turn: integer().notNull(),
    journeyId: text('journey_id').notNull(),
    /** Until when the next is tried. */
    untilAt: integer('until_at').notNull(),
    /** When the next is tried; null: this one has not failed. */
    dueAt: integer('due_at'),
  },
  (table) => [
    primaryKey({ columns: [table.enrollmentId, table.node, table.visit, table.turn] }),
    index('chain_turns_due').on(table.dueAt).where(sql`due_at is not null`),
  ],
)
