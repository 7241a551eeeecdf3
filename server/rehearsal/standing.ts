import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { type Effect, see } from '../../shared/effects/index.ts'
import type { Touch } from '../../shared/nodes/type.ts'
import type { LoadedFacts } from '../../shared/run/step.ts'
import type { KnownTouch } from '../store/sqlite/messages/touches.ts'
import type { MemberFacts } from '../store/sqlite/rehearsal.ts'

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
  readonly #own: Marks
  readonly #theirs: Marks
  readonly #touches: Touch[] = []
  /** Messages on record that are decided later than the virtual now, the next one last. */
  readonly #recorded: KnownTouch[]

  constructor(member: MemberFacts, withOthers: boolean) {
    this.#member = member
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
    const { tags, audiences } = other ? this.#theirs : this.#own
    return { customer: this.#member.customer, tags, audiences, events, touches: this.#touches, reply: null }
  }

  apply(effect: Effect, other: boolean, now: number): void {
    const marked = other ? [this.#theirs] : new Set([this.#own, this.#theirs])
    see(effect, now, {
      touched: (channel, at) => this.#touches.push({ channel, at }),
      joined: (audience) => {
        for (const { audiences } of marked) audiences.add(audience)
      },
      tagged: (add, remove) => {
        for (const { tags } of marked) {
          for (const tag of remove) tags.delete(tag)
          for (const tag of add) tags.add(tag)
        }
      },
    })
  }
}
