import type { LocalText } from '../../../shared/text.ts'
import { productLines } from './products.ts'

/** The categories, by the Chinese name that events carry. */
export const categoryNames = ['香氛', '首饰', '鲜花', '巧克力', '家居', '美妆', '茶礼', '文创'] as const
export type Category = (typeof categoryNames)[number]

export const categories: Record<Category, LocalText> = {
  香氛: { 'zh-CN': '香氛', en: 'Fragrance' },
  首饰: { 'zh-CN': '首饰', en: 'Jewellery' },
  鲜花: { 'zh-CN': '鲜花', en: 'Flowers' },
  巧克力: { 'zh-CN': '巧克力', en: 'Chocolate' },
  家居: { 'zh-CN': '家居', en: 'Home' },
  美妆: { 'zh-CN': '美妆', en: 'Beauty' },
  茶礼: { 'zh-CN': '茶礼', en: 'Tea gifts' },
  文创: { 'zh-CN': '文创', en: 'Art and stationery' },
}

export interface Product {
  name: LocalText
  category: Category
  /** fen */
  price: number
}

export const catalogue: readonly Product[] = categoryNames.flatMap((category) =>
  productLines[category].map(([chinese, english, yuan]) => ({
    name: { 'zh-CN': chinese, en: english },
    category,
    price: yuan * 100,
  })),
)

const byCategory = new Map<Category, readonly Product[]>(
  categoryNames.map((category) => [category, catalogue.filter((product) => product.category === category)]),
)

/** The products of one category; every category has some. */
export function productsOf(category: Category): readonly Product[] {
  return byCategory.get(category) ?? []
}
