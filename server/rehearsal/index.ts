import type { Rates, RehearsalReport } from '../../shared/api/rehearsal.ts'
import { rates as ratesSchema } from '../../shared/api/rehearsal.ts'
import { compile } from '../../shared/compile/index.ts'
import { type Plan, planOf } from '../../shared/compile/plan.ts'
import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { doubleWithinMs } from '../../shared/message/gates.ts'
import { registry as builtIn } from '../../shared/nodes/index.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Entries } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { MemberFacts, RehearsalPorts, TouchWindow } from '../ports/rehearsal.ts'
import { Rehearsed } from './customer.ts'
import { entrantsOf } from './entrants.ts'
import { batchesOf, households, walk } from './households.ts'
import { inlineAudiences, type SavedCondition } from './inline.ts'
import { mergedNeeds, needsOfPlan } from './needs.ts'
import { othersOf } from './others.ts'
import type { Given } from './standing.ts'
import { Tally } from './tally.ts'
import type { Arrival, RehearsalWorld, Witness } from './world.ts'

const dayMs = 86_400_000
const longestMs = 365 * dayMs
/** Two lunar years may be 385 days apart, so a yearly trigger has always fired once by then. */
const firstFiringWithinMs = 400 * dayMs
const batchSize = 2000
const nothing: ConditionNeeds = { tags: false, audiences: [], events: [] }
/** So many customers on, it is told how far the rehearsal is. */
const tellEvery = 100

export interface RehearseRequest {
  readonly journey: Journey
  /** Epoch milliseconds; a scheduled trigger's first firing at or after it counts, and no later one. */
  readonly start: number
  /** null: until everyone has left, at most a year after the first has come in. */
  readonly until: number | null
  readonly assume: 'backtest' | 'rates'
  readonly rates?: Rates | undefined
  readonly controlGroup: boolean
  readonly brand: Brand
}

export type Progress = (done: number, of: number) => void

function planned(request: RehearseRequest, journey: Journey, registry: Registry): Plan {
  const { controlGroup, start, brand } = request
  const settings = controlGroup
    ? journey.settings
    : { ...journey.settings, controlGroup: { ...journey.settings.controlGroup, percent: 0 } }
  const used = { ...journey, settings }
  const zone = settings.zone ?? brand.zone
  const compiled = compile(used, { registry, now: start, zone, publishing: false })
  if (!compiled.ok) {
    const first = compiled.diagnostics.find(({ severity }) => severity === 'error')
    throw new Problem(
      'journey-has-errors',
      { count: compiled.diagnostics.length, first: first?.message.en ?? '' },
      first?.node ?? undefined,
    )
  }
  return planOf(used, compiled.table, 0, registry)
}

/** Which earlier messages count: without ceilings only those that others got who bear the same address. */
function touchesBefore(brand: Brand, start: number): TouchWindow {
  const days = Math.max(0, ...brand.caps.map((cap) => cap.days))
  const since = start - Math.max(days * dayMs, doubleWithinMs)
  return { since, now: 0, of: days === 0 ? 'others' : 'all' }
}

/** When the first customer comes in; the year that a rehearsal may last begins then. */
function firstOf(arrivals: ReadonlyMap<string, readonly Arrival[]>, otherwise: number): number {
  let first = Number.POSITIVE_INFINITY
  for (const some of arrivals.values()) for (const { at } of some) first = Math.min(first, at)
  return first === Number.POSITIVE_INFINITY ? otherwise : first
}

/** Lets the loop breathe, so that progress is told and a cancellation heard. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function play(
  world: RehearsalWorld,
  arrivals: ReadonlyMap<string, readonly Arrival[]>,
  load: (ids: readonly string[], needs: ConditionNeeds) => Promise<Map<string, MemberFacts>>,
  sharing: readonly (readonly string[])[],
  entriesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, Entries>>,
  start: number,
  onProgress: Progress,
): Promise<void> {
  let done = 0
  for (const batch of batchesOf(households([...arrivals.keys()].sort(), sharing), batchSize)) {
    const ids = batch.flat()
    const theirs = await world.others?.load(ids)
    const earlier = await entriesOf(ids)
    const members = await load(ids, world.others?.needs() ?? nothing)
    for (const household of batch) {
      const given: Given | null = household.length === 1 ? null : new Map()
      const people = household.flatMap((id) => {
        const facts = members.get(id)
        if (facts === undefined) return []
        const events = world.rates === null ? facts.events : facts.events.filter(({ at }) => at <= start)
        const own = {
          events,
          arrivals: arrivals.get(id) ?? [],
          earlier: earlier.get(id) ?? null,
          theirs: theirs?.get(id) ?? null,
        }
        return [new Rehearsed(world, { ...facts, ...own }, given)]
      })
      walk(people)
      if (Math.floor((done + household.length) / tellEvery) > Math.floor(done / tellEvery))
        onProgress(done, arrivals.size)
      done += household.length
    }
    onProgress(done, arrivals.size)
    await breathe()
  }
}

/** A tally beside which somebody hears of each step. */
function witnessed(tally: Tally, witness: Witness): RehearsalWorld['tally'] {
  return {
    entered: (enrollment) => tally.entered(enrollment),
    keptOut: () => tally.keptOut(),
    waiting: () => tally.waiting(),
    step(before, taken, at) {
      witness(before, taken, at)
      tally.step(before, taken, at)
    },
  }
}

/**
 * Rules 28 to 30: the whole journey in virtual time over the base's real customers, with the very code
 * that runs it. Reads only: nothing is written, sent, or asked of a model. Throws a Problem where the
 * journey has errors.
 */
export async function rehearse(
  { source, engine }: RehearsalPorts,
  request: RehearseRequest,
  onProgress: Progress = () => undefined,
  registry: Registry = builtIn,
  witness: Witness | null = null,
): Promise<RehearsalReport> {
  const began = performance.now()
  const { start, until, assume, brand } = request
  const conditions = await source.savedConditions()
  const saved: SavedCondition = (key) => conditions.get(key)
  const journey = inlineAudiences(request.journey, saved)
  const plan = planned(request, journey, registry)
  const zone = zoneOf(plan, brand)
  const latestEntry = until ?? start + firstFiringWithinMs
  const backtest = assume === 'backtest'
  const tally = new Tally(
    journey,
    zone,
    plan.goals.map(({ id }) => id),
  )
  const about = { except: journey.id, brand, saved, registry }
  const arrivals = await entrantsOf({ plan, brand, source, start, horizon: latestEntry, backtest })
  const world: RehearsalWorld = {
    plan,
    brand,
    horizon: Math.min(until ?? Number.POSITIVE_INFINITY, firstOf(arrivals, start) + longestMs),
    rates: backtest ? null : (request.rates ?? (await source.rates(start)) ?? ratesSchema.parse({})),
    meanOrder: backtest ? 0 : await source.meanOrder(start),
    // Only ceilings make other journeys matter.
    others: brand.caps.length === 0 ? null : await othersOf({ ...about, store: engine }),
    tally: witness === null ? tally : witnessed(tally, witness),
  }
  const needs = needsOfPlan(plan, journey)
  const window = touchesBefore(brand, start)
  onProgress(0, arrivals.size)
  await play(
    world,
    arrivals,
    (ids, more) => source.members(ids, mergedNeeds(needs, more), window),
    await source.sharing(),
    (ids) => source.entries(journey.id, ids, start),
    start,
    onProgress,
  )
  return tally.report({
    journey: journey.id,
    assume,
    rates: world.rates,
    start: new Date(start).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    currency: brand.currency,
    seconds: Math.round(performance.now() - began) / 1000,
  })
}
