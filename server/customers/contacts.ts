import type { ContactsShown } from '../../shared/api/contacts.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { KeptAddressKind } from '../../shared/channels/address/address.ts'
import { concealed } from '../../shared/channels/address/conceal.ts'
import type { KeptAddress } from '../ports/addresses.ts'
import type { Desk } from '../ports/desk.ts'

/** Whoever asks of whom, and how phones and mailboxes are told to them. */
export interface Told {
  readonly shown: ContactsShown
  readonly customers: readonly string[]
}

/** An answer about customers as it is told: their phones and mailboxes whole or masked, wherever they stand in it. */
export async function toldOf<T>(
  { stores }: Pick<Desk, 'stores'>,
  { shown, customers }: Told,
  answer: T,
): Promise<T> {
  if (shown === 'whole') return answer
  return concealed(answer, await stores.addresses.borneBy([...new Set(customers)]))
}

export interface Reveal {
  readonly id: string
  readonly kind: Exclude<KeptAddressKind, 'customer' | 'external_userid' | 'openid'>
}

/** The whole phones or mailboxes of a customer; what is told stands in the log before it is. Problem `not-found`. */
export async function revealAddresses(
  { stores, act }: Pick<Desk, 'stores' | 'act'>,
  actor: Actor,
  { id, kind }: Reveal,
): Promise<(KeptAddress & { readonly used: boolean })[]> {
  await stores.customers.revealed(act(actor), id, kind)
  const addresses = await stores.addresses.ofCustomer(id)
  return addresses.filter((one) => one.kind === kind)
}
