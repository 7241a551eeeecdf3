import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Short links, each of one message and one address in it. */
export const links = sqliteTable(
  'links',
  {
    code: text().primaryKey(),
    /** The message's enrollment, node, visit and turn, by which it is known before it has a number. */
    enrollmentId: integer('enrollment_id').notNull(),
    node: text().notNull(),
    visit: integer().notNull(),
    turn: integer().notNull().default(0),
    customerId: text('customer_id').notNull(),
    /** Which of its message's addresses it is. */
    place: integer().notNull(),
    target: text().notNull(),
    /** The last day on which it leads there, in the brand's zone; null: always. */
    until: text(),
    /** Where it leads afterwards; null: where the brand says. */
    after: text(),
    /** How often people pressed it, and programs. */
    clicks: integer().notNull().default(0),
    robots: integer().notNull().default(0),
    firstAt: integer('first_at'),
  },
  (table) => [
    index('links_message').on(table.enrollmentId, table.node, table.visit),
    index('links_customer').on(table.customerId),
  ],
)
