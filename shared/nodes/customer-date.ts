import { z } from 'zod'
import { addDays, localDate, zonedAt } from '../calendar/index.ts'
import { likelyRepeat } from '../conditions/own-day.ts'
import { sayOwnDate } from '../conditions/say-own-date.ts'
import { type Condition, conditionSchema, type Repeat, repeats } from '../conditions/schema.ts'
import { defineNode, type Finding } from './type.ts'

const config = z.strictObject({
  /** A column or an attribute that holds a date. */
  attribute: z.string().min(1).max(100),
  /** Days before (negative) or after (positive) that date. */
  days: z.int().min(-180).max(180),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM'),
  /** Each year anew, the date's own year ignored, or on that one day; where it is not said, its name decides. */
  repeat: z.enum(repeats).optional(),
  audience: conditionSchema.nullable().default(null),
})
type Config = z.infer<typeof config>

const repeatOf = ({ attribute, repeat }: Config): Repeat => repeat ?? likelyRepeat(attribute)

function audienceOf(settings: Config): Condition {
  const { attribute, days, time, audience } = settings
  const day: Condition = {
    kind: 'anniversary',
    name: attribute,
    days: days === 0 ? 0 : -days,
    own: true,
    at: time,
    repeat: repeatOf(settings),
  }
  return audience === null ? day : { kind: 'all', of: [day, audience] }
}

/** Each day at the time of a zone: the firings do not depend on anybody's date. */
function firingIn(zone: string, time: string, after: number): number {
  const today = localDate(after, zone)
  const at = zonedAt(today, time, zone)
  return at > after ? at : zonedAt(addDays(today, 1), time, zone)
}

/** The next moment at which it is the time somewhere among the customers' own zones. */
function nextFiring(time: string, after: number, zones: readonly string[]): number {
  return Math.min(...zones.map((zone) => firingIn(zone, time, after)))
}

/** Of a birthday the year is ignored; of any other date somebody must say what is meant. */
function check({ attribute, repeat }: Config): Finding[] {
  if (repeat !== undefined || attribute === 'birthday') return []
  return [{ code: `date-${likelyRepeat(attribute)}-unsaid`, field: 'repeat', details: { attribute } }]
}

/** Entry kind "a date of the customer with an offset" (rule 1), at a time of the customer's own zone and day. */
export const customerDate = defineNode<Config>({
  type: 'customer_date',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '客户日期', en: "Customer's date" },
  help: {
    'zh-CN': '每位客户在自己的生日、到期日等日期前后进入',
    en: 'Each customer enters around a date of their own, such as a birthday or an expiry',
  },
  config,
  defaults: () => ({ attribute: 'birthday', days: 0, time: '10:00', repeat: 'yearly', audience: null }),
  ports: () => [{ id: 'entered', name: { 'zh-CN': '进入', en: 'Entered' } }],
  check,
  conditions: (settings) =>
    settings.audience === null ? [] : [{ field: 'audience', condition: settings.audience }],
  dates: ({ attribute }) => [{ field: 'attribute', attribute }],
  again: (settings) => (repeatOf(settings) === 'once' ? null : { kind: 'after_days', days: 300 }),
  entrance: (settings) => ({
    kind: 'schedule',
    audience: audienceOf(settings),
    ownDay: true,
    next: (after, zone, zones = []) => ({
      at: nextFiring(settings.time, after, [zone, ...zones]),
      anchor: null,
    }),
  }),
  describe: (settings, { locale }) => {
    const day = sayOwnDate(settings.attribute, settings.days, locale)
    const once = repeatOf(settings) === 'once'
    if (locale === 'en')
      return `Enter ${settings.days === 0 ? 'on ' : ''}${day} at ${settings.time}${once ? ', once' : ''}`
    return `${day} ${settings.time} 进入${once ? '（仅一次）' : ''}`
  },
})
