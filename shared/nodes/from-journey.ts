import { z } from 'zod'
import { limits } from '../limits.ts'
import { type Locale, type LocalText, say } from '../text.ts'
import { type DescribeInput, defineNode, type NamedJourney } from './type.ts'

const config = z.strictObject({
  /** The id of the journey that it follows; empty until one is chosen. */
  journey: z.string().max(64),
  on: z.enum(['entered', 'left']),
  /** Of leaving: the exits, goals or reasons that count; none: whichever. */
  endings: z.array(z.string().min(1).max(64)).max(limits.conditionParts.value).default([]),
})
type Config = z.infer<typeof config>

/** Reasons for which somebody is out of a journey before its end, and that another may follow. */
export const followedReasons = {
  exit_rule: { 'zh-CN': '被退出规则带走', en: 'Taken out by an exit rule' },
  late: { 'zh-CN': '错过时间而离开', en: 'Left because a time was past' },
  unsubscribed: { 'zh-CN': '退订', en: 'Unsubscribed' },
  stopped: { 'zh-CN': '旅程被停止', en: 'The journey was stopped' },
} as const satisfies Readonly<Record<string, LocalText>>

function sayEnding(ending: string, followed: NamedJourney | undefined, locale: Locale): string {
  const words = Object.entries(followedReasons).find(([reason]) => reason === ending)?.[1]
  const node = followed?.nodes[ending]?.name
  return words !== undefined ? say(words, locale) : node === undefined ? ending : say(node, locale)
}

function sayFollowing({ journey, on, endings }: Config, { locale, journeys }: DescribeInput): string {
  const english = locale === 'en'
  if (journey === '') return english ? 'When another journey is left' : '离开另一段旅程时进入'
  const followed = journeys?.get(journey)
  const name = followed === undefined ? journey : say(followed.name, locale)
  if (on === 'entered') return english ? `On entering “${name}”` : `进入「${name}」时进入`
  const by = endings.map((ending) => sayEnding(ending, followed, locale))
  if (by.length === 0) return english ? `On leaving “${name}”` : `离开「${name}」时进入`
  return english ? `On leaving “${name}”: ${by.join(', ')}` : `离开「${name}」时进入，限于：${by.join('、')}`
}

/** Entry kind "another journey" (rule 1): on coming into it, or on leaving it in one of some ways. */
export const fromJourney = defineNode<Config>({
  type: 'from_journey',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '来自旅程', en: 'From a journey' },
  help: {
    'zh-CN': '客户进入或离开另一段旅程时进入，可以只接某些结局',
    en: 'A customer enters on coming into another journey, or on leaving it in a certain way',
  },
  config,
  defaults: () => ({ journey: '', on: 'left', endings: [] }),
  ports: () => [{ id: 'entered', name: { 'zh-CN': '进入', en: 'Entered' } }],
  again: () => ({ kind: 'after_leaving' }),
  check: ({ journey }) => (journey === '' ? [{ code: 'journey-unchosen', field: 'journey' }] : []),
  entrance: ({ journey, on, endings }) => ({ kind: 'journey', journey, on, endings }),
  describe: sayFollowing,
})
