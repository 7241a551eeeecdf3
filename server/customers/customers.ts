import type { z } from 'zod'
import type { CustomerAnswer, customerList, VocabularyAnswer } from '../../shared/api/customers.ts'
import type { CustomerSearch } from '../ports/customers.ts'
import type { Desk } from '../ports/desk.ts'
import { maskPhone } from './contact.ts'

/** By part of an id, a name, a phone or an e-mail address; by audience and tag. Phones are masked. */
export async function searchCustomers(
  { stores, now, brand }: Desk,
  query: CustomerSearch,
): Promise<z.output<typeof customerList>> {
  const found = await stores.customers.search(query, { now: now(), zone: brand().zone })
  return { ...found, customers: found.customers.map((one) => ({ ...one, phone: maskPhone(one.phone) })) }
}

/** All that is known of one customer; Problem `not-found`. */
export async function readCustomer({ stores, registry }: Desk, id: string): Promise<CustomerAnswer> {
  const { customer, ...story } = await stores.customers.story(id, registry)
  const { unsubscribed, attributes, ...rest } = customer
  return { customer: { ...rest, unsubscribed: [...unsubscribed], attributes: { ...attributes } }, ...story }
}

/** What conditions may speak of, from this brand's own data. */
export function readVocabulary({ stores }: Desk): Promise<VocabularyAnswer> {
  return stores.customers.vocabulary()
}
