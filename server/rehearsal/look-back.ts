import {
  addDays,
  addSpan,
  addYears,
  type FestivalId,
  localDate,
  nextFestival,
  parseInstant,
  pastFestivals,
  startOfDay,
} from '../../shared/calendar/index.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import { isAct } from '../../shared/conditions/acts.ts'
import { namedBy } from '../../shared/conditions/audiences.ts'
import { needsOf } from '../../shared/conditions/evaluate.ts'
import { type Condition, type Leaf, leavesOf, type TimeWindow } from '../../shared/conditions/schema.ts'
import { Problem } from '../../shared/errors/index.ts'
import { conditionOf } from '../../shared/journey/exits.ts'
import { exitsOf } from '../../shared/run/exits.ts'
import { audiencesOfTriggers } from './entrants.ts'
import type { Stage } from './stage.ts'
import type { Arrival } from './world.ts'

const dayMs = 86_400_000
/** By so much the calendars of zones differ at most, and a report's own second from the moment. */
const slackMs = 2 * dayMs

/** From where windows reach back. */
interface Beginning {
  readonly start: number
  readonly zone: string
  /** What counts from an entry counts from no earlier moment. */
  readonly entry: number
  /** The earliest occurrence of a festival that anybody is anchored to. */
  readonly anchor: (festival: FestivalId) => string
}

type Reach = (beginning: Beginning) => number | null

/** The earliest moment that a window holds, at whichever moment from the start on it is asked; null: it has none. */
const reachOf: {
  readonly [K in TimeWindow['kind']]: (window: Extract<TimeWindow, { kind: K }>) => Reach
} = {
  ever: () => () => null,
  between:
    ({ from }) =>
    ({ zone }) =>
      from === undefined || from === '' ? null : parseInstant(from, zone),
  last:
    ({ span }) =>
    ({ start, zone }) =>
      Math.min(start, addSpan(start, { ...span, amount: -span.amount }, zone)),
  since_entry:
    () =>
    ({ entry }) =>
      entry,
  festival:
    ({ festival, from, past }) =>
    ({ zone, anchor }) => {
      const own = anchor(festival)
      const dates = past === undefined ? [own] : pastFestivals(festival, own, past)
      return Math.min(
        ...dates.map((date) => startOfDay(addYears(addDays(date, from.days), from.years), zone)),
      )
    },
}

function reachIn<K extends TimeWindow['kind']>(
  window: Extract<TimeWindow, { kind: K }>,
  kind: K,
  beginning: Beginning,
): number | null {
  return reachOf[kind](window)(beginning)
}

/** The windows in which a test looks for events; what follows in a sequence comes after the first of it. */
const windowsOf = (leaf: Leaf): TimeWindow[] =>
  leaf.kind === 'events' || leaf.kind === 'sequence' ? [leaf.window] : []

/** Whether a node looks at events that none of its conditions asks for, of any time. */
function looksAnywhere({ type, config, needs }: NonNullable<ReturnType<Plan['nodes']['get']>>): boolean {
  const asked = new Set(needsOf((type.conditions?.(config) ?? []).map(({ condition }) => condition)).events)
  return needs.sinceEntry !== true && (needs.events ?? []).some((name) => !asked.has(name))
}

/** What is asked of people on their way, and as they come in. */
function conditionsOf(
  { plan, saved }: Pick<Stage, 'plan' | 'saved'>,
  arrivals: Iterable<readonly Arrival[]>,
): Condition[] {
  const asked = new Set<Condition>([...audiencesOfTriggers(plan), ...exitsOf(plan).map(conditionOf)])
  for (const some of arrivals) for (const { audience } of some) if (audience !== null) asked.add(audience)
  for (const { type, config } of plan.nodes.values())
    if (type.role !== 'trigger')
      for (const { condition } of type.conditions?.(config) ?? []) asked.add(condition)
  return [...asked, ...namedBy([...asked], saved).conditions.values()]
}

/** The first who comes in, by the event's own time where one lets in, and the earliest of each festival. */
function beginningOf(arrivals: Iterable<readonly Arrival[]>, start: number, zone: string): Beginning {
  let entry = start
  const anchors = new Map<string, string>()
  const seen = new Set<Arrival['anchors']>()
  for (const some of arrivals)
    for (const { at, event, anchors: own } of some) {
      entry = Math.min(entry, at, event?.at ?? at)
      // Those who come in together have theirs in common.
      if (seen.has(own)) continue
      seen.add(own)
      for (const [festival, date] of Object.entries(own)) {
        const known = anchors.get(festival)
        if (known === undefined || date < known) anchors.set(festival, date)
      }
    }
  const today = localDate(start, zone)
  const anchor = (festival: FestivalId) => {
    const next = nextFestival(festival, today)
    const own = anchors.get(festival)
    return own !== undefined && own < next ? own : next
  }
  return { start, zone, entry, anchor }
}

/**
 * Before when nothing that customers did matters to whoever is walked, so that it need not be read; null where anything
 * may. Of other journeys, which have people under way, nobody looks after that.
 */
export function looksBackTo(
  stage: Pick<Stage, 'plan' | 'saved' | 'others' | 'needs'>,
  arrivals: ReadonlyMap<string, readonly Arrival[]>,
  start: number,
  zone: string,
): number | null {
  const { plan, others, needs } = stage
  if (others !== null || needs.events.some(isAct)) return null
  if ([...plan.nodes.values()].some(looksAnywhere)) return null
  try {
    return earliestIn(stage, arrivals, start, zone)
  } catch (error) {
    // A festival of which no calendar is sure: whoever comes to be asked by it is told, and perhaps nobody does.
    if (error instanceof Problem) return null
    throw error
  }
}

function earliestIn(
  stage: Pick<Stage, 'plan' | 'saved'>,
  arrivals: ReadonlyMap<string, readonly Arrival[]>,
  start: number,
  zone: string,
): number | null {
  const beginning = beginningOf(arrivals.values(), start, zone)
  let earliest = beginning.entry
  for (const window of conditionsOf(stage, arrivals.values()).flatMap(leavesOf).flatMap(windowsOf)) {
    const reach = reachIn(window, window.kind, beginning)
    if (reach === null) return null
    earliest = Math.min(earliest, reach)
  }
  return earliest - slackMs
}
