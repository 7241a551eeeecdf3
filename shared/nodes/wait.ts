import { z } from 'zod'
import {
  addDays,
  addSpan,
  dateSchema,
  festivalId,
  leastLength,
  localDate,
  nextFestival,
  sayDay,
  saySpan,
  zonedAt,
} from '../calendar/index.ts'
import { sayFestivalDay } from '../calendar/say-festival.ts'
import { timesLeft } from '../conditions/history.ts'
import type { Reason } from '../effects/index.ts'
import { lengthSchema } from '../journey/length.ts'
import {
  type DecideInput,
  type Decision,
  defineNode,
  type PassageInput,
  type Port,
  type StayInput,
} from './type.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

const config = z.strictObject({
  until: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('duration'), span: lengthSchema }),
    z.strictObject({ kind: z.literal('date'), date: dateSchema, time }),
    z.strictObject({
      kind: z.literal('festival'),
      festival: festivalId,
      days: z.int().min(-365).max(365),
      time,
    }),
  ]),
  /** Rule 7: what a target that is already past means. */
  late: z.enum(['go_on', 'skip', 'leave']).default('go_on'),
  maxVisits: z.int().min(1).max(1000).nullable().default(null),
})
type Config = z.infer<typeof config>

/** A timer decided more than this after its time has been missed, by an outage or a pause. */
const missedAfterMs = 60 * 60 * 1000

/** The moment waited for; days and hours are the customer's own (rule 6). */
export function targetOf({ until }: Config, { enrollment, zone, now }: DecideInput): number {
  const local = enrollment.entry.timezone ?? zone
  if (until.kind === 'duration') return addSpan(enrollment.arrivedAt, until.span, local)
  if (until.kind === 'date') return zonedAt(until.date, until.time, local)
  const anchor =
    enrollment.entry.anchors[until.festival] ?? nextFestival(until.festival, localDate(now, zone))
  return zonedAt(addDays(anchor, until.days), until.time, local)
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
  const target = wake.kind === 'arrive' ? targetOf(settings, input) : (enrollment.wait?.until ?? now)
  if (target > now)
    return {
      kind: 'wait',
      wait: { until: target, event: null, cause: null },
      reason: { code: 'waiting', until: target },
    }
  const late = wake.kind === 'arrive' ? target < now : now - target > missedAfterMs
  if (!late) return { kind: 'leave', port: 'done', reason: { code: 'time-reached', at: target } }
  const reason: Reason<'late'> = { code: 'late', at: target, policy: settings.late }
  if (settings.late === 'leave') return { kind: 'left', reason }
  return { kind: 'leave', port: settings.late === 'skip' ? 'late' : 'done', reason }
}

function portsOf({ late, maxVisits }: Config): Port[] {
  const ports: Port[] = [{ id: 'done', name: { 'zh-CN': '时间到', en: 'Time reached' } }]
  if (late === 'skip') ports.push({ id: 'late', name: { 'zh-CN': '已错过', en: 'Already past' } })
  if (maxVisits !== null) ports.push({ id: 'limit', name: { 'zh-CN': '次数用完', en: 'Visits used up' } })
  return ports
}

/** When the wait ends for somebody on the customers' usual clock; a target already past ends it at once. */
function passage({ until }: Config, input: PassageInput): readonly [number, number] | null {
  const { anchor, arrivedAt, enteredAt, fixedEntry, port, zone } = input
  if (port !== 'done') return [arrivedAt, arrivedAt]
  if (until.kind !== 'duration' && !fixedEntry) return null
  let target: number
  if (until.kind === 'duration') target = addSpan(arrivedAt, until.span, zone)
  else if (until.kind === 'date') target = zonedAt(until.date, until.time, zone)
  else {
    const known = anchor?.festival === until.festival ? anchor.date : null
    const date = known ?? nextFestival(until.festival, localDate(enteredAt, zone))
    target = zonedAt(addDays(date, until.days), until.time, zone)
  }
  const end = Math.max(arrivedAt, target)
  return [end, end]
}

type Stay = (settings: Config, port: string, latest: StayInput['latest']) => number

/** A day may be past for whoever comes; how far it is away is known only of those who come by a known time. */
const untilDay: Stay = (settings, port, latest) => {
  const end = latest === null ? null : passage(settings, { ...latest, port })
  return latest === null || end === null ? 0 : end[0] - latest.arrivedAt
}

/** Rule 11: what surely takes time, told of each kind of wait. */
const stays = {
  duration: ({ until }) => (until.kind === 'duration' ? leastLength(until.span) : 0),
  date: untilDay,
  festival: untilDay,
} satisfies Record<Config['until']['kind'], Stay>

/** Rules 5 to 7: a duration, or until a date or festival with an offset, at a local time. */
export const wait = defineNode<Config>({
  type: 'wait',
  role: 'step',
  category: 'time',
  name: { 'zh-CN': '等待', en: 'Wait' },
  help: {
    'zh-CN': '等一段时间，或等到某天、某个节日前后',
    en: 'Wait for a while, or until a day or a festival',
  },
  config,
  defaults: () => ({
    until: { kind: 'duration', span: { amount: 3, unit: 'day' } },
    late: 'go_on',
    maxVisits: null,
  }),
  ports: portsOf,
  leastStay: (settings, { port, latest }) =>
    port === 'limit' ? 0 : stays[settings.until.kind](settings, port, latest),
  maxVisits: (settings) => settings.maxVisits,
  passage,
  check: ({ until }, { now, zone }) =>
    until.kind === 'date' && zonedAt(until.date, until.time, zone) <= now
      ? [{ code: 'date-past', field: 'until.date', details: { date: `${until.date} ${until.time}` } }]
      : [],
  describe: ({ until }, { locale }) => {
    if (until.kind === 'duration')
      return locale === 'en' ? `Wait ${saySpan(until.span, locale)}` : `等待 ${saySpan(until.span, locale)}`
    // Chinese sets figures off by a space.
    const dated = locale === 'en' ? '' : ' '
    const day =
      until.kind === 'date'
        ? `${dated}${sayDay(until.date, locale)}`
        : sayFestivalDay(until.festival, until.days, locale)
    return locale === 'en' ? `Until ${day.replace(/^on /, '')} at ${until.time}` : `等到${day} ${until.time}`
  },
  decide,
})
