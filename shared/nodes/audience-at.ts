import { z } from 'zod'
import {
  addDays,
  dateSchema,
  festivalId,
  isCron,
  localDate,
  nextCron,
  nextFestival,
  sayCron,
  sayDay,
  zonedAt,
} from '../calendar/index.ts'
import { sayFestivalDay } from '../calendar/say-festival.ts'
import { conditionSchema } from '../conditions/schema.ts'
import type { Reentry } from '../journey/graph.ts'
import type { Locale } from '../text.ts'
import type { Entrance, ScheduleEntrance } from './entrance.ts'
import { defineNode } from './type.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

const config = z.strictObject({
  audience: conditionSchema,
  at: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('date'), date: dateSchema, time }),
    z.strictObject({ kind: z.literal('cron'), cron: z.string().refine(isCron, 'five cron fields') }),
    z.strictObject({
      kind: z.literal('festival'),
      festival: festivalId,
      days: z.int().min(-365).max(365),
      time,
    }),
    /** Whoever begins to be of it; `present`: and those who are when it is published. */
    z.strictObject({ kind: z.literal('join'), present: z.boolean().default(false) }),
    /** Whoever ceases to be of it. */
    z.strictObject({ kind: z.literal('leave') }),
  ]),
})
type Config = z.infer<typeof config>

/** The times at which everybody of an audience comes in; the others come one by one, as they join or leave it. */
type Timed = Exclude<Config['at'], { kind: 'join' | 'leave' }>

function nextFiring(at: Timed, after: number, zone: string): ReturnType<ScheduleNext> {
  if (at.kind === 'cron') {
    const next = nextCron(at.cron, after, zone)
    return next === null ? null : { at: next, anchor: null }
  }
  if (at.kind === 'date') {
    const next = zonedAt(at.date, at.time, zone)
    return next > after ? { at: next, anchor: null } : null
  }
  let date = nextFestival(at.festival, addDays(localDate(after, zone), -at.days))
  let next = zonedAt(addDays(date, at.days), at.time, zone)
  if (next <= after) {
    date = nextFestival(at.festival, addDays(date, 1))
    next = zonedAt(addDays(date, at.days), at.time, zone)
  }
  return { at: next, anchor: { festival: at.festival, date } }
}
type ScheduleNext = ScheduleEntrance['next']

function entranceOf({ audience, at }: Config): Entrance {
  if (at.kind === 'join') return { kind: 'membership', audience, on: 'join', present: at.present }
  if (at.kind === 'leave') return { kind: 'membership', audience, on: 'leave', present: false }
  return { kind: 'schedule', audience, next: (after, zone) => nextFiring(at, after, zone) }
}

const recurs: { readonly [Kind in Config['at']['kind']]: Reentry | null } = {
  date: null,
  cron: { kind: 'after_leaving' },
  festival: { kind: 'after_days', days: 300 },
  join: { kind: 'after_leaving' },
  leave: { kind: 'after_leaving' },
}

function sayWhen(at: Config['at'], locale: Locale): string {
  const english = locale === 'en'
  if (at.kind === 'join') {
    const also = at.present ? (english ? ', and those who have' : '，已符合的也进入') : ''
    return english ? `Enter on coming to meet the condition${also}` : `变为符合条件时进入${also}`
  }
  if (at.kind === 'leave') return english ? 'Enter on ceasing to meet the condition' : '变为不符合条件时进入'
  if (at.kind === 'cron') return sayCron(at.cron, locale)
  const day =
    at.kind === 'date'
      ? `${english ? 'on ' : ''}${sayDay(at.date, locale)}`
      : sayFestivalDay(at.festival, at.days, locale)
  return english ? `Enter ${day} at ${at.time}` : `${day} ${at.time} 进入`
}

/**
 * Entry kinds "an audience at a time" (once, by cron, or at a festival with an offset) and "joining or leaving an
 * audience" (rule 1).
 */
export const audienceAt = defineNode<Config>({
  type: 'audience_at',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '人群进入', en: 'Audience enters' },
  help: {
    'zh-CN': '到了时间，让符合条件的客户一起进入旅程；或在客户加入、离开人群时逐个进入',
    en: 'Customers of an audience enter together at a set time, or one by one as they join or leave it',
  },
  config,
  defaults: () => ({
    audience: { kind: 'all', of: [] },
    at: { kind: 'festival', festival: 'qixi', days: -14, time: '10:00' },
  }),
  ports: () => [{ id: 'entered', name: { 'zh-CN': '进入', en: 'Entered' } }],
  check: ({ at }, { now, zone }) => {
    if (at.kind === 'cron')
      return nextCron(at.cron, now, zone) === null
        ? [{ code: 'never-fires', field: 'at.cron', details: { cron: at.cron } }]
        : []
    return at.kind === 'date' && zonedAt(at.date, at.time, zone) <= now
      ? [{ code: 'date-past', field: 'at.date', details: { date: `${at.date} ${at.time}` } }]
      : []
  },
  again: ({ at }) => recurs[at.kind],
  conditions: ({ audience }) => [{ field: 'audience', condition: audience }],
  entrance: entranceOf,
  describe: ({ at }, { locale }) => sayWhen(at, locale),
})
