import { festivals, saySpan } from '../calendar/index.ts'
import { sayFestivalDay, sayUntil } from '../calendar/say-festival.ts'
import { isScore, scores, wordOf } from '../models/scores.ts'
import { sayMoney } from '../money.ts'
import { type Locale, type LocalText, say } from '../text.ts'
import { isAct } from './acts.ts'
import { sayAsked } from './contact.ts'
import { isLaidName, laidNames } from './ledger.ts'
import { isMoney, lineEvent } from './lines.ts'
import type { PicksTest } from './picks.ts'
import { isReceipt } from './receipts.ts'
import { actValue, actWords, asksForOne, sayAct } from './say-acts.ts'
import {
  type AnniversaryTest,
  type Condition,
  type EventFilter,
  type EventsTest,
  isEntryReference,
  type LaterStep,
  type Leaf,
  type Operand,
  type Operator,
  type PropertyTest,
  type SequenceTest,
  type TimeWindow,
} from './schema.ts'
import { standardEvents } from './standard-events.ts'
import { limiting } from './window.ts'

const operatorWords: Readonly<Record<Operator, LocalText>> = {
  eq: { 'zh-CN': '是', en: 'is' },
  ne: { 'zh-CN': '不是', en: 'is not' },
  gt: { 'zh-CN': '大于', en: 'is over' },
  gte: { 'zh-CN': '不少于', en: 'is at least' },
  lt: { 'zh-CN': '小于', en: 'is under' },
  lte: { 'zh-CN': '不超过', en: 'is at most' },
  in: { 'zh-CN': '是其中之一：', en: 'is one of' },
  not_in: { 'zh-CN': '不在其中：', en: 'is none of' },
  contains: { 'zh-CN': '包含', en: 'contains' },
  starts_with: { 'zh-CN': '开头是', en: 'starts with' },
  is_set: { 'zh-CN': '有值', en: 'is known' },
  not_set: { 'zh-CN': '没有值', en: 'is not known' },
}

/** Names of the standard events and attributes; others are said as they are written. */
const names: Readonly<Record<string, LocalText>> = {
  ...Object.fromEntries(Object.entries(standardEvents).map(([name, { words }]) => [name, words])),
  ...Object.fromEntries(Object.entries(actWords).map(([event, { name }]) => [event, name])),
  journey_id: { 'zh-CN': '旅程', en: 'journey' },
  node: { 'zh-CN': '节点', en: 'node' },
  purpose: { 'zh-CN': '用途', en: 'purpose' },
  reason: { 'zh-CN': '原因', en: 'reason' },
  control: { 'zh-CN': '在对照组', en: 'in the control group' },
  message_id: { 'zh-CN': '消息编号', en: 'message id' },
  [lineEvent]: { 'zh-CN': '购买商品', en: 'item bought' },
  amount: { 'zh-CN': '金额', en: 'amount' },
  order_id: { 'zh-CN': '订单号', en: 'order number' },
  refunded_quantity: { 'zh-CN': '已退件数', en: 'pieces given back' },
  net_quantity: { 'zh-CN': '净件数', en: 'pieces kept' },
  net_amount: { 'zh-CN': '净金额', en: 'net amount' },
  days_ago: { 'zh-CN': '距今天数', en: 'days ago' },
  category: { 'zh-CN': '品类', en: 'category' },
  categories: { 'zh-CN': '品类', en: 'categories' },
  product: { 'zh-CN': '商品', en: 'product' },
  name: { 'zh-CN': '姓名', en: 'name' },
  phone: { 'zh-CN': '手机号', en: 'phone' },
  email: { 'zh-CN': '邮箱', en: 'e-mail' },
  gender: { 'zh-CN': '性别', en: 'gender' },
  birthday: { 'zh-CN': '生日', en: 'birthday' },
  city: { 'zh-CN': '城市', en: 'city' },
  tier: { 'zh-CN': '会员等级', en: 'tier' },
  registered_at: { 'zh-CN': '注册时间', en: 'registered at' },
  timezone: { 'zh-CN': '时区', en: 'time zone' },
  language: { 'zh-CN': '语言', en: 'language' },
  customer_id: { 'zh-CN': '客户编号', en: 'customer id' },
  member_no: { 'zh-CN': '会员号', en: 'member no.' },
  registration_channel: { 'zh-CN': '注册渠道', en: 'registered by' },
  city_tier: { 'zh-CN': '城市级别', en: 'city tier' },
  points: { 'zh-CN': '积分', en: 'points' },
  favourite_category: { 'zh-CN': '常购品类', en: 'favourite category' },
  wecom_friend: { 'zh-CN': '企微好友', en: 'WeCom friend' },
  store: { 'zh-CN': '门店', en: 'store' },
  items: { 'zh-CN': '商品', en: 'items' },
  seconds: { 'zh-CN': '停留秒数', en: 'seconds stayed' },
  platform: { 'zh-CN': '平台', en: 'platform' },
  price: { 'zh-CN': '价格', en: 'price' },
  coupon: { 'zh-CN': '用券', en: 'coupon' },
  code: { 'zh-CN': '券码', en: 'code' },
  channel: { 'zh-CN': '渠道', en: 'channel' },
  page: { 'zh-CN': '页面', en: 'page' },
  url: { 'zh-CN': '页面', en: 'page' },
  text: { 'zh-CN': '内容', en: 'text' },
  quantity: { 'zh-CN': '数量', en: 'quantity' },
  sku: { 'zh-CN': '商品编号', en: 'product number' },
  title: { 'zh-CN': '商品名', en: 'title' },
}

