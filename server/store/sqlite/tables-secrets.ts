import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * What was given in confidence, sealed (secrets/seal.ts). A secret that was made here and not typed may stand once for
 * each key that has been in use, so that an earlier key which turns up again opens what it sealed.
 */
export const secrets = sqliteTable(
  'secrets',
  {
    /** Which one it is, such as `channels.email.password`. */
    name: text().notNull(),
    /** The name of the key that sealed it; empty where nothing is left of it. */
    keyId: text('key_id').notNull(),
    /** Where it may be handed over (shared/channels/origin.ts); null: it stays on this server. */
    origin: text(),
    /** Null: it was dropped with its address, and has to be typed again. */
    sealed: text(),
  },
  (table) => [primaryKey({ columns: [table.name, table.keyId] })],
)
