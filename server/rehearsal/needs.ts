import type { Plan } from '../../shared/compile/plan.ts'
import { reachedFrom, type SavedAudience } from '../../shared/conditions/audiences.ts'
import { type ConditionNeeds, needsOf } from '../../shared/conditions/evaluate.ts'
import { orderEvent } from '../../shared/conditions/purchases.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { exitsOf } from '../../shared/run/exits.ts'
import type { ShownProducts } from '../ports/rehearsal.ts'

/** Everything that any node, goal, exit rule or wait of the plan asks of a customer, in one list. */
export function needsOfPlan(plan: Plan, journey: Journey): ConditionNeeds {
  const nodes = [...plan.nodes.values()]
  const waits = eventNames(Object.values(journey.nodes).map(({ config }) => config))
  return {
    tags: nodes.some(({ needs }) => needs.tags === true),
    audiences: [
      ...nodes.flatMap(({ needs }) => needs.audiences ?? []),
      ...exitsOf(plan).map(({ audience }) => audience),
    ],
    events: [
      ...new Set([...nodes.flatMap(({ needs }) => needs.events ?? []), ...plan.watches, ...waits]),
    ].sort(),
    addresses: nodes.some(({ needs }) => needs.addresses === true),
  }
}

/** By which rules products are picked as of a moment; null where no text of the plan shows any. */
export function shownBy({ nodes }: Plan, brand: Brand, now: number): ShownProducts | null {
  return [...nodes.values()].some(({ needs }) => needs.picks === true) ? { now, rules: brand.picks } : null
}

/** Names under the key `event`, wherever they stand in a configuration. */
function eventNames(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'event' && typeof part === 'string' ? [part] : eventNames(part),
  )
}

/** With what the saved conditions of the audiences ask for themselves. */
export function needsWith(needs: ConditionNeeds, saved: SavedAudience): ConditionNeeds {
  return mergedNeeds(needs, needsOf([...reachedFrom(needs.audiences, saved).conditions.values()]))
}

/** What either asks for. */
export function mergedNeeds(one: ConditionNeeds, other: ConditionNeeds): ConditionNeeds {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort()
  return {
    tags: one.tags || other.tags,
    audiences: union(one.audiences, other.audiences),
    events: union(one.events, other.events),
    addresses: one.addresses || other.addresses,
  }
}

/** What people may do without a message: orders, and what else is asked for that follows none. */
export function unpromptedNames({ events }: ConditionNeeds): string[] {
  const own = events.filter((name) => !name.startsWith('message_') && name !== 'coupon_redeemed')
  return [...new Set([orderEvent, ...own])]
}
