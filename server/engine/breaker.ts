import type { Plan } from '../../shared/compile/plan.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { breakerWindowMs, type Promotion, readerOf, type Trip, tripOf } from '../../shared/run/breaker.ts'
import type { FactsSource } from '../ports/engine.ts'

/** What a step may do: go, pause its journey, or stand still because its journey has been paused before. */
export type Allowance = 'go' | 'hold' | Trip

/**
 * The breaker over one batch (rule 11): it counts what each journey has sent to each reader within the last
 * hour, in the outbox and in the batch, and once a journey has tripped lets nothing more of it out.
 */
export class Breaker {
  /** By journey, then by reader. */
  readonly #sent = new Map<string, Map<string, number>>()
  readonly #tripped = new Set<string>()

  #of(journeyId: string): Map<string, number> {
    const known = this.#sent.get(journeyId)
    if (known !== undefined) return known
    const made = new Map<string, number>()
    this.#sent.set(journeyId, made)
    return made
  }

  /** Whether a journey has paused itself in this batch. */
  has(journeyId: string): boolean {
    return this.#tripped.has(journeyId)
  }

  /** Reads what the outbox has of the readers that a group of steps is about to write to: one query. */
  async load(source: FactsSource, journeyId: string, readers: Iterable<string>, now: number): Promise<void> {
    const counts = this.#of(journeyId)
    const missing: string[] = []
    for (const reader of readers) {
      if (counts.has(reader)) continue
      counts.set(reader, 0)
      missing.push(reader)
    }
    if (missing.length === 0) return
    for (const [reader, count] of await source.promotedTo(journeyId, missing, now - breakerWindowMs))
      counts.set(reader, count)
  }

  /** Asks for one step, and counts what it sends where it may go. */
  ask(plan: Plan, before: Enrollment, promotions: readonly Promotion[], now: number): Allowance {
    const { id } = plan.journey
    if (this.has(id)) return 'hold'
    const counts = this.#of(id)
    const trip = tripOf(plan, before, promotions, counts, now)
    if (trip !== null) {
      this.#tripped.add(id)
      return trip
    }
    for (const promotion of promotions) {
      const reader = readerOf(before.customerId, promotion)
      counts.set(reader, (counts.get(reader) ?? 0) + 1)
    }
    return 'go'
  }
}
