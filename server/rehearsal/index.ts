import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { type Proof, prove } from '../../shared/compile/index.ts'
import { priceOf } from '../../shared/message/compose.ts'
import { minorUnits } from '../../shared/money.ts'
import { registry as builtIn } from '../../shared/nodes/index.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { unit } from '../../shared/stats/hash.ts'
import { machineElapsed } from '../clock/machine.ts'
import type { RehearsalPorts } from '../ports/rehearsal.ts'
import { assumptionsOf } from './assumptions.ts'
import type { Crew } from './crew.ts'
import { enteredBy, entrantsOf } from './entrants.ts'
import { entriesOf, listedBy } from './entries.ts'
import { households } from './households.ts'
import { looksBackTo } from './look-back.ts'
import { unpromptedNames } from './needs.ts'
import { boundedOf, unforeseenOf } from './others.ts'
import { type Progress, untilPaused } from './play.ts'
import { reportOf } from './report.ts'
import type { RehearseRequest, Script } from './request.ts'
import { withStaffAnswers } from './staff-answers.ts'
import { stageOf } from './stage.ts'
import { WalkedSum } from './walked.ts'
import { walkerOn } from './walker.ts'
import type { Arrival, Witness } from './world.ts'

export type { RehearseRequest } from './request.ts'

const dayMs = 86_400_000
/** A party of so many is loaded in a moment, and takes little memory. */
const manyPeople = 2000
const longestMs = 365 * dayMs
/** Two lunar years may be 385 days apart, so a yearly trigger has always fired once by then. */
const firstFiringWithinMs = 400 * dayMs

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

/** What a caller may have a say in. */
export interface RehearseMore {
  readonly onProgress?: Progress
  readonly registry?: Registry
  /** Asked whenever it is played from the start; the answer hears of each step. */
  readonly watch?: () => Witness
  /** Walks a large base in several places at once. Whoever watches hears of steps in this thread alone. */
  readonly crew?: Crew
  /** About so many people are walked as one party. */
  readonly partySize?: number
}

/**
 * Rules 28 to 30: the whole journey in virtual time over the base's real customers, with the very code
 * that runs it. Reads only: nothing is written, sent, or asked of a model. Throws a Problem where the
 * journey has errors.
 */
export async function rehearse(
  ports: RehearsalPorts,
  asked: RehearseRequest,
  {
    onProgress = () => undefined,
    registry = builtIn,
    watch,
    crew,
    partySize = manyPeople,
  }: RehearseMore = {},
): Promise<RehearsalReport> {
  const began = machineElapsed.mark()
  const { source } = ports
  const { journey, answers } = await withStaffAnswers(source, asked.journey, asked.start)
  const request = { ...asked, journey }
  const { start, until, assume, brand, people = null } = request
  const audiences = await source.savedAudiences()
  const stage = await stageOf(ports, request, audiences, registry)
  const { plan, saved, others, needs } = stage
  const zone = zoneOf(plan, brand)
  const latestEntry = until ?? start + firstFiringWithinMs
  const backtest = assume === 'backtest'
  const listed = await listedBy(source, people, { now: start, zone, audiences })
  const entering = { plan, brand, source, saved, start, horizon: latestEntry, backtest, listed: listed.ids }
  const everybody = await entrantsOf(entering)
  const percent = request.sample ?? null
  const arrivals = percent === null ? everybody : sampleOf(everybody, percent, journey.id)
  const names = unpromptedNames(needs)
  const days = weeksOf(prove(journey, registry, { now: start, zone }))
  const entered = enteredBy(plan, arrivals)
  const byHand = request.rates ?? {}
  const sharing = await source.sharing()
  const drawing = backtest
    ? Promise.resolve(null)
    : assumptionsOf({ plan, brand, source, saved, start, names, days, entered, byHand })
  const since = looksBackTo(stage, arrivals, start, zone)
  const writing = drawing.then(
    (known): Script => ({ ...{ request, audiences, since }, assumed: known?.assumed ?? null }),
  )
  const alone = crew === undefined || watch !== undefined || arrivals.size <= Math.max(partySize, crew.least)
  const called = alone ? null : crew.call(writing)
  const walkAll = async () => {
    const scene = {
      arrivals,
      households: households([...arrivals.keys()].sort(), sharing),
      ...{ partySize, onProgress },
    }
    const script = await writing
    const walkers = () => called?.walkers ?? [walkerOn(ports, stage, script, watch?.() ?? null)]
    const sum = () => new WalkedSum(plan, journey, zone)
    const latest = Math.min(until ?? Number.POSITIVE_INFINITY, firstOf(arrivals, start) + longestMs)
    return untilPaused({ walkers, sum }, scene, latest)
  }
  const walked = await walkAll().finally(() => called?.dismiss())
  const drawn = await drawing
  const { bounded, unread } = walked.sum()
  return reportOf(walked, journey, {
    journey: journey.id,
    assume,
    rates: drawn?.assumed.rates ?? null,
    basis: drawn?.basis ?? null,
    answers: [...answers],
    entries: entriesOf(plan, entered, backtest, people),
    unknown_customers: listed.unknown,
    bounded: others === null ? [] : boundedOf(others, bounded),
    unforeseen: others === null ? [] : unforeseenOf(others),
    sample: percent === null ? null : { percent, customers: arrivals.size, of: everybody.size },
    replyCost: await source.replyCost(),
    codesLeft: await source.codesLeft(),
    minorUnits: minorUnits(brand.currency),
    unread: others === null ? [] : [...new Set([...others.unread(), ...unread])].sort(),
    start: new Date(start).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    currency: brand.currency,
    unpriced: (channel) => priceOf(channel, brand) === null,
    seconds: Math.round(machineElapsed.since(began)) / 1000,
  })
}