export const sayOperator = (op: Operator, locale: Locale): string => say(operatorWords[op], locale)

/** The field's word for an event, attribute or property, else the written name. */
export function sayName(name: string, locale: Locale): string {
  if (isScore(name)) return say(scores[name].name, locale)
  if (isLaidName(name)) return say(laidNames[name], locale)
  return Object.hasOwn(names, name) ? say(names[name] ?? { en: name }, locale) : name
}

/** A value of an attribute: what a score says by a word of its own, in the reader's language. */
export function sayValue(name: string, value: string | number | boolean, locale: Locale): string {
  const word = wordOf(name, value)
  return word === null ? String(value) : say(word, locale)
}

/** The same of a property of an event: what journeys have done is said in words of its own. */
function sayEventValue(
  event: string | null,
  name: string,
  value: string | number | boolean,
  locale: Locale,
): string {
  const word = event !== null && (isAct(event) || isReceipt(event)) ? actValue(name, value) : null
  return word === null ? sayValue(name, value, locale) : say(word, locale)
}

interface Sayer {
  readonly locale: Locale
  readonly currency: string
  /** Whose properties are said; null where they are nobody's. */
  readonly event: string | null
}

function sayOperand(name: string, operand: Operand | undefined, { currency, locale, event }: Sayer): string {
  const one = (value: string | number | boolean) =>
    isMoney(name, event) && typeof value === 'number'
      ? sayMoney(value, currency)
      : sayEventValue(event, name, value, locale)
  if (operand === undefined) return ''
  return Array.isArray(operand)
    ? operand.map(one).join(locale === 'en' ? ', ' : '、')
    : one(operand as string)
}

/** A property of the entry, as what something is compared with. */
function sayReference(entry: string, locale: Locale): string {
  return locale === 'en'
    ? `that of the entry (${sayName(entry, locale)})`
    : `进入时的${sayName(entry, locale)}`
}

function sayTest(name: string, test: { op: Operator; value?: PropertyTest['value'] }, sayer: Sayer): string {
  const { locale } = sayer
  const operand = isEntryReference(test.value)
    ? sayReference(test.value.entry, locale)
    : sayOperand(name, test.value, sayer)
  const words = [sayName(name, locale), say(operatorWords[test.op], locale), operand]
  return joined(words.filter((word) => word !== ''))
}

