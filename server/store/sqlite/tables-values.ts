import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * The values that a journey's variables were given while it ran, beside its versions, which never change. The newest
 * row of a name holds; earlier ones say what held when, so that what was decided then can be told again.
 */
export const journeyValues = sqliteTable(
  'journey_values',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    journeyId: text('journey_id').notNull(),
    name: text().notNull(),
    /** As JSON. */
    value: text().notNull(),
    /** On the brand's clock. */
    fromAt: integer('from_at').notNull(),
  },
  (table) => [index('journey_values_of').on(table.journeyId, table.seq)],
)
