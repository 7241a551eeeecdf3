import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Goods by how many have bought them, as they were counted last. */
export const pickGoods = sqliteTable(
  'pick_goods',
  {
    item: text().primaryKey(),
    /** What most have bought is first. */
    place: integer().notNull(),
    /** Of all who have bought anything, 0 to 1. */
    share: real().notNull(),
  },
  (table) => [index('pick_goods_place').on(table.place)],
)

/** What whoever bought a good buys more often than everybody does. */
export const pickNeighbours = sqliteTable(
  'pick_neighbours',
  {
    item: text().notNull(),
    place: integer().notNull(),
    other: text().notNull(),
    more: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.item, table.place] })],
)

/** How goods were counted last; one row, by its id. */
export const pickRuns = sqliteTable('pick_runs', { id: integer().primaryKey(), report: text().notNull() })
