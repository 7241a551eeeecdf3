import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What models say of customers: of whoever has bought, one row each. */
export const scores = sqliteTable('scores', {
  customerId: text('customer_id').primaryKey(),
  /** Since when these stand, in real time. */
  at: integer().notNull(),
  /** A JSON object by the names of shared/models/scores. */
  scores: text().notNull(),
  /** Why the propensity is what it is: a JSON list, the strongest first. */
  reasons: text().notNull(),
  /** Which content has moved the propensity: a JSON list. */
  contents: text().notNull().default('[]'),
})

/** Customers who are to be scored anew though no event of theirs came in: their events are others now. */
export const toScore = sqliteTable('to_score', {
  id: integer().primaryKey({ autoIncrement: true }),
  customerId: text('customer_id').notNull(),
})

/** How the models were fitted last; one row, by its id. */
export const modelRuns = sqliteTable('model_runs', {
  id: integer().primaryKey(),
  /** What each has found, by which customers are scored. */
  fitted: text().notNull(),
  /** What is told of it. */
  report: text().notNull(),
  /** The last event whose customer has been scored. */
  lastEvent: integer('last_event').notNull(),
})
