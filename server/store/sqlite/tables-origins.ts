import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/**
 * Where values of customers come from: one row a file, a key, a person. Customers and tags name them by number; number
 * 0 stands for what came before that was written down.
 */
export const sources = sqliteTable(
  'sources',
  {
    id: integer().primaryKey(),
    /** An OriginKind. */
    kind: text().notNull(),
    /** Of an import its file, of a journey its id, of an actor theirs. */
    name: text().notNull(),
    /** Of an import its id, of an actor the way in. */
    reference: text().notNull(),
    /** The moment of all that comes from it; 0: each value has its own. */
    at: integer().notNull(),
  },
  (table) => [uniqueIndex('sources_named').on(table.kind, table.name, table.reference, table.at)],
)
