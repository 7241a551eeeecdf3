import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The keys by which other systems call the API. Revoked ones stay, as the log names them. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** `write` or `read`. */
    kind: text().notNull(),
    /** SHA-256 of the secret, which has more chance in it than anybody can try. */
    hash: text().notNull(),
    hint: text().notNull(),
    madeAt: integer('made_at').notNull(),
    /** The actor, as JSON. */
    madeBy: text('made_by').notNull(),
    usedAt: integer('used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [uniqueIndex('api_keys_hash').on(table.hash), uniqueIndex('api_keys_name').on(table.name)],
)
