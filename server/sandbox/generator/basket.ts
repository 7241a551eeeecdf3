import { type Category, type Product, productsOf } from './catalogue.ts'
import type { Random, Weighted } from './random.ts'
import type { OrderLine } from './rows.ts'
import type { Traits } from './traits.ts'

/** What one order holds. */
export interface Basket {
  items: OrderLine[]
  categories: Category[]
  /** its first product */
  product: Product
  /** fen, before any coupon */
  amount: number
}

/** How many times dearer or cheaper a product is than the member likes, as a logarithm. */
function distance(budget: number, { price }: Product): number {
  return Math.abs(Math.log(price / budget))
}

function nearer(budget: number, one: Product, other: Product): Product {
  return distance(budget, one) <= distance(budget, other) ? one : other
}

/** A product of the drawn or the favourite category, the nearer of two to the member's budget. */
export function choose(random: Random, traits: Traits, tastes: Weighted<Category>): Product {
  const category = random.chance(0.4) ? traits.favourite : tastes.draw(random)
  const shelf = productsOf(category)
  return nearer(traits.budget, random.pick(shelf), random.pick(shelf))
}

/** An order of one to three things; `priceFactor` is what a season leaves of the prices, in hundredths. */
export function fill(
  random: Random,
  traits: Traits,
  tastes: Weighted<Category>,
  priceFactor: number,
): Basket {
  const product = choose(random, traits, tastes)
  const things = 1 + (random.chance(0.22) ? 1 : 0) + (random.chance(0.06) ? 1 : 0)
  const found = new Set<Category>([product.category])
  let total = product.price
  const bought = [product]
  for (let more = 1; more < things; more++) {
    const other = choose(random, traits, tastes)
    found.add(other.category)
    bought.push(other)
    total += other.price
  }
  return { items: linesOf(bought), categories: [...found], product, amount: reduced(total, priceFactor) }
}

/** What was bought line by line, at the prices of the catalogue. */
function linesOf(bought: readonly Product[]): OrderLine[] {
  const lines = new Map<string, OrderLine>()
  for (const { sku, name, price } of bought) {
    const known = lines.get(sku)
    if (known === undefined) lines.set(sku, { sku, title: name['zh-CN'], quantity: 1, price })
    else known.quantity += 1
  }
  return [...lines.values()]
}

/** An amount in fen at a share of its price, in whole yuan. */
export function reduced(amount: number, hundredths: number): number {
  return Math.round((amount * hundredths) / 10_000) * 100
}
