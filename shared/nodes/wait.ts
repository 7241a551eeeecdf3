import { z } from 'zod'
import { addSpan } from '../calendar/index.ts'
import { timesLeft } from '../conditions/history.ts'
import { ownZone } from '../conditions/own-day.ts'
import { type NoMoment, noMoments } from '../conditions/own-moment.ts'
import type { Reason } from '../effects/index.ts'
import { lengthSchema } from '../journey/length.ts'
import { type DecideInput, type Decision, defineNode, type Port, type StayInput } from './type.ts'
import { kindOf } from './wait/kinds.ts'
import { untilSchema } from './wait/until.ts'

const config = z.strictObject({
  until: untilSchema,
  /** Rule 7: what a target that is already past means. */
  late: z.enum(['go_on', 'skip', 'leave']).default('go_on'),
  /**
   * By how much it must be past before that applies. null: on arrival at once, on waking after an hour, and where
   * hours are waited for when they are over.
   */
  lateBy: lengthSchema.nullable().default(null),
  /** What becomes of whoever has no such date: out of the journey, or by a port of its own. */
  missing: z.enum(['leave', 'skip']).default('leave'),
  maxVisits: z.int().min(1).max(1000).nullable().default(null),
})
type Config = z.infer<typeof config>

/** A timer decided more than this after its time has been missed, by an outage or a pause. */
const missedAfterMs = 60 * 60 * 1000

/**
 * The moment waited for by somebody who began to wait on arrival, or why there is none: a function of the
 * configuration and of who waits since when, so that it may be reckoned anew under another configuration.
 */
export function targetOf(
  { until }: Config,
  { enrollment, facts, zone }: Pick<DecideInput, 'enrollment' | 'facts' | 'zone'>,
): number | NoMoment {
  return kindOf(until).target(until, {
    arrivedAt: enrollment.arrivedAt,
    zone: ownZone(enrollment.entry.timezone, zone),
    journeyZone: zone,
    anchors: enrollment.entry.anchors,
    customer: facts.customer,
  })
}

/** The same in a replay: what the customer's date was, and which hours were waited for, the trace tells. */
function waitedFor(settings: Config, input: DecideInput): number | NoMoment {
  const { needs, open } = kindOf(settings.until)
  const { recalled } = input
  if (recalled === undefined || (open === null && needs.customer !== true)) return targetOf(settings, input)
  const { code, at, why } = recalled
  if (code === 'no-date') return noMoments.find((one) => one === why) ?? 'missing'
  return typeof at === 'number' ? at : targetOf(settings, input)
}

function isLate(settings: Config, target: number, open: boolean | null, input: DecideInput): boolean {
  const { now, wake, enrollment, zone } = input
  if (settings.lateBy !== null)
    return addSpan(target, settings.lateBy, ownZone(enrollment.entry.timezone, zone)) < now
  if (open !== null) return !open
  return wake.kind === 'arrive' ? target < now : now - target > missedAfterMs
}

function waitUntil(until: number): Decision {
  return {
    kind: 'wait',
    wait: { until, event: null, cause: null },
    reason: { code: 'waiting', until },
  }
}

/** What the end of the wait, which has come or is past, means now. */
function reached(settings: Config, target: number, input: DecideInput): Decision {
  const { until, late } = settings
  const { enrollment, now, zone } = input
  const opens = kindOf(until).open?.(until, now, ownZone(enrollment.entry.timezone, zone)) ?? null
  const open = opens === null ? null : opens <= now
  const isPast = isLate(settings, target, open, input)
  const reason: Reason<'late'> = { code: 'late', at: target, policy: late }
  if (isPast && late === 'leave') return { kind: 'left', reason }
  if (isPast && late === 'skip') return { kind: 'leave', port: 'late', reason }
  // The hours are over that were waited for: the next ones are meant.
  if (opens !== null && opens > now) return waitUntil(opens)
  return { kind: 'leave', port: 'done', reason: isPast ? reason : { code: 'time-reached', at: target } }
}

function without({ until, missing }: Config, why: NoMoment): Decision {
  const attribute = until.kind === 'customer_date' ? until.attribute : ''
  const reason: Reason<'no-date'> = { code: 'no-date', attribute, why }
  return missing === 'skip' ? { kind: 'leave', port: 'no_date', reason } : { kind: 'left', reason }
}

function decide(settings: Config, input: DecideInput): Decision {
  const { now, enrollment, wake } = input
  if (wake.kind === 'arrive' && settings.maxVisits !== null) {
    const visit = timesLeft(enrollment.history, input.node) + 1
    if (visit > settings.maxVisits)
      return {
        kind: 'leave',
        port: 'limit',
        reason: { code: 'visit-limit', visit, limit: settings.maxVisits },
      }
  }
  const target = wake.kind === 'arrive' ? waitedFor(settings, input) : (enrollment.wait?.until ?? now)
  if (typeof target === 'string') return without(settings, target)
  return target > now ? waitUntil(target) : reached(settings, target, input)
}

function portsOf({ until, late, missing, maxVisits }: Config): Port[] {
  const ports: Port[] = [{ id: 'done', name: { 'zh-CN': '时间到', en: 'Time reached' } }]
  if (late === 'skip') ports.push({ id: 'late', name: { 'zh-CN': '已错过', en: 'Already past' } })
  if (until.kind === 'customer_date' && missing === 'skip')
    ports.push({ id: 'no_date', name: { 'zh-CN': '没有日期', en: 'No date' } })
  if (maxVisits !== null) ports.push({ id: 'limit', name: { 'zh-CN': '次数用完', en: 'Visits used up' } })
  return ports
}

/** By `done` the time of the kind passes; by `late` and the others none surely does. */
function leastStay({ until }: Config, { port, latest }: StayInput): number {
  const { stay } = kindOf(until)
  if (until.kind === 'duration') return port === 'limit' ? 0 : stay(until, latest)
  return port === 'done' ? stay(until, latest) : 0
}

/** Rules 5 to 7: a duration, or until a time that a day, a festival, the week or the customer tells. */
export const wait = defineNode<Config>({
  type: 'wait',
  role: 'step',
  category: 'time',
  name: { 'zh-CN': '等待', en: 'Wait' },
  help: {
    'zh-CN': '等一段时间，或等到某天、某个时段、节日或客户自己的日期前后',
    en: 'Wait for a while, or until a day, certain hours, a festival or a date of the customer',
  },
  config,
  defaults: () => ({
    until: { kind: 'duration', span: { amount: 3, unit: 'day' } },
    late: 'go_on',
    lateBy: null,
    missing: 'leave',
    maxVisits: null,
  }),
  ports: portsOf,
  leastStay,
  recurs: ({ until }) => kindOf(until).recurs(until),
  maxVisits: (settings) => settings.maxVisits,
  needs: ({ until }) => kindOf(until).needs,
  dates: ({ until }) =>
    until.kind === 'customer_date' ? [{ field: 'until.attribute', attribute: until.attribute }] : [],
  goesOnLate: ({ until, late }) => until.kind === 'customer_date' && late === 'go_on',
  names: ({ until }) =>
    until.kind === 'customer_date'
      ? [{ kind: 'attribute', field: 'until.attribute', name: until.attribute }]
      : [],
  passage: ({ until }, input) => {
    if (input.port === 'done') return kindOf(until).passage(until, input)
    return [input.arrivedAt, input.arrivedAt]
  },
  check: ({ until }, at) => kindOf(until).check(until, at),
  describe: ({ until }, { locale }) => kindOf(until).say(until, locale),
  decide,
})
