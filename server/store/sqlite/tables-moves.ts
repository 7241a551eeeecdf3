import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Rule 21: what a publication has decided of those under way in earlier versions, or what a change of values says
 * anew, and how far that has been done.
 */
export const moves = sqliteTable(
  'moves',
  {
    id: integer().primaryKey(),
    journeyId: text('journey_id').notNull(),
    /** Where those go who move. */
    toVersion: integer('to_version').notNull(),
    /** What becomes of whom (a MovePlan of server/ports/moves). */
    plan: text().notNull(),
    /** 1 while messages that wait in the outbox are still to be said in the new words: none leaves meanwhile. */
    wordsDue: integer('words_due').notNull(),
    /** The last passage that has been dealt with: its customer and its key, as JSON; null at the start. */
    cursor: text(),
    moved: integer().notNull().default(0),
    left: integer().notNull().default(0),
    /** How many had been dealt with when the pass under way began: one that adds none is the last. */
    passFrom: integer('pass_from').notNull().default(0),
    reworded: integer().notNull().default(0),
    plannedAt: integer('planned_at').notNull(),
    /** null while it is under way. */
    doneAt: integer('done_at'),
    /** What it comes from (a MoveKind of server/ports/moves). */
    kind: text().notNull().default('version'),
    /** How many people and messages it concerned when it was planned; null: of an earlier release, as what follows. */
    concerned: integer(),
    /** Who planned it (an Actor), as JSON, and when in real time. */
    actor: text(),
    begunAt: integer('begun_at'),
  },
  (table) => [index('moves_open').on(table.journeyId).where(sql`done_at is null`)],
)
