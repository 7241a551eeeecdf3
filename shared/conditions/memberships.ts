import type { AudienceFault, Memberships, NamedAudiences } from './audiences.ts'
import { type ConditionFacts, evaluate } from './evaluate.ts'
import { noHistory } from './history.ts'
import type { TimeContext } from './window.ts'

/** What has been loaded of a customer, with the audiences of which nobody can say who is in them. */
export function membershipsOf(
  joined: ReadonlySet<string>,
  unknown: ReadonlyMap<string, AudienceFault>,
): Memberships {
  if (unknown.size === 0) return joined
  return { has: (audience) => (unknown.has(audience) ? null : joined.has(audience)) }
}

/** What saved conditions are asked with: nothing of an enrollment belongs to them. */
export type AudienceFacts = Pick<ConditionFacts, 'customer' | 'tags' | 'events' | 'picks'>

/**
 * Memberships of one customer, of saved conditions as they hold at the moment that is asked for. Each is computed
 * once for a moment, however many conditions name it. The facts must stay as they are.
 */
export class HeldMemberships implements Memberships {
  readonly #lists: ReadonlySet<string>
  readonly #named: NamedAudiences
  readonly #facts: AudienceFacts
  #at: TimeContext | null = null
  /** Made for whoever asks: most never do, and one is held for every step of everybody. */
  #held: { readonly facts: ConditionFacts; readonly answers: Map<string, boolean> } | null = null

  constructor(lists: ReadonlySet<string>, named: NamedAudiences, facts: AudienceFacts) {
    this.#lists = lists
    this.#named = named
    this.#facts = facts
  }

  has(audience: string, at: TimeContext): boolean | null {
    const condition = this.#named.conditions.get(audience)
    if (condition === undefined) return this.#named.lists.has(audience) ? this.#lists.has(audience) : null
    this.#held ??= {
      facts: { ...this.#facts, audiences: this, history: noHistory, entry: {} },
      answers: new Map(),
    }
    const { facts, answers } = this.#held
    const moment = this.#momentOf(at, answers)
    const known = answers.get(audience)
    if (known !== undefined) return known
    const holds = evaluate(condition, facts, moment)
    answers.set(audience, holds)
    return holds
  }

  /** An audience is one moment for a brand: nothing counts from an entry. What holds at another is forgotten. */
  #momentOf(at: TimeContext, answers: Map<string, boolean>): TimeContext {
    const own = this.#at
    if (own !== null && own.now === at.now && own.anchors === at.anchors && own.zone === at.zone) return own
    answers.clear()
    const { entryEvent: _entryEvent, ...time } = at
    this.#at = { ...time, enteredAt: null }
    return this.#at
  }
}
