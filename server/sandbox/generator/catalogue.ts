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

/** With what the numbers of a category's products begin. */
const marks: Readonly<Record<Category, string>> = {
  ...{ 香氛: 'XF', 首饰: 'SS', 鲜花: 'XH', 巧克力: 'QK', 家居: 'JJ', 美妆: 'MZ', 茶礼: 'CL', 文创: 'WC' },
}

export interface Product {
  /** By which the lines of orders name it. */
  sku: string
  name: LocalText
  category: Category
  /** fen */
  price: number
}

export const catalogue: readonly Product[] = categoryNames.flatMap((category) =>
  productLines[category].map(([chinese, english, yuan], place) => ({
    sku: `${marks[category]}-${String(place + 1).padStart(2, '0')}`,
    name: { 'zh-CN': chinese, en: english },
    category,
    price: yuan * 100,
  })),
)

/** What is left of a product: of each thirteenth nothing, else from a handful to some hundred. */
export const stockOf = (place: number): number => (place % 13 === 12 ? 0 : 6 + ((place * 37) % 190))

const byCategory = new Map<Category, readonly Product[]>(
  categoryNames.map((category) => [category, catalogue.filter((product) => product.category === category)]),
)

/** The products of one category; every category has some. */
export function productsOf(category: Category): readonly Product[] {
  return byCategory.get(category) ?? []
}
