import { z } from 'zod'
import { addDays, localDate, zonedAt } from '../calendar/index.ts'
import { type Condition, conditionSchema } from '../conditions/schema.ts'
import { defineNode } from './type.ts'

const config = z.strictObject({
  /** An attribute that holds a date, YYYY-MM-DD. */
  attribute: z.string().min(1).max(100),
  /** Days before (negative) or after (positive) its anniversary. */
  days: z.int().min(-180).max(180),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM'),
  audience: conditionSchema.nullable().default(null),
})
type Config = z.infer<typeof config>

function audienceOf({ attribute, days, audience }: Config): Condition {
  const day: Condition = { kind: 'anniversary', name: attribute, days: days === 0 ? 0 : -days }
  return audience === null ? day : { kind: 'all', of: [day, audience] }
}

/** Each day at the time, in the journey's zone: the firings do not depend on anybody's date. */
function nextFiring(time: string, after: number, zone: string): number {
  const today = localDate(after, zone)
  const at = zonedAt(today, time, zone)
  return at > after ? at : zonedAt(addDays(today, 1), time, zone)
}

function sayDay(attribute: string, days: number, locale: 'zh-CN' | 'en'): string {
  const birthday = attribute === 'birthday'
  if (locale === 'zh-CN') {
    const what = birthday ? '生日' : `「${attribute}」`
    return days === 0 ? `${what}当天` : `${what}${days < 0 ? '前' : '后'} ${Math.abs(days)} 天`
  }
  const what = birthday ? 'the birthday' : `“${attribute}”`
  if (days === 0) return `on ${what}`
  return `${Math.abs(days)} day${Math.abs(days) === 1 ? '' : 's'} ${days < 0 ? 'before' : 'after'} ${what}`
}

/** Entry kind "a date of the customer with an offset" (rule 1), each year anew. */
export const customerDate = defineNode<Config>({
  type: 'customer_date',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '客户日期', en: "Customer's date" },
  help: {
    'zh-CN': '每位客户在自己的生日等日期前后进入',
    en: 'Each customer enters around a date of their own, such as a birthday',
  },
  config,
  defaults: () => ({ attribute: 'birthday', days: 0, time: '10:00', audience: null }),
  ports: () => [{ id: 'entered', name: { 'zh-CN': '进入', en: 'Entered' } }],
  conditions: (settings) =>
    settings.audience === null ? [] : [{ field: 'audience', condition: settings.audience }],
  entrance: (settings) => ({
    kind: 'schedule',
    audience: audienceOf(settings),
    ownDay: true,
    next: (after, zone) => ({ at: nextFiring(settings.time, after, zone), anchor: null }),
  }),
  describe: ({ attribute, days, time }, { locale }) => {
    const day = sayDay(attribute, days, locale)
    return locale === 'en' ? `Enter ${day} at ${time}` : `${day} ${time} 进入`
  },
})
