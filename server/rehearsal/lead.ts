import { filledBy } from '../../shared/compile/index.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import { reachedFrom, withOwn } from '../../shared/conditions/audiences.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { isOwnDoing } from '../../shared/run/acts.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { exitDoors } from '../../shared/run/watching.ts'
import type { MemberFacts, RehearsalPorts } from '../ports/rehearsal.ts'
import { Rehearsed } from './customer.ts'
import { needsOfTriggers } from './entrants.ts'
import { walk } from './households.ts'
import { mergedNeeds, needsOfPlan, needsWith, shownBy } from './needs.ts'
import { touchesBefore } from './stage.ts'
import { Tally } from './tally.ts'
import type { Arrival, RehearsalWorld, Witness } from './world.ts'

/** As long as a rehearsal goes on at most. */
const longestMs = 365 * 86_400_000

/** One customer who comes in at a moment, under circumstances that may differ from what is on record. */
export interface LeadRequest {
  readonly journey: Journey
  readonly plan: Plan
  readonly registry: Registry
  readonly brand: Brand
  readonly customerId: string
  readonly arrival: Arrival
  /** What is on record of the customer, changed. */
  readonly change: (member: MemberFacts) => MemberFacts
}

/** A step with how the passage stood before it. */
export interface LedStep {
  readonly before: Parameters<Witness>[0]
  readonly taken: Parameters<Witness>[1]
  readonly at: number
}

/**
 * Leads one customer through a journey as a rehearsal does, by recorded events at their own times: nothing is
 * written or sent, and no model is asked. Answers the steps taken; none where the trigger does not let in.
 */
export async function lead({ source }: RehearsalPorts, request: LeadRequest): Promise<LedStep[]> {
  const { journey, plan, registry, brand, customerId, arrival, change } = request
  const audiences = await source.savedAudiences()
  const filled = filledBy(journey, registry)
  const saved = withOwn((key) => audiences.get(key), filled)
  const named = reachedFrom([...audiences.keys(), ...filled.map(({ audience }) => audience)], saved)
  const needs = needsWith(mergedNeeds(needsOfPlan(plan, journey), needsOfTriggers(plan)), saved)
  const known = await source.members(
    [customerId],
    needs,
    touchesBefore(brand, arrival.at),
    shownBy(needs, brand, arrival.at),
  )
  const member = known.get(customerId)
  if (member === undefined) throw new Problem('unknown-customer', { customer: customerId }, 'customer')
  const steps: LedStep[] = []
  const witness: Witness = (before, taken, at) => steps.push({ before, taken, at })
  const world: RehearsalWorld = {
    ...{
      plan,
      brand,
      named,
      assumed: null,
      others: null,
      acts: needs.events.filter(isOwnDoing),
      heeded: null,
    },
    exits: exitDoors(plan, saved, arrival.at),
    horizon: arrival.at + longestMs,
    tally: new Tally(plan, journey, zoneOf(plan, brand), witness),
  }
  walk([new Rehearsed(world, { ...change(member), arrivals: [arrival], earlier: null, theirs: null })])
  return steps
}
