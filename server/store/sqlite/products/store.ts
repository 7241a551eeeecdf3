import type { ProductQuery } from '../../../../shared/api/products.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { ProductStore } from '../../../ports/products.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { type ProductRow, productColumns, productOf } from './products.ts'

function filterOf({ search = '', category }: ProductQuery) {
  const like = `%${search.trim().replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const parts = [
    ...(search.trim() === '' ? [] : [`(id like @like escape '\\' or title like @like escape '\\')`]),
    ...(category === undefined ? [] : ['category = @category']),
  ]
  return { sql: ['1', ...parts].join(' and '), values: { like, category: category ?? null } }
}

/** The products of one brand's database. */
export function productStore(db: BrandDatabase): ProductStore {
  const { sqlite } = db
  const change = changer(db)
  const remove = sqlite.prepare('delete from products where id = ?')
  const categories = sqlite
    .prepare<[number], string>(
      'select distinct category from products where category is not null order by category limit ?',
    )
    .pluck()
  return {
    async list(query) {
      const { sql, values } = filterOf(query)
      const { after = null, limit } = query
      const total = sqlite
        .prepare<object, number>(`select count(*) from products where ${sql}`)
        .pluck()
        .get(values)
      const rows = sqlite
        .prepare<object, ProductRow>(
          `select ${productColumns} from products where ${sql} and (@after is null or id > @after)
           order by id limit @limit`,
        )
        .all({ ...values, after, limit: limit + 1 })
      const page = rows.slice(0, limit)
      return {
        products: page.map(productOf),
        total: total ?? 0,
        categories: categories.all(limits.pageSize.value),
        next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      }
    },
    remove: async (act, id) =>
      change(
        act,
        () => {
          if (remove.run(id).changes === 0) throw new Problem('not-found', { what: id }, 'id')
        },
        () => ({ action: 'product.removed', id }),
      ),
  }
}
