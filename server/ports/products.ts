import type { ProductList, ProductQuery } from '../../shared/api/products.ts'
import type { Act, Changes } from './acts.ts'

type Changing = Changes<{
  /** Takes a product out. Problem `not-found`. */
  remove(act: Act, id: string): Promise<void>
}>

/** What the brand sells. */
export interface ProductStore extends Changing {
  /** By id, a page of them. */
  list(query: ProductQuery): Promise<ProductList>
}
