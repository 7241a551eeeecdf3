import type { CustomerAnswer, CustomerSummary, VocabularyAnswer } from '../../shared/api/customers.ts'
import type { Customer } from '../../shared/conditions/customer.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Asked } from './audiences.ts'

export interface CustomerSearch {
  /** Part of an id, a name, a phone or an e-mail address. */
  readonly search?: string | undefined
  readonly audience?: string | undefined
  readonly tag?: string | undefined
  /** The last id of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

export interface CustomersFound {
  readonly customers: readonly CustomerSummary[]
  readonly total: number
  readonly next: string | null
}

/** A customer with what belongs to a page of its own. */
export interface CustomerStory
  extends Pick<CustomerAnswer, 'tags' | 'audiences' | 'orders' | 'totals' | 'timeline' | 'enrollments'> {
  readonly customer: Customer
}

export interface CustomerStore {
  /** Customers by id, a page of them, with what they have bought; and how many answer the search. */
  search(request: CustomerSearch, at: Asked): Promise<CustomersFound>
  /** All that has happened between the brand and one customer; Problem `not-found`. */
  story(id: string, registry: Registry): Promise<CustomerStory>
  /** What conditions may speak of, from this brand's own data. */
  vocabulary(): Promise<VocabularyAnswer>
}
