import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Erasures of people: those that are asked for, and the certificates of those that are done. */
export const erasures = sqliteTable(
  'erasures',
  {
    id: text().primaryKey(),
    /** `asked`, or `done`. */
    status: text().notNull(),
    /** Who is to be forgotten and by what they are known; null as soon as that is done. */
    people: text(),
    /** How many records. */
    records: integer().notNull(),
    /** Real time, as of all that a certificate says. */
    askedAt: integer('asked_at').notNull(),
    askedBy: text('asked_by').notNull(),
    finishedAt: integer('finished_at'),
    /** 1: their addresses are known again as opted out, by a mark that cannot be read back. */
    remembered: integer().notNull(),
    /** What has been taken away, by table and file. */
    removed: text().notNull(),
    /** When the database's free space was overwritten, after which nothing is left in its file. */
    sweptAt: integer('swept_at'),
  },
  (table) => [
    index('erasures_asked').on(table.askedAt).where(sql`status = 'asked'`),
    index('erasures_unswept').on(table.finishedAt).where(sql`status = 'done' and swept_at is null`),
  ],
)

/** What an address had refused whose owner was forgotten: a salted hash, by which it is known when it comes again. */
export const erasedMarks = sqliteTable(
  'erased_marks',
  {
    mark: text().notNull(),
    channel: text().notNull(),
    closedWhy: text('closed_why').notNull(),
    closedAt: integer('closed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.mark, table.channel] })],
)
