import type {
  BlacklistEntry,
  CustomerAddress,
  DoubtfulReply,
  SharedAddress,
} from '../../shared/api/addresses.ts'
import type { KeptAddressKind } from '../../shared/channels/address/address.ts'
import type { Act, Changes } from './acts.ts'

export interface Page {
  readonly search?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export interface BlacklistPage extends Page {
  /** Whether it is said how many there are in all; true where it is left out. */
  readonly counted?: boolean
  /** A phone or an e-mail address answers a search as a whole alone. */
  readonly wholeContacts?: boolean
}

/** An address in its canonical form. */
export interface KeptAddress {
  readonly kind: KeptAddressKind
  readonly address: string
}

export interface ConsentSaid {
  readonly channel: string
  readonly given: boolean
  readonly reason: string
}

interface AddressChanges {
  /** How many were not on it yet. */
  blacklist(act: Act, entries: readonly (KeptAddress & { readonly reason: string | null })[]): Promise<number>
  /** Takes one off the blacklist; Problem `not-found`. */
  unblacklist(act: Act, address: KeptAddress): Promise<void>
  /** Problem `not-found`, `reply-decided`. */
  decide(act: Act, id: number, decision: 'opt_out' | 'no_opt_out'): Promise<void>
  /** By a person's word: closes an address on a channel, `*` being all of its kind, or opens it again; Problem `not-found`. */
  close(act: Act, address: KeptAddress, channel: string, note: string | null): Promise<void>
  open(act: Act, address: KeptAddress, channel: string): Promise<void>
  /**
   * What a customer has told a person of a channel: given, or withdrawn, by which what is queued is taken back. Problem
   * `not-found` where they do not bear the address.
   */
  consent(act: Act, customerId: string, address: KeptAddress, said: ConsentSaid): Promise<void>
  /** Another address of a customer beside the one in use; Problem `unknown-customer`. */
  add(act: Act, customerId: string, address: KeptAddress): Promise<void>
}

/** Addresses: who bears them, and what they have agreed to and refused. */
export interface AddressStore extends Changes<AddressChanges> {
  ofCustomer(id: string): Promise<Omit<CustomerAddress, 'ref'>[]>
  /** All addresses of some customers, former ones among them. */
  borneBy(customers: readonly string[]): Promise<string[]>
  blacklisted(
    page: BlacklistPage,
  ): Promise<{ entries: Omit<BlacklistEntry, 'ref'>[]; total: number; next: string | null }>
  doubts(limit: number): Promise<{ open: DoubtfulReply[]; decided: DoubtfulReply[]; total: number }>
  /** Addresses that several customers bear, as they stand. */
  shared(page: Page): Promise<{ addresses: SharedAddress[]; total: number; next: string | null }>
}
