import { z } from 'zod'
import { sayFilter } from '../conditions/say.ts'
import { conditionSchema, eventFilter } from '../conditions/schema.ts'
import { defineNode } from './type.ts'

const config = z.strictObject({
  filter: eventFilter,
  /** Asked of the customer when the event comes; null: everybody. */
  audience: conditionSchema.nullable().default(null),
})
type Config = z.infer<typeof config>

/** What happens to each customer once in a life, so that nobody expects to come in again by it. */
const comesOnce: ReadonlySet<string> = new Set(['registered', 'member_registered', 'wecom_friend_added'])

/** Entry kind "an event with a filter" (rule 1). Imported history does not count (rule 4). */
export const event = defineNode<Config>({
  type: 'event',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '行为触发', en: 'Event' },
  help: {
    'zh-CN': '客户做了某件事（下单、加购、注册……）就进入',
    en: 'A customer enters on doing something: an order, a cart, a registration',
  },
  config,
  defaults: () => ({ filter: { event: 'order', where: [] }, audience: null }),
  again: ({ filter }) => (comesOnce.has(filter.event) ? null : { kind: 'after_leaving' }),
  ports: () => [{ id: 'entered', name: { 'zh-CN': '进入', en: 'Entered' } }],
  conditions: (settings) =>
    settings.audience === null ? [] : [{ field: 'audience', condition: settings.audience }],
  names: ({ filter }) => [{ kind: 'event', field: 'filter', name: filter.event }],
  entrance: (settings) => ({ kind: 'event', filter: settings.filter, audience: settings.audience }),
  describe: ({ filter }, { locale, currency }) =>
    locale === 'en'
      ? `When: ${sayFilter(filter, locale, currency)}`
      : `${sayFilter(filter, locale, currency)}时进入`,
})
