import type { Memberships } from '../../shared/conditions/audiences.ts'
import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import { timesLeft } from '../../shared/conditions/history.ts'
import { withPoints } from '../../shared/conditions/ledger.ts'
import { membershipsOf } from '../../shared/conditions/memberships.ts'
import { type Effect, type Sight, see } from '../../shared/effects/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { doubleWithinMs } from '../../shared/message/gates.ts'
import type { CouponOffer, Enrollment, FactNeeds, Touch } from '../../shared/nodes/type.ts'
import { actsOf, type Doings, isOwnDoing } from '../../shared/run/acts.ts'
import { nobody, noFacts } from '../../shared/run/facts.ts'
import type { LoadedFacts } from '../../shared/run/step.ts'
import {
  type AskedVisit,
  type FactsSource,
  isReadable,
  type MembersFound,
  type ReadCustomer,
} from '../ports/engine.ts'
import { UnreadableRow } from '../ports/unreadable.ts'
import { Breaker } from './breaker.ts'

const dayMs = 86_400_000
const nothing: ReadonlySet<string> = new Set()

const none: readonly never[] = []
const nobodyFound: MembersFound = { members: new Map(), unknown: new Map() }

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}

function forgetLast<K, V>(lists: Map<K, V[]>, key: K): void {
  lists.set(key, lists.get(key)?.slice(0, -1) ?? [])
}

/** What went to an address, and to whom. */
interface Given {
  readonly customerId: string
  readonly journeyId: string
  readonly node: string
  readonly channel: string
  readonly purpose: 'marketing' | 'service'
  readonly at: number
}

/** What a batch has decided and not yet saved, so that its later rounds see it. */
export class Overlay {
  readonly breaker = new Breaker()
  readonly #tags = new Map<string, { add: Set<string>; remove: Set<string> }>()
  readonly #joined = new Map<string, Set<string>>()
  readonly #touches = new Map<string, Touch[]>()
  /** What went to an address, whichever record bears it. */
  readonly #given = new Map<string, Given[]>()
  /** Codes that are as good as gone from their pools, and which coupons customers have got by them. */
  readonly #claimed = new Set<string>()
  readonly #held = new Map<string, string[]>()
  /** What is being done, and has not been saved; whose it is is looked up once somebody asks. */
  readonly #points = new Map<string, number>()
  readonly #doings: (readonly Doings[])[] = []
  #byCustomer: Map<string, Doings[]> | null = null
  /** Whose effect is being recorded. */
  #whose = { customerId: '', journeyId: '', node: '' }

