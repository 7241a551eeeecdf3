import { z } from 'zod'
import { saySpan } from '../calendar/index.ts'
import { filterNames } from '../conditions/filter-names.ts'
import { sayFilter } from '../conditions/say.ts'
import { conditionSchema, eventFilter } from '../conditions/schema.ts'
import { lengthSchema } from '../journey/length.ts'
import type { Entrance } from './entrance.ts'
import { defineNode } from './type.ts'

const config = z.strictObject({
  filter: eventFilter,
  /** Asked of the customer when the event comes; null: everybody. */
  audience: conditionSchema.nullable().default(null),
  /** Only those who then do not do something else within a time come in, when that time is over; null: at once. */
  unless: z
    .strictObject({
      filter: eventFilter,
      within: lengthSchema,
      /** Whether the first event, done again within the time, begins the time anew. */
      restart: z.boolean().default(false),
    })
    .nullable()
    .default(null),
})
type Config = z.infer<typeof config>

/** What happens to each customer once in a life, so that nobody expects to come in again by it. */
const comesOnce: ReadonlySet<string> = new Set(['registered', 'member_registered', 'wecom_friend_added'])

function entranceOf({ filter, audience, unless }: Config): Entrance {
  if (unless === null) return { kind: 'event', filter, audience }
  const { filter: missing, within, restart } = unless
  return { kind: 'absence', filter, missing, within, restart, audience }
}

/** Entry kinds "an event with a filter" and "did A but not B within T" (rule 1). Imported history does not count (rule 4). */
export const event = defineNode<Config>({
  type: 'event',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '行为触发', en: 'Event' },
  help: {
    'zh-CN': '客户做了某件事（下单、加购、注册……）就进入；也可以是做了之后迟迟没做另一件事',
    en: 'A customer enters on doing something (an order, a cart, a registration), or on not doing another thing after it',
  },
  config,
  defaults: () => ({ filter: { event: 'order', where: [] }, audience: null, unless: null }),
  again: ({ filter }) => (comesOnce.has(filter.event) ? null : { kind: 'after_leaving' }),
  ports: () => [{ id: 'entered', name: { 'zh-CN': '进入', en: 'Entered' } }],
  conditions: (settings) =>
    settings.audience === null ? [] : [{ field: 'audience', condition: settings.audience }],
  names: ({ filter, unless }) => [
    ...filterNames(filter).map((name) => ({ ...name, field: 'filter' })),
    ...(unless === null
      ? []
      : filterNames(unless.filter).map((name) => ({ ...name, field: 'unless.filter' }))),
  ],
  entrance: entranceOf,
  describe: ({ filter, unless }, { locale, currency }) => {
    const did = sayFilter(filter, locale, currency)
    if (unless === null) return locale === 'en' ? `When: ${did}` : `${did}时进入`
    const missing = sayFilter(unless.filter, locale, currency)
    const within = saySpan(unless.within, locale)
    return locale === 'en'
      ? `When: ${did}, and not ${missing} within ${within}`
      : `${did}后 ${within}内没有${missing}时进入`
  },
})
