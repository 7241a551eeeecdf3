import type { LocalText } from '../../shared/text.ts'
import type { Signs } from '../ports/signs.ts'
import { readCoupons } from '../store/sqlite/coupons/read.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'

/** So many are named; of the others it is said how many there are. */
const mostNamed = 3

/** Pools that run low, told among the signs before customers find them empty; answers how to end that. */
export function watchCoupons(signs: Signs, brand: string, db: BrandDatabase): readonly (() => void)[] {
  const low = () => {
    const found = readCoupons(db).filter(({ figures }) => figures.low)
    if (found.length === 0) return null
    const said = (locale: keyof LocalText, [open, close, comma]: readonly [string, string, string]) => {
      const names = found
        .slice(0, mostNamed)
        .map(
          ({ coupon: { name, key }, figures }) =>
            `${name[locale] ?? name.en ?? name['zh-CN'] ?? key}${open}${figures.remaining}${close}`,
        )
      const more = found.length - names.length
      return `${names.join(comma)}${more === 0 ? '' : `${comma}+${more}`}`
    }
    return {
      coupons: { 'zh-CN': said('zh-CN', ['（剩 ', '）', '、']), en: said('en', [' (', ' left)', ', ']) },
    }
  }
  return [signs.watch('coupon-low', brand, low)]
}
