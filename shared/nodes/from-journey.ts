import { z } from 'zod'
import { limits } from '../limits.ts'
import { say } from '../text.ts'
import { defineNode } from './type.ts'

const config = z.strictObject({
  /** The id of the journey that it follows; empty until one is chosen. */
  journey: z.string().max(64),
  on: z.enum(['entered', 'left']),
  /** Of leaving: the exits, goals or reasons that count; none: whichever. */
  endings: z.array(z.string().min(1).max(64)).max(limits.conditionParts.value).default([]),
})
type Config = z.infer<typeof config>

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
  describe: ({ journey, on, endings }, { locale, journeyName }) => {
    const english = locale === 'en'
    if (journey === '') return english ? 'When another journey is left' : '离开另一段旅程时进入'
    const name = journeyName === undefined ? { en: journey } : journeyName(journey)
    if (name === null)
      return english ? `After the journey “${journey}”, which is gone` : `跟随的旅程「${journey}」已不存在`
    const called = say(name, locale)
    if (on === 'entered') return english ? `On entering “${called}”` : `进入「${called}」时进入`
    const by = endings.join(english ? ', ' : '、')
    if (by === '') return english ? `On leaving “${called}”` : `离开「${called}」时进入`
    return english ? `On leaving “${called}” by ${by}` : `从 ${by} 离开「${called}」时进入`
  },
})
