import type { RatesByHand, RehearsalPeople, RehearsalReport } from '../../shared/api/rehearsal.ts'
import { compile, filledBy, type Proof, prove } from '../../shared/compile/index.ts'
import { type Plan, planOf } from '../../shared/compile/plan.ts'
import { reachedFrom, type SavedAudience, withOwn } from '../../shared/conditions/audiences.ts'
import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { priceOf } from '../../shared/message/compose.ts'
import { doubleWithinMs } from '../../shared/message/gates.ts'
import { minorUnits } from '../../shared/money.ts'
import { registry as builtIn } from '../../shared/nodes/index.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { exitDoors } from '../../shared/run/watching.ts'
import { unit } from '../../shared/stats/hash.ts'
import { machineElapsed } from '../clock/machine.ts'
import type { RehearsalPorts, TouchWindow } from '../ports/rehearsal.ts'
import { assumptionsOf } from './assumptions.ts'
import { enteredBy, entrantsOf, needsOfTriggers } from './entrants.ts'
import { entriesOf, listedBy } from './entries.ts'
import { households } from './households.ts'
import { mergedNeeds, needsOfPlan, needsWith, shownBy, unpromptedNames } from './needs.ts'
import { boundedOf, othersOf, unforeseenOf } from './others.ts'
import { type Progress, type Scene, untilPaused } from './play.ts'
import { Tally } from './tally.ts'
import type { Arrival, Witness } from './world.ts'

const dayMs = 86_400_000
const longestMs = 365 * dayMs
/** Two lunar years may be 385 days apart, so a yearly trigger has always fired once by then. */
const firstFiringWithinMs = 400 * dayMs
const nothing: ConditionNeeds = { tags: false, audiences: [], events: [] }

export interface RehearseRequest {
  readonly journey: Journey
  /** Epoch milliseconds; a scheduled trigger's first firing at or after it counts, and no later one. */
  readonly start: number
  /** null: until everyone has left, at most a year after the first has come in. */
  readonly until: number | null
  readonly assume: 'backtest' | 'rates'
  /** Set by hand; what is left out comes from the brand's past. */
  readonly rates?: RatesByHand | undefined
  /** Who is let in by hand at the start, whatever else lets in; null: nobody. */
  readonly people?: RehearsalPeople | null
  readonly controlGroup: boolean
  /** Of every hundred who would come in so many are walked; null: all. */
  readonly sample?: number | null
  readonly brand: Brand
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

/** Which earlier messages count: without ceilings only those that others got who bear the same address. */
export function touchesBefore(brand: Brand, start: number): TouchWindow {
  const days = Math.max(0, ...brand.caps.map((cap) => cap.days))
  const since = start - Math.max(days * dayMs, doubleWithinMs)
  return { since, now: 0, of: days === 0 ? 'others' : 'all' }
}

/** How many days the same weeks of past years are: as long as the longest passage, within reason. */
function weeksOf({ longestPassageMs }: Proof): number {
  return longestPassageMs === null ? 56 : Math.max(7, Math.min(60, Math.ceil(longestPassageMs / dayMs) + 1))
}

/** Rule 28: of all who come in those that the journey's hash draws, the same each time. */
function sampleOf<T>(all: ReadonlyMap<string, T>, percent: number, journeyId: string): Map<string, T> {
  return new Map([...all].filter(([id]) => unit(journeyId, 'rehearsed', id) * 100 < percent))
}

/** When the first customer comes in; the year that a rehearsal may last begins then. */
function firstOf(arrivals: ReadonlyMap<string, readonly Arrival[]>, otherwise: number): number {
  let first = Number.POSITIVE_INFINITY
  for (const some of arrivals.values()) for (const { at } of some) first = Math.min(first, at)
  return first === Number.POSITIVE_INFINITY ? otherwise : first
}

/**
 * Rules 28 to 30: the whole journey in virtual time over the base's real customers, with the very code
 * that runs it. Reads only: nothing is written, sent, or asked of a model. Throws a Problem where the
 * journey has errors. `watch` is asked whenever it is played from the start, and the answer hears of each step.
 */
export async function rehearse(
  { source, engine }: RehearsalPorts,
  request: RehearseRequest,
  onProgress: Progress = () => undefined,
  registry: Registry = builtIn,
  watch: (() => Witness) | null = null,
): Promise<RehearsalReport> {
  const began = machineElapsed.mark()
  const { start, until, assume, brand, people } = request
  const { journey } = request
  const audiences = await source.savedAudiences()
  const filled = filledBy(journey, registry)
  const saved = withOwn((key) => audiences.get(key), filled)
  const named = reachedFrom([...audiences.keys(), ...filled.map(({ audience }) => audience)], saved)
  const plan = planned(request, journey, registry, saved)
  const zone = zoneOf(plan, brand)
  const latestEntry = until ?? start + firstFiringWithinMs
  const backtest = assume === 'backtest'
  const listed = await listedBy(source, people ?? null, { now: start, zone, audiences })
  const entering = { plan, brand, source, saved, start, horizon: latestEntry, backtest, listed: listed.ids }
  const everybody = await entrantsOf(entering)
  const percent = request.sample ?? null
  const arrivals = percent === null ? everybody : sampleOf(everybody, percent, journey.id)
  // Only ceilings make other journeys matter.
  const about = { start, except: journey.id, brand, saved, registry }
  const others = brand.caps.length === 0 ? null : await othersOf({ ...about, store: engine, source })
  const needs = needsWith(mergedNeeds(needsOfPlan(plan, journey), needsOfTriggers(plan)), saved)
  const names = unpromptedNames(mergedNeeds(needs, others?.needs() ?? nothing))
  const days = weeksOf(prove(journey, registry, { now: start, zone }))
  const entered = enteredBy(plan, arrivals)
  const byHand = request.rates ?? {}
  const assumed = backtest
    ? null
    : await assumptionsOf({ plan, brand, source, saved, start, names, days, entered, byHand })
  const window = touchesBefore(brand, start)
  const shown = shownBy(plan, brand, start)
  const scene: Scene = {
    arrivals,
    households: households([...arrivals.keys()].sort(), await source.sharing()),
    load: (ids, more) => source.members(ids, mergedNeeds(needs, more), window, shown),
    entriesOf: (ids) => source.entries(journey.id, ids, start),
    start,
    onProgress,
  }
  const latest = Math.min(until ?? Number.POSITIVE_INFINITY, firstOf(arrivals, start) + longestMs)
  const exits = exitDoors(plan, saved, start)
  const world = { plan, brand, named, assumed, exits, others }
  const tally = await untilPaused(
    (horizon) => ({ ...world, horizon, tally: new Tally(plan, journey, zone, watch?.() ?? null) }),
    scene,
    latest,
  )
  return tally.report({
    journey: journey.id,
    assume,
    rates: assumed?.rates ?? null,
    basis: assumed?.basis ?? null,
    entries: entriesOf(plan, entered, backtest, people ?? null),
    unknown_customers: listed.unknown,
    bounded: others === null ? [] : boundedOf(others),
    unforeseen: others === null ? [] : unforeseenOf(others),
    sample: percent === null ? null : { percent, customers: arrivals.size, of: everybody.size },
    replyCost: await source.replyCost(),
    minorUnits: minorUnits(brand.currency),
    unread: others === null ? [] : others.unread(),
    start: new Date(start).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    currency: brand.currency,
    unpriced: (channel) => priceOf(channel, brand) === null,
    seconds: Math.round(machineElapsed.since(began)) / 1000,
  })
}
