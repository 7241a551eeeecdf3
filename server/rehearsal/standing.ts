import type { NamedAudiences } from '../../shared/conditions/audiences.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { withPoints } from '../../shared/conditions/ledger.ts'
import { HeldMemberships } from '../../shared/conditions/memberships.ts'
import { type Effect, see } from '../../shared/effects/index.ts'
import type { Enrollment, Touch } from '../../shared/nodes/type.ts'
import { type Promotion, promotionsIn, readerOf } from '../../shared/run/breaker.ts'
import type { LoadedFacts } from '../../shared/run/step.ts'
import type { KnownTouch, MemberFacts } from '../ports/rehearsal.ts'

/** What went to each address, whichever record bears it; those who share one are walked side by side. */
export type Given = Map<string, { readonly customerId: string; readonly touch: Touch }[]>

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const known = groups.get(key)
  if (known === undefined) groups.set(key, [value])
  else known.push(value)
}

/** Tags and lists, which journeys change on their way. */
interface Marks {
  readonly tags: Set<string>
  readonly audiences: Set<string>
}

/**
 * What is known of one customer in the course of a rehearsal. Other journeys see what the rehearsed one does;
 * of what they do it sees their messages only, which count towards the caps.
 */
export class Standing {
  readonly #member: MemberFacts
  /** Points that the member has been given and lost on the way. */
  #points = 0
  readonly #named: NamedAudiences
  readonly #own: Marks
  readonly #theirs: Marks
  readonly #touches: Touch[] = []
  /** Messages on record that are decided later than the virtual now, the next one last. */
  readonly #recorded: KnownTouch[]
  readonly #given: Given | null
  /** When the rehearsed journey has written to a reader, service messages left out. */
  readonly #promoted = new Map<string, number[]>()

  constructor(member: MemberFacts, named: NamedAudiences, withOthers: boolean, given: Given | null) {
    this.#member = member
    this.#named = named
    this.#given = given
    this.#own = { tags: new Set(member.tags), audiences: new Set(member.audiences) }
    this.#theirs = withOthers
      ? { tags: new Set(member.tags), audiences: new Set(member.audiences) }
      : this.#own
    this.#recorded = [...member.touches].reverse()
  }

  /** Time has gone on: messages on record that were decided by now are known. */
  reach(now: number): void {
    for (let next = this.#recorded.at(-1); next !== undefined && next.decidedAt <= now; ) {
      this.#touches.push(next)
      this.#recorded.pop()
      next = this.#recorded.at(-1)
    }
  }

  /** Rehearsed messages are the written text, so no model's reply is among the facts. */
  facts(events: readonly CustomerEvent[], other: boolean): LoadedFacts {
    const { tags, audiences: lists } = other ? this.#theirs : this.#own
    const customer = withPoints(this.#member.customer, this.#points)
    const { picks } = this.#member
    const audiences = new HeldMemberships(lists, this.#named, { customer, tags, events, picks })
    return {
      customer,
      tags,
      audiences,
      events,
      touches: this.#allTouches(),
      reply: null,
      picks,
      coupons: null,
    }
  }

  /** Rule 11: the marketing messages of the rehearsed journey that a message's reader has had since a moment. */
  promotedTo(promotion: Promotion, journeyId: string, since: number): number {
    const { id } = this.#member.customer
    const reader = readerOf(id, promotion)
    const own = this.#promoted.get(reader) ?? []
    let count = 0
    for (let index = own.length - 1; index >= 0 && (own[index] ?? since) > since; index -= 1) count += 1
    // Only an address can be another's too.
    for (const { customerId, touch } of this.#given?.get(reader) ?? []) {
      const { at, other } = touch
      if (customerId === id || other?.journeyId !== journeyId) continue
      if (other.purpose === 'marketing' && at > since) count += 1
    }
    return count
  }

  #allTouches(): readonly Touch[] {
    const { id, phone, email } = this.#member.customer
    const given = this.#given
    if (given === null) return this.#touches
    const others = [phone, email].flatMap((address) => (address === null ? [] : (given.get(address) ?? [])))
    return [
      ...this.#touches,
      ...others.flatMap(({ customerId, touch }) => (customerId === id ? [] : [touch])),
    ]
  }

  /** Takes in what an enrollment has brought about at the node where it stands. */
  apply(enrollment: Enrollment, effect: Effect, other: boolean, now: number): void {
    const { customerId, journeyId, state } = enrollment
    const marked = other ? [this.#theirs] : new Set([this.#own, this.#theirs])
    if (!other) for (const one of promotionsIn([effect])) push(this.#promoted, readerOf(customerId, one), now)
    see(effect, now, {
      touched: (channel, at) => this.#touches.push({ channel, at }),
      given: ({ channel, to, purpose }, at) => {
        const touch = { channel, at, other: { journeyId, node: state, purpose } }
        if (this.#given !== null) push(this.#given, to, { customerId, touch })
      },
      joined: (audience) => {
        for (const { audiences } of marked) audiences.add(audience)
      },
      tagged: (add, remove) => {
        for (const { tags } of marked) {
          for (const tag of remove) tags.delete(tag)
          for (const tag of add) tags.add(tag)
        }
      },
      // What is handed out in a rehearsal is a sample, and stays in its pool.
      claimed: () => undefined,
      pointed: (amount) => {
        this.#points += amount
      },
    })
  }
}
