import type { Product } from '../../../../shared/api/products.ts'
import { readAttributes } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { valueOr } from '../stored-json.ts'

type Values = Omit<Product, 'attributes' | 'updatedAt'>

/** What a call says of a product: what it leaves out stays, null takes away. */
export interface ProductPatch extends Partial<Values> {
  readonly id: string
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>
}

export interface ProductRow extends Values {
  /** As JSON. */
  readonly attributes: string
  readonly updatedAt: number
}

export const productColumns =
  'id, title, price, stock, category, image, link, attributes, updated_at as updatedAt'

export const productOf = (row: ProductRow): Product => ({
  ...row,
  attributes: valueOr(readAttributes(row.attributes), {}),
})

const fields = ['title', 'price', 'stock', 'category', 'image', 'link'] as const

function patched(patch: ProductPatch, known: ProductRow | undefined, now: number): ProductRow {
  const either = <T>(said: T | undefined, before: T | undefined): T | null =>
    said === undefined ? (before ?? null) : said
  const before = known === undefined ? {} : valueOr(readAttributes(known.attributes), {})
  const all = Object.entries({ ...before, ...patch.attributes }).filter(([, value]) => value !== null)
  return {
    id: patch.id,
    title: either(patch.title, known?.title),
    price: either(patch.price, known?.price),
    stock: either(patch.stock, known?.stock),
    category: either(patch.category, known?.category),
    image: either(patch.image, known?.image),
    link: either(patch.link, known?.link),
    attributes: JSON.stringify(Object.fromEntries(all)),
    updatedAt: now,
  }
}

/** Saves products within the caller's transaction, in their order; those that are known are found in one query. */
export function productSaver({
  sqlite,
}: BrandDatabase): (
  patches: readonly ProductPatch[],
  now: number,
) => ('created' | 'updated' | 'unchanged')[] {
  const find = sqlite.prepare<[string], ProductRow>(
    `select ${productColumns} from products where id in (select value from json_each(?))`,
  )
  const write = sqlite.prepare(
    `insert into products (id, title, price, stock, category, image, link, attributes, updated_at)
     values (@id, @title, @price, @stock, @category, @image, @link, @attributes, @updatedAt)
     on conflict do update set title = excluded.title, price = excluded.price, stock = excluded.stock,
       category = excluded.category, image = excluded.image, link = excluded.link,
       attributes = excluded.attributes, updated_at = excluded.updated_at`,
  )
  return (patches, now) => {
    const rows = find.all(JSON.stringify(patches.map(({ id }) => id)))
    const known = new Map(rows.map((row) => [row.id, row]))
    return patches.map((patch) => {
      const before = known.get(patch.id)
      const next = patched(patch, before, now)
      const same =
        before !== undefined &&
        fields.every((field) => before[field] === next[field]) &&
        before.attributes === next.attributes
      if (same) return 'unchanged'
      write.run(next)
      known.set(patch.id, next)
      return before === undefined ? 'created' : 'updated'
    })
  }
}
