import { compile, filledBy } from '../../shared/compile/index.ts'
import { type Plan, planOf } from '../../shared/compile/plan.ts'
import {
  type NamedAudiences,
  reachedFrom,
  type Saved,
  type SavedAudience,
  withOwn,
} from '../../shared/conditions/audiences.ts'
import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { doubleWithinMs } from '../../shared/message/gates.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { RehearsalPorts, TouchWindow } from '../ports/rehearsal.ts'
import { needsOfTriggers } from './entrants.ts'
import { mergedNeeds, needsOfPlan, needsWith } from './needs.ts'
import { type Others, othersOf } from './others.ts'
import type { RehearseRequest } from './request.ts'

const dayMs = 86_400_000
const nothing: ConditionNeeds = { tags: false, audiences: [], events: [], addresses: false, picks: false }

/** Where a rehearsal is played: the journey as it would run, and what stands beside it. */
export interface Stage {
  readonly plan: Plan
  readonly saved: SavedAudience
  readonly named: NamedAudiences
  /** The other live journeys; null where no cap makes their messages count. */
  readonly others: Others | null
  /** What must be known of whoever is walked. */
  readonly needs: ConditionNeeds
}

function planned(
  request: RehearseRequest,
  journey: Journey,
  registry: Registry,
  audiences: SavedAudience,
): Plan {
  const { controlGroup, start, brand } = request
  const settings = controlGroup
    ? journey.settings
    : { ...journey.settings, controlGroup: { ...journey.settings.controlGroup, percent: 0 } }
  const used = { ...journey, settings }
  const zone = settings.zone ?? brand.zone
  const compiled = compile(used, { registry, now: start, zone, publishing: false, audiences })
  if (!compiled.ok) {
    const [first, ...others] = compiled.diagnostics.filter(({ severity }) => severity === 'error')
    throw new Problem(
      'journey-has-errors',
      { count: 1 + others.length, ...inBoth('first', first?.message) },
      first?.node ?? undefined,
    )
  }
  return planOf(used, compiled.table, 0, registry)
}

/** Which earlier messages count: those of the longest ceiling's time, of a day at least, as channels have such of their own. */
export function touchesBefore(brand: Brand, start: number): TouchWindow {
  const days = Math.max(0, ...brand.caps.map((cap) => cap.days))
  const since = start - Math.max(days * dayMs, doubleWithinMs)
  return { since, now: 0, of: 'all' }
}

/** Sets the stage of a rehearsal. Problem `journey-has-errors`. */
export async function stageOf(
  { source, engine: store }: RehearsalPorts,
  request: RehearseRequest,
  audiences: ReadonlyMap<string, Saved>,
  registry: Registry,
): Promise<Stage> {
  const { journey, brand, start } = request
  const filled = filledBy(journey, registry)
  const saved = withOwn((key) => audiences.get(key), filled)
  const named = reachedFrom([...audiences.keys(), ...filled.map(({ audience }) => audience)], saved)
  const plan = planned(request, journey, registry, saved)
  // Only ceilings make other journeys matter.
  const about = { store, source, start, except: journey.id, brand, saved, registry }
  const others = brand.caps.length === 0 ? null : await othersOf(about)
  const own = needsWith(mergedNeeds(needsOfPlan(plan, journey), needsOfTriggers(plan)), saved)
  return { plan, saved, named, others, needs: mergedNeeds(own, others?.needs ?? nothing) }
}
