import { z } from 'zod'
import { limits } from '../limits.ts'
import { type Locale, type LocalText, say } from '../text.ts'
import { defineNode } from './type.ts'

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
  exit_audience: { 'zh-CN': '因人群变化离开', en: 'Taken out by an audience' },
  late: { 'zh-CN': '错过时间而离开', en: 'Left because a time was past' },
  unsubscribed: { 'zh-CN': '退订', en: 'Unsubscribed' },
  stopped: { 'zh-CN': '旅程被停止', en: 'The journey was stopped' },
} as const satisfies Readonly<Record<string, LocalText>>

const isReason = (ending: string): ending is keyof typeof followedReasons =>
  Object.hasOwn(followedReasons, ending)

/** The ways of leaving that count; those of the journey itself only by their number, as their names stand there. */
function sayEndings(endings: readonly string[], locale: Locale): string {
  const reasons = endings.filter(isReason).map((reason) => say(followedReasons[reason], locale))
  const own = endings.length - reasons.length
  const exits = locale === 'en' ? `${own} of its ends` : `它的 ${own} 个结局`
  return [...(own === 0 ? [] : [exits]), ...reasons].join(locale === 'en' ? ', ' : '、')
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
  names: ({ journey }) => (journey === '' ? [] : [{ kind: 'journey', field: 'journey', name: journey }]),
  entrance: ({ journey, on, endings }) => ({ kind: 'journey', journey, on, endings }),
  describe: ({ journey, on, endings }, { locale, journeyName }) => {
    const english = locale === 'en'
    if (journey === '') return english ? 'When another journey is left' : '离开另一段旅程时进入'
    const name = journeyName === undefined ? { en: journey } : journeyName(journey)
    if (name === null)
      return english ? `After the journey “${journey}”, which is gone` : `跟随的旅程「${journey}」已不存在`
    const called = say(name, locale)
    if (on === 'entered') return english ? `On entering “${called}”` : `进入「${called}」时进入`
    if (endings.length === 0) return english ? `On leaving “${called}”` : `离开「${called}」时进入`
    const by = sayEndings(endings, locale)
    return english ? `On leaving “${called}” by ${by}` : `离开「${called}」时进入，限于${by}`
  },
})
