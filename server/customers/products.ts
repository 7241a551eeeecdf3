import type { ProductList, ProductQuery } from '../../shared/api/products.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Desk } from '../ports/desk.ts'

/** What the brand sells, by part of an id or a title and by category. */
export function listProducts({ stores }: Desk, query: ProductQuery): Promise<ProductList> {
  return stores.products.list(query)
}

/** Takes a product out of what the brand sells; orders of it stay as they are. Problem `not-found`. */
export async function removeProduct(desk: Desk, actor: Actor, id: string): Promise<void> {
  await desk.stores.products.remove(desk.act(actor), id)
}
