import { type Locale, type LocalText, say } from '../text.ts'
import { type ActEvent, actEvents, currentEvent, isAct } from './acts.ts'
import { contactChannels } from './contact.ts'
import type { EventsTest } from './schema.ts'

interface ActWords {
  readonly name: LocalText
  /** Of whom it is true once at least, and of whom never. */
  readonly did: LocalText
  readonly never: LocalText
}

/** How people speak of what journeys do to somebody. */
export const actWords = {
  [actEvents.sent]: {
    name: { 'zh-CN': '收到消息', en: 'message sent' },
    did: { 'zh-CN': '收到过消息', en: 'was sent a message' },
    never: { 'zh-CN': '没有收到过消息', en: 'was sent no message' },
  },
  [actEvents.withheld]: {
    name: { 'zh-CN': '消息被拦下', en: 'message withheld' },
    did: { 'zh-CN': '有消息被拦下', en: 'had a message withheld' },
    never: { 'zh-CN': '没有消息被拦下', en: 'had no message withheld' },
  },
  [actEvents.failed]: {
    name: { 'zh-CN': '消息未送达', en: 'message failed' },
    did: { 'zh-CN': '有消息未能送达', en: 'had a message fail' },
    never: { 'zh-CN': '没有未能送达的消息', en: 'had no message fail' },
  },
  [actEvents.entered]: {
    name: { 'zh-CN': '进入旅程', en: 'journey entered' },
    did: { 'zh-CN': '进入过旅程', en: 'has entered a journey' },
    never: { 'zh-CN': '没有进入过旅程', en: 'has not entered a journey' },
  },
  [currentEvent]: {
    name: { 'zh-CN': '正在旅程中', en: 'in a journey now' },
    did: { 'zh-CN': '正在旅程中', en: 'is in a journey now' },
    never: { 'zh-CN': '不在旅程中', en: 'is not in a journey now' },
  },
  [actEvents.finished]: {
    name: { 'zh-CN': '走完旅程', en: 'journey finished' },
    did: { 'zh-CN': '走完过旅程', en: 'has finished a journey' },
    never: { 'zh-CN': '没有走完过旅程', en: 'has not finished a journey' },
  },
  [actEvents.left]: {
    name: { 'zh-CN': '中途离开旅程', en: 'journey left early' },
    did: { 'zh-CN': '中途离开过旅程', en: 'was taken out of a journey' },
    never: { 'zh-CN': '没有中途离开过旅程', en: 'was not taken out of a journey' },
  },
  [actEvents.goal]: {
    name: { 'zh-CN': '达成旅程目标', en: 'journey goal reached' },
    did: { 'zh-CN': '达成过旅程目标', en: 'has reached a goal of a journey' },
    never: { 'zh-CN': '没有达成过旅程目标', en: 'has reached no goal of a journey' },
  },
} as const satisfies Record<ActEvent, ActWords>

/** Why a message was withheld, or a journey was left early. */
export const actReasons: Readonly<Record<string, LocalText>> = {
  unsubscribed: { 'zh-CN': '已退订', en: 'unsubscribed' },
  doubtful: { 'zh-CN': '可能已退订', en: 'may have opted out' },
  closed: { 'zh-CN': '渠道已关闭', en: 'channel closed' },
  no_consent: { 'zh-CN': '没有同意', en: 'no consent' },
  blacklisted: { 'zh-CN': '在黑名单上', en: 'blacklisted' },
  no_address: { 'zh-CN': '没有地址', en: 'no address' },
  window: { 'zh-CN': '不在可回复的时间内', en: 'may not be answered just now' },
  abroad: { 'zh-CN': '境外号码', en: 'a number abroad' },
  control_group: { 'zh-CN': '对照组', en: 'control group' },
  double: { 'zh-CN': '同一地址已收到', en: 'same address already written to' },
  cap: { 'zh-CN': '超过频次上限', en: 'over the cap' },
  quiet_hours: { 'zh-CN': '免打扰时段', en: 'quiet hours' },
  compliance: { 'zh-CN': '不合规', en: 'compliance' },
  render: { 'zh-CN': '内容缺变量', en: 'text cannot be written' },
  late: { 'zh-CN': '错过时间', en: 'a time was past' },
  'no-date': { 'zh-CN': '没有日期', en: 'no date' },
  'no-weight': { 'zh-CN': '没有可走的分流', en: 'no way of a split left' },
  exit_rule: { 'zh-CN': '被退出规则带走', en: 'taken out by an exit rule' },
  exit_audience: { 'zh-CN': '因人群变化离开', en: 'taken out by an audience' },
  stopped: { 'zh-CN': '旅程被停止', en: 'journey stopped' },
  journey_changed: { 'zh-CN': '旅程改版时离开', en: 'left by a new version' },
  removed: { 'zh-CN': '被人移出', en: 'taken out by a person' },
  erased: { 'zh-CN': '资料被删除', en: 'erased' },
  merged: { 'zh-CN': '合并为同一人', en: 'merged with another record' },
}

const purposes: Readonly<Record<string, LocalText>> = {
  marketing: { 'zh-CN': '营销', en: 'marketing' },
  service: { 'zh-CN': '服务通知', en: 'service' },
}

const channels: Readonly<Record<string, LocalText>> = Object.fromEntries(
  Object.entries(contactChannels).map(([id, { words }]) => [id, words]),
)

const wordsOf: Readonly<Record<string, Readonly<Record<string, LocalText>>>> = {
  channel: channels,
  reason: actReasons,
  purpose: purposes,
}

/** What a value of an act is called; null where it is a name of somebody's own. */
export function actValue(property: string, value: string | number | boolean): LocalText | null {
  const words = Object.hasOwn(wordsOf, property) ? wordsOf[property] : undefined
  return words !== undefined && Object.hasOwn(words, String(value)) ? (words[String(value)] ?? null) : null
}

/** Whether a test asks for one act at least (true) or for none (false); null: it counts or measures otherwise. */
export function asksForOne({ event, measure, op, value }: EventsTest): boolean | null {
  if (!isAct(event) || measure !== 'count' || typeof value !== 'number') return null
  if ((op === 'gte' && value === 1) || (op === 'gt' && value === 0)) return true
  return (op === 'eq' && value === 0) || (op === 'lt' && value === 1) ? false : null
}

/** That somebody has, or has not, had such a thing done to them: `tests` is what must be true of it, in brackets. */
export function sayAct(
  test: EventsTest & { readonly event: ActEvent },
  one: boolean,
  { tests, window, locale }: { readonly tests: string; readonly window: string; readonly locale: Locale },
): string {
  const words = say(actWords[test.event][one ? 'did' : 'never'], locale)
  const during = test.window.kind === 'ever' ? '' : window
  if (locale === 'en') {
    const since = test.event === currentEvent && during !== '' ? `, entered ${during}` : during
    return [words, tests, since]
      .filter((part) => part !== '')
      .join(' ')
      .replace(' ,', ',')
  }
  if (test.event === currentEvent) return `${words}${tests}${during === '' ? '' : `，且${during}进入`}`
  return `${during}${words}${tests}`
}
