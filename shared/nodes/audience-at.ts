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
import type { ScheduleEntrance } from './entrance.ts'
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
  ]),
})
type Config = z.infer<typeof config>

function nextFiring({ at }: Config, after: number, zone: string): ReturnType<ScheduleNext> {
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

/** Entry kind "an audience at a time" (rule 1): once, by cron, or at a festival with an offset. */
export const audienceAt = defineNode<Config>({
  type: 'audience_at',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '人群进入', en: 'Audience enters' },
  help: {
    'zh-CN': '到了时间，让符合条件的客户一起进入旅程',
    en: 'At a set time, customers who meet a condition enter together',
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
  again: ({ at }) => {
    if (at.kind === 'date') return null
    return at.kind === 'cron' ? { kind: 'after_leaving' } : { kind: 'after_days', days: 300 }
  },
  conditions: ({ audience }) => [{ field: 'audience', condition: audience }],
  entrance: (settings) => ({
    kind: 'schedule',
    audience: settings.audience,
    next: (after, zone) => nextFiring(settings, after, zone),
  }),
  describe: ({ at }, { locale }) => {
    if (at.kind === 'cron') return sayCron(at.cron, locale)
    const day =
      at.kind === 'date'
        ? `${locale === 'en' ? 'on ' : ''}${sayDay(at.date, locale)}`
        : sayFestivalDay(at.festival, at.days, locale)
    return locale === 'en' ? `Enter ${day} at ${at.time}` : `${day} ${at.time} 进入`
  },
})
