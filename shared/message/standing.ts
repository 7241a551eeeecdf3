import type { KeptAddressKind } from '../channels/address/address.ts'
import { channels } from '../channels/index.ts'
import { keptAs } from '../channels/reach.ts'
import type { Closure, Customer } from '../conditions/customer.ts'

/** Why an address is closed on a channel, as it is kept; `blacklisted` closes every channel. */
export const closedWhys = [
  'opted_out',
  'complaint',
  'block',
  'hard_bounce',
  'invalid',
  'blacklisted',
] as const
export type ClosedWhy = (typeof closedWhys)[number]

/** Why an address is closed, as it was written; what nobody can read closes it all the same, until it is mended. */
export function closedWhyIn(written: string | null): ClosedWhy | null {
  return written === null ? null : (closedWhys.find((why) => why === written) ?? 'invalid')
}

/** Stands for every channel. */
export const everyChannel = '*'

/** What one address of a customer has said on one channel. */
export interface AddressState {
  readonly kind: KeptAddressKind
  readonly address: string
  readonly channel: string
  readonly consent: boolean | null
  /** When it was given; null: nobody has said. */
  readonly consentAt: number | null
  readonly closedWhy: ClosedWhy | null
  readonly closedAt: number | null
  /** Whether a reply that may be an opt-out waits for a person. */
  readonly held: boolean
}

/** Whether a closure is its owner's word, which holds for the person, or a fact about the address alone. */
export const isRefusal = {
  opted_out: true,
  complaint: true,
  block: true,
  hard_bounce: false,
  invalid: false,
  blacklisted: false,
} as const satisfies Record<ClosedWhy, boolean>

/** The graver one counts where several addresses of a person are closed for different reasons. */
const gravity = {
  complaint: 6,
  block: 5,
  opted_out: 4,
  doubtful: 3,
  hard_bounce: 2,
  invalid: 1,
} as const satisfies Record<Closure, number>

/** The addresses that are written to. */
export interface Reached {
  readonly id: string
  readonly phone: string | null
  readonly email: string | null
  readonly externalUserId?: string | null
  readonly openid?: string | null
}

/** What addresses have said of a customer; consent is null where none was asked. */
export type Standing = Pick<
  Customer,
  'consentSms' | 'consentEmail' | 'blacklisted' | 'unsubscribed' | 'closed' | 'closedSince'
>

const nowhere: readonly string[] = []
const open: Readonly<Record<string, never>> = {}

/** Of a customer about whose addresses nothing is known. */
export const untold: Standing = {
  consentSms: null,
  consentEmail: null,
  blacklisted: false,
  unsubscribed: nowhere,
  closed: open,
  closedSince: open,
}

const kindOf = (channel: string): KeptAddressKind => {
  const kind = channels.find(({ id }) => id === channel)?.address
  return kind === undefined ? 'customer' : keptAs[kind]
}

/**
 * The channels that a word about an address is of: the one named, or all that write to addresses of its kind; an
 * id stands for its customer on every channel. None: the channel is not one of them.
 */
export function channelsMeant(kind: KeptAddressKind, channel: string): readonly string[] {
  const reached = channels.map(({ id }) => id).filter((id) => kind === 'customer' || kindOf(id) === kind)
  return channel === everyChannel ? reached : reached.filter((id) => id === channel)
}

/**
 * What is known of a customer from the states of all their addresses, the former ones among them. The address
 * that is written to is the profile's. What its owner refused with any of their addresses holds for the
 * person on that channel, unless the one in use has consented since; that an address is dead, or on the
 * blacklist, says nothing of another.
 */
export function standingOf(reached: Reached, states: readonly AddressState[]): Standing {
  if (states.length === 0) return untold
  const used: Record<KeptAddressKind, string | null> = {
    phone: reached.phone,
    email: reached.email,
    external_userid: reached.externalUserId ?? null,
    openid: reached.openid ?? null,
    customer: reached.id,
  }
  const inUse = (state: AddressState) => used[state.kind] === state.address
  const consentOf = (channel: string) =>
    states.find((state) => state.channel === channel && state.consent !== null && inUse(state))
  const closed: Partial<Record<string, Closure>> = {}
  const closedSince: Partial<Record<string, number>> = {}
  let blacklisted = false
  /** Of several addresses that are closed for one reason the last one's time counts, in whichever order they are read. */
  const since = (channel: string, at: number | null, anew: boolean): void => {
    const known = anew ? undefined : closedSince[channel]
    const last = known === undefined ? at : Math.max(known, at ?? known)
    if (last === null) delete closedSince[channel]
    else closedSince[channel] = last
  }
  const close = (channel: string, why: Closure, at: number | null): void => {
    const known = closed[channel]
    if (known !== undefined && gravity[why] < gravity[known]) return
    since(channel, at, why !== known)
    closed[channel] = why
  }
  for (const state of states) {
    const { channel, closedWhy, closedAt, held } = state
    if (held) close(channel, 'doubtful', null)
    if (closedWhy === null) continue
    if (closedWhy === 'blacklisted') {
      if (!inUse(state)) continue
      since(everyChannel, closedAt, !blacklisted)
      blacklisted = true
    } else if (isRefusal[closedWhy]) {
      const consent = consentOf(channel)
      const again = consent?.consent === true && !inUse(state) && (consent.consentAt ?? 0) > (closedAt ?? 0)
      if (!again)
        for (const one of channel === everyChannel ? channelsMeant(state.kind, channel) : [channel])
          close(one, closedWhy, closedAt)
    } else if (inUse(state)) close(channel, closedWhy, closedAt)
  }
  const unsubscribed = Object.keys(closed)
    .filter((channel) => closed[channel] === 'opted_out')
    .sort()
  return {
    consentSms: consentOf('sms')?.consent ?? null,
    consentEmail: consentOf('email')?.consent ?? null,
    blacklisted,
    unsubscribed: unsubscribed.length === 0 ? nowhere : unsubscribed,
    closed,
    closedSince,
  }
}

/** The kind of address that a channel writes to, of those that are kept. */
export const keptKindOf = kindOf
