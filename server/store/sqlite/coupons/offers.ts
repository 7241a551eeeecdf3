import { randomInt } from 'node:crypto'
import type Database from 'better-sqlite3'
import { couponDefinition } from '../../../../shared/coupons/definition.ts'
import { codeBy } from '../../../../shared/coupons/pattern.ts'
import type { FactsSource } from '../../../ports/engine.ts'
import { readColumn } from '../stored-json.ts'

/** What customers may be handed, and what they have been; nothing is taken out of a pool by looking. */
export function offersReader(sqlite: Database.Database): Pick<FactsSource, 'couponCodes' | 'couponsHeld'> {
  const codes = sqlite
    .prepare<[string, number], string>('select code from coupon_codes where coupon = ? order by seq limit ?')
    .pluck()
  const definition = sqlite
    .prepare<[string], string>('select definition from coupon_definitions where key = ?')
    .pluck()
  const held = sqlite.prepare<[string, string], { customerId: string; coupon: string; count: number }>(
    `select customer_id as customerId, coupon, count(*) as count from coupons
     where customer_id in (select value from json_each(?)) and coupon in (select value from json_each(?))
     group by 1, 2`,
  )
  const offered = (key: string, count: number): readonly string[] => {
    const text = definition.get(key)
    const read = text === undefined ? null : readColumn(text, couponDefinition)
    if (read === null || !read.readable) return []
    const { supply, pattern } = read.value
    if (supply === 'pool') return codes.all(key, count)
    return Array.from({ length: count }, () => codeBy(pattern, randomInt))
  }
  return {
    // A journey names a few coupons at most; the customers are one query.
    couponCodes: async (keys, count) => new Map(keys.map((key) => [key, offered(key, count)])),
    async couponsHeld(ids, keys) {
      const found = new Map<string, Map<string, number>>()
      for (const { customerId, coupon, count } of held.all(JSON.stringify(ids), JSON.stringify(keys))) {
        const own = found.get(customerId) ?? new Map<string, number>()
        found.set(customerId, own.set(coupon, count))
      }
      return found
    },
  }
}