  /** Made once: a function for each effect would cost more than what it does. */
  readonly #sight: Sight = {
    touched: (channel, at) => push(this.#touches, this.#whose.customerId, { channel, at }),
    given: ({ channel, to, purpose }, at) => {
      const { customerId, journeyId, node } = this.#whose
      push(this.#given, to, { customerId, journeyId, node, channel, purpose, at })
    },
    joined: (audience) => {
      const { customerId } = this.#whose
      this.#joined.set(customerId, new Set([...(this.#joined.get(customerId) ?? []), audience]))
    },
    tagged: (add, remove) => this.#tag(this.#whose.customerId, add, remove),
    pointed: (amount) => {
      const { customerId } = this.#whose
      this.#points.set(customerId, (this.#points.get(customerId) ?? 0) + amount)
    },
    claimed: (coupon, code) => {
      this.#claimed.add(code)
      push(this.#held, this.#whose.customerId, coupon)
    },
  }

  /** Passages whose doings count for whatever is decided later on. */
  watch(doings: readonly Doings[]): void {
    this.#doings.push(doings)
    this.#byCustomer = null
  }

  /** The events of some names that are known of a customer, with what journeys are just doing. */
  events(
    customerId: string,
    stored: readonly CustomerEvent[],
    names: readonly string[],
  ): readonly CustomerEvent[] {
    const acts = (this.#doingsOf(customerId) ?? none)
      .flatMap(actsOf)
      .filter(({ name }) => names.includes(name))
    return acts.length === 0 ? stored : [...stored, ...acts].sort((one, other) => one.at - other.at)
  }

  #doingsOf(customerId: string): readonly Doings[] | undefined {
    if (this.#byCustomer === null) {
      this.#byCustomer = new Map()
      for (const doing of this.#doings.flat()) push(this.#byCustomer, doing.enrollment.customerId, doing)
    }
    return this.#byCustomer.get(customerId)
  }

  record({ customerId, journeyId }: Enrollment, node: string, effect: Effect, at: number): void {
    this.#whose = { customerId, journeyId, node }
    see(effect, at, this.#sight)
  }

  /** Forgets the last message to a customer, which is not sent after all. */
  takeBack(customerId: string, effect: Effect): void {
    if (effect.kind !== 'send') return
    if (effect.purpose === 'marketing') forgetLast(this.#touches, customerId)
    forgetLast(this.#given, effect.to)
  }

  #tag(customerId: string, add: readonly string[], remove: readonly string[]): void {
    const change = this.#tags.get(customerId) ?? { add: new Set(), remove: new Set() }
    for (const tag of remove) {
      change.remove.add(tag)
      change.add.delete(tag)
    }
    for (const tag of add) {
      change.add.add(tag)
      change.remove.delete(tag)
    }
    this.#tags.set(customerId, change)
  }

  tags(customerId: string, stored: ReadonlySet<string>): ReadonlySet<string> {
    const change = this.#tags.get(customerId)
    if (change === undefined) return stored
    return new Set([...[...stored].filter((tag) => !change.remove.has(tag)), ...change.add])
  }

  audiences(customerId: string, stored: ReadonlySet<string>): ReadonlySet<string> {
    const joined = this.#joined.get(customerId)
    return joined === undefined ? stored : new Set([...stored, ...joined])
  }

  /** A customer with the points that are just given and taken. */
  pointed<T extends Customer>(customer: T): T {
    return withPoints(customer, this.#points.get(customer.id) ?? 0)
  }

  /** So many codes are on their way out of the pools. */
  get claimed(): ReadonlySet<string> {
    return this.#claimed
  }

  /** How many of a coupon a customer is just getting. */
  gets(customerId: string, coupon: string): number {
    return this.#held.get(customerId)?.filter((one) => one === coupon).length ?? 0
  }

  /** Rule 13: what the customer was given, and what others were at an address that the customer bears too. */
  touches(customer: Customer, stored: readonly Touch[]): readonly Touch[] {
    const { id, phone, email, externalUserId = null, openid = null } = customer
    const own: readonly Touch[] = this.#touches.get(id) ?? none
    const byPhone = this.#toOthers(id, phone)
    const byEmail = this.#toOthers(id, email)
    const byFriend = this.#toOthers(id, externalUserId)
    const byFollower = this.#toOthers(id, openid)
    if (own.length + byPhone.length + byEmail.length + byFriend.length + byFollower.length === 0)
      return stored
    return [...stored, ...own, ...byPhone, ...byEmail, ...byFriend, ...byFollower]
  }

  #toOthers(id: string, address: string | null): readonly Touch[] {
    const given = address === null ? undefined : this.#given.get(address)
    if (given === undefined || given.every(({ customerId }) => customerId === id)) return none
    return given
      .filter(({ customerId }) => customerId !== id)
      .map(({ channel, at, journeyId, node, purpose }) => ({
        channel,
        at,
        other: { journeyId, node, purpose },
      }))
  }
}

/** Remembers customers over a batch's rounds, so that each is read once however many nodes it passes. */
export function rememberCustomers(source: FactsSource): FactsSource {
  const bare = new Map<string, ReadCustomer>()
  const withAddresses = new Map<string, ReadCustomer>()
  return {
    ...source,
    customers: async (ids, addresses = false) => {
      const known = addresses ? withAddresses : bare
      const missing = ids.filter((id) => !known.has(id))
      if (missing.length > 0)
        for (const [id, customer] of await source.customers(missing, addresses)) known.set(id, customer)
      return known
    },
  }
}

/** How far back messages count towards any ceiling; 0 where there is none. */
function capWindow(brand: Brand): number {
  return Math.max(0, ...brand.caps.map(({ days }) => days)) * dayMs
}

/**
 * Memberships by enrollment: saved conditions mean the festival that each is anchored to, which a whole audience
 * shares, but not always the passages of one customer.
 */
async function loadMemberships(
  source: FactsSource,
  group: readonly Enrollment[],
  audiences: readonly string[],
  at: { now: number; zone: string },
): Promise<(enrollment: Pick<Enrollment, 'id' | 'customerId'>, overlay: Overlay) => Memberships> {
  const anchored = new Map<string, Enrollment[]>()
  for (const enrollment of group) {
    const key = JSON.stringify(enrollment.entry.anchors)
    const part = anchored.get(key)
    if (part === undefined) anchored.set(key, [enrollment])
    else part.push(enrollment)
  }
  const found = new Map<number, MembersFound>()
  for (const part of anchored.values()) {
    const ids = [...new Set(part.map(({ customerId }) => customerId))]
    const anchors = part[0]?.entry.anchors ?? {}
    const members = await source.memberships(ids, audiences, { ...at, anchors })
    for (const { id } of part) found.set(id, members)
  }
  return ({ id, customerId }, overlay) => {
    const { members, unknown } = found.get(id) ?? nobodyFound
    return membershipsOf(overlay.audiences(customerId, members.get(customerId) ?? nothing), unknown)
  }
}

/** A code for each of a group, of each coupon, that no other has been offered and nobody has taken in this batch. */
async function loadOffers(
  source: FactsSource,
  group: readonly Enrollment[],
  coupons: readonly string[],
  overlay: Overlay,
): Promise<(enrollment: Pick<Enrollment, 'id' | 'customerId'>) => Record<string, CouponOffer>> {
  const ids = [...new Set(group.map(({ customerId }) => customerId))]
  const { claimed } = overlay
  const [codes, held] = await Promise.all([
    source.couponCodes(coupons, group.length + claimed.size),
    source.couponsHeld(ids, coupons),
  ])
  const places = new Map(group.map(({ id }, at) => [id, at]))
  const free = new Map(
    coupons.map((key) => [key, (codes.get(key) ?? none).filter((code) => !claimed.has(code))]),
  )
  return ({ id, customerId }) =>
    Object.fromEntries(
      coupons.map((key) => {
        const code = free.get(key)?.[places.get(id) ?? 0] ?? null
        const had = held.get(customerId)?.get(key) ?? 0
        return [key, { code, held: had + overlay.gets(customerId, key) }]
      }),
    )
}

/** The visit to the node where an enrollment stands. */
function visitOf({ id, state, history }: Enrollment): AskedVisit {
  return { enrollmentId: id, node: state, visit: timesLeft(history, state) + 1 }
}

/** Loads what one node asks for of a group of enrollments: one query for each kind of fact. */
export async function loadFacts(
  source: FactsSource,
  group: readonly Enrollment[],
  needs: FactNeeds,
  context: { now: number; zone: string; brand: Brand; overlay: Overlay },
): Promise<(enrollment: Enrollment) => LoadedFacts> {
  const { now, zone, brand, overlay } = context
  const window = Math.max(capWindow(brand), needs.quota === true ? dayMs : 0)
  const capped = needs.touches === true && window > 0
  const wantsTouches = capped || needs.doubles === true
  const wantsNothing =
    !needs.customer &&
    !needs.tags &&
    !needs.audiences?.length &&
    !needs.events?.length &&
    !wantsTouches &&
    !needs.reply &&
    !needs.picks &&
    !needs.paused &&
    !needs.coupons?.length
  if (wantsNothing) return () => noFacts
  const ids = [...new Set(group.map(({ customerId }) => customerId))]
  const asksActs = needs.events?.some(isOwnDoing) === true
  const [customers, tags, audiences, events, touches, replies, picks, offers, paused] = await Promise.all([
    needs.customer ? source.customers(ids, needs.addresses) : null,
    needs.tags ? source.tags(ids) : null,
    needs.audiences?.length ? loadMemberships(source, group, needs.audiences, { now, zone }) : null,
    needs.events?.length ? source.events(ids, needs.events) : null,
    wantsTouches
      ? source.touches(ids, {
          since: now - Math.max(window, doubleWithinMs),
          now,
          of: capped ? 'all' : 'others',
        })
      : null,
    needs.reply ? source.replies(group.map(visitOf)) : null,
    needs.picks ? source.picks(ids, { now, rules: brand.picks }) : null,
    needs.coupons?.length ? loadOffers(source, group, needs.coupons, overlay) : null,
    needs.paused ? source.pausedChannels() : undefined,
  ])
  return ({ id, customerId }) => {
    const customer = customers === null ? nobody : customers.get(customerId)
    if (customer === undefined) throw new Problem('unknown-customer', { customer: customerId })
    if (!isReadable(customer)) throw new UnreadableRow(customerId, customer.unreadable)
    return {
      customer: overlay.pointed(customer),
      tags: tags === null ? nothing : overlay.tags(customerId, tags.get(customerId) ?? nothing),
      audiences: audiences === null ? nothing : audiences({ id, customerId }, overlay),
      events: asksActs
        ? overlay.events(customerId, events?.get(customerId) ?? none, needs.events ?? none)
        : (events?.get(customerId) ?? none),
      touches: touches === null ? none : overlay.touches(customer, touches.get(customerId) ?? none),
      reply: replies?.get(id) ?? null,
      picks: picks?.get(customerId) ?? none,
      coupons: offers?.({ id, customerId }) ?? null,
      paused,
    }
  }
}