/** Words in a row: a space between them, but for where Chinese meets Chinese. */
function joined(words: readonly string[]): string {
  return words.join(' ').replaceAll(/(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g, '')
}

/** What must be true of an event, in brackets; nothing where anything may. */
function sayTests(filter: EventFilter, locale: Locale, currency: string): string {
  const tests = filter.where.map((test) =>
    sayTest(test.property, test, { locale, currency, event: filter.event }),
  )
  if (tests.length === 0) return ''
  return locale === 'en' ? `(${tests.join(', ')})` : `（${tests.join('，')}）`
}

/** An event with its tests, in words. */
export function sayFilter(filter: EventFilter, locale: Locale, currency: string): string {
  const tests = sayTests(filter, locale, currency)
  const name = sayName(filter.event, locale)
  return locale === 'en' && tests !== '' ? `${name} ${tests}` : `${name}${tests}`
}

export function sayWindow(window: TimeWindow, locale: Locale): string {
  const english = locale === 'en'
  switch (window.kind) {
    case 'ever':
      return english ? 'ever' : '至今'
    case 'since_entry':
      return english ? 'since entering' : '进入旅程后'
    case 'last':
      return english ? `in the last ${saySpan(window.span, locale)}` : `近 ${saySpan(window.span, locale)}`
    case 'between': {
      const from = window.from ?? '…'
      const to = window.to ?? '…'
      return english ? `from ${from} to ${to}` : `${from} 至 ${to}`
    }
    case 'festival':
      return sayFestivalWindow(window, locale)
  }
}

function sayBound(festival: string, day: { years: number; days: number }, locale: Locale): string {
  const known = festivals.find(({ id }) => id === festival)
  const at = known ? sayFestivalDay(known.id, day.days, locale) : festival
  if (day.years === 0) return at
  const years = Math.abs(day.years)
  if (locale === 'en')
    return `${years} year${years === 1 ? '' : 's'} ${day.years < 0 ? 'before' : 'after'} (${at})`
  return `${at}的 ${years} 年${day.years < 0 ? '前' : '后'}`
}

function sayFestivalWindow(window: Extract<TimeWindow, { kind: 'festival' }>, locale: Locale): string {
  const { festival, from, to, past } = window
  const first = sayBound(festival, from, locale)
  const oneDay = from.years === to.years && to.days === from.days + 1
  const days = oneDay ? first : sayUntil(first, sayBound(festival, to, locale), locale)
  if (past === undefined) return days
  return locale === 'en' ? `${days} of any of the past ${past} years` : `过去 ${past} 年任一年的${days}`
}

function sayEvents(test: EventsTest, locale: Locale, currency: string): string {
  const filter = sayFilter(test, locale, currency)
  const window = sayWindow(test.window, locale)
  const one = asksForOne(test)
  if (one !== null && isAct(test.event)) {
    const tests = sayTests(test, locale, currency)
    return sayAct({ ...test, event: test.event }, one, { tests, window, locale })
  }
  const property = test.property ?? 'amount'
  const measured = test.measure === 'count' || test.measure === 'distinct' ? 'count' : property
  const operand = sayOperand(measured, test.value, { locale, currency, event: test.event })
  const op = say(operatorWords[test.op], locale)
  if (locale === 'en') {
    const what = {
      count: 'count',
      sum: `total ${sayName(property, 'en')}`,
      average: `average ${sayName(property, 'en')}`,
      distinct: `number of different ${sayName(property, 'en')}`,
      first: `first ${sayName(property, 'en')}`,
      last: `last ${sayName(property, 'en')}`,
    }
    return `${filter} ${window}: ${what[test.measure]} ${op} ${operand}`.trim()
  }
  const what = {
    count: '次数',
    sum: `${sayName(property, 'zh-CN')}合计`,
    average: `平均${sayName(property, 'zh-CN')}`,
    distinct: `不同${sayName(property, 'zh-CN')}的个数`,
    first: `首次的${sayName(property, 'zh-CN')}`,
    last: `末次的${sayName(property, 'zh-CN')}`,
  }
  return `${window}${filter}${what[test.measure]}${op} ${operand}`.trim()
}

/** How long after the step before: 'within 3 days', '3 天内'. */
function sayGap({ within }: LaterStep, locale: Locale): string {
  if (within === undefined) return ''
  return locale === 'en' ? ` within ${saySpan(within, locale)}` : ` ${saySpan(within, locale)}内`
}

function saySequence(test: SequenceTest, locale: Locale, currency: string): string {
  const { first, next, without, window } = test
  const event = (filter: EventFilter) => sayFilter(filter, locale, currency)
  if (locale === 'en') {
    const later = next.map((step) => `then ${event(step)}${sayGap(step, locale)}`)
    const not =
      without === undefined
        ? []
        : [`then no ${event(without)}${without.within === undefined ? ' since' : sayGap(without, locale)}`]
    return [`${event(first)} ${sayWindow(window, locale)}`, ...later, ...not].join(', ')
  }
  const later = next.map((step) => `之后${sayGap(step, locale)}又${event(step)}`)
  const not =
    without === undefined
      ? []
      : [`之后${sayGap(without, locale)}${without.within === undefined ? '一直' : ''}没有${event(without)}`]
  return [`${sayWindow(window, locale)}${event(first)}`, ...later, ...not].join('，')
}

/** How far off a customer's own day is: today, in or within so many days, or so many days ago. */
function sayOwnDay({ name: attribute, days: off, repeat, within }: AnniversaryTest, locale: Locale): string {
  const name = sayName(attribute, locale)
  const days = Math.abs(off)
  if (locale === 'en') {
    const once = repeat === 'once' ? ' (in its year)' : ''
    if (off === 0) return `${name} is today${once}`
    if (within) return `${name} ${off > 0 ? 'is within' : 'was in the last'} ${days} days${once}`
    return `${name} ${off > 0 ? 'in' : 'was'} ${days} days${off > 0 ? '' : ' ago'}${once}`
  }
  const once = repeat === 'once' ? '（仅那一年）' : ''
  if (off === 0) return `今天是${name}${once}`
  if (within) return `${name}在${off > 0 ? '未来' : '过去'} ${days} 天内${once}`
  return `${name}${off > 0 ? '还有' : '已过'} ${days} 天${once}`
}

/** Of what is picked for somebody: 'at least 2 of the first 3 picks (category is tea)'. */
function sayPicks({ where, first, least }: PicksTest, locale: Locale, currency: string): string {
  // Prices are money, as those of an order's lines.
  const tests = where.map((test) => sayTest(test.field, test, { locale, currency, event: lineEvent }))
  if (locale === 'en') {
    const many = least === 1 ? 'a pick' : `at least ${least} picks`
    const among = first === undefined ? '' : ` among the first ${first}`
    return `has ${many}${among}${tests.length === 0 ? '' : ` (${tests.join(', ')})`}`
  }
  const among = first === undefined ? '' : `前 ${first} 件`
  const such = tests.length === 0 ? '' : `（${tests.join('，')}）`
  return `${among}推荐商品中至少有 ${least} 件${such}`
}

function sayLeaf(test: Leaf, locale: Locale, currency: string): string {
  const english = locale === 'en'
  const sayer = { locale, currency, event: null }
  switch (test.kind) {
    case 'attribute':
      return sayTest(test.name, test, sayer)
    case 'entry':
      return `${english ? 'on entry, ' : '进入时'}${sayTest(test.property, test, sayer)}`
    case 'tag':
      return english
        ? `${test.has ? 'has' : 'lacks'} tag ${test.tag}`
        : `${test.has ? '有' : '没有'}标签「${test.tag}」`
    case 'contact': {
      const state = sayAsked(test, locale)
      const limited = limiting(test.window)
      if (limited === null) return state
      const window = sayWindow(limited, locale)
      return english ? `${state}, and that ${window}` : `${window}${state}`
    }
    case 'audience':
      return english
        ? `${test.member ? 'is in' : 'is not in'} audience ${test.audience}`
        : `${test.member ? '在' : '不在'}人群「${test.audience}」`
    case 'anniversary':
      return sayOwnDay(test, locale)
    case 'history': {
      const where = test.port === undefined ? test.node : `${test.node}.${test.port}`
      const words = sayTest(where, test, sayer)
      return english ? `times through ${words}` : `走过 ${words} 次`
    }
    case 'events':
      return sayEvents(test, locale, currency)
    case 'sequence':
      return saySequence(test, locale, currency)
    case 'picks':
      return sayPicks(test, locale, currency)
  }
}

/** A condition in words; nested groups stand in brackets. An empty group says that it is empty. */
export function sayCondition(condition: Condition, locale: Locale, currency: string): string {
  const english = locale === 'en'
  if (condition.kind === 'not') {
    const inner = sayCondition(condition.of, locale, currency)
    return english ? `not (${inner})` : `不满足（${inner}）`
  }
  if (condition.kind !== 'all' && condition.kind !== 'any') return sayLeaf(condition, locale, currency)
  if (condition.of.length === 0) return english ? '(no condition yet)' : '（还没有条件）'
  const glue = condition.kind === 'all' ? (english ? ' and ' : '，并且') : english ? ' or ' : '，或者'
  const parts = condition.of.map((part) => {
    const text = sayCondition(part, locale, currency)
    const group = (part.kind === 'all' || part.kind === 'any') && part.of.length > 1
    return group ? (english ? `(${text})` : `（${text}）`) : text
  })
  return parts.join(glue)
}
