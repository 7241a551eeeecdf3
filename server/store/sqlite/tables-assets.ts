import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Pictures that messages carry, by the keys by which texts and cards name them. */
export const assets = sqliteTable(
  'assets',
  {
    key: text().primaryKey(),
    /** A name and what stands for it where no picture is shown, each as JSON. */
    name: text().notNull(),
    alt: text().notNull(),
    /** Of its bytes. */
    hash: text().notNull(),
    type: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    bytes: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('assets_hash').on(table.hash)],
)

/** Their bytes, each once: within the brand's own file, so that whatever copies that has them. */
export const assetFiles = sqliteTable('asset_files', {
  hash: text().primaryKey(),
  type: text().notNull(),
  data: blob({ mode: 'buffer' }).notNull(),
  /** When no asset had it any more: messages that were sent still show it for a while. */
  leftAt: integer('left_at'),
})
