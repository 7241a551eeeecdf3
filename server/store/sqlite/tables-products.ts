import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What the brand sells, by the SKU that the lines of orders name. */
export const products = sqliteTable(
  'products',
  {
    id: text().primaryKey(),
    title: text(),
    /** Minor units. */
    price: integer(),
    /** null: nobody counts it. */
    stock: integer(),
    category: text(),
    image: text(),
    link: text(),
    attributes: text().notNull().default('{}'),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('products_category').on(table.category)],
)
