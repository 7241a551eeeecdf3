import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { sayMoney } from '../../../shared/money.ts'
import type { Locale } from '../../../shared/text.ts'
import en from '../../locales/en/index.ts'
import zh from '../../locales/zh-CN/index.ts'
import { sayFallback } from '../../ui/fallback.ts'
import { sayTime } from '../../ui/time.ts'
import { sayValue } from './seen.ts'
import { byDay, type Sayings, sayProperties, sayStep, storyOf, type TimelineEntry } from './story.ts'

const i18n = createInstance()
void i18n.init({
  resources: { 'zh-CN': zh, en },
  lng: 'zh-CN',
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
})

const zone = 'Asia/Shanghai'
const sayings = (locale: Locale): Sayings => ({
  t: i18n.getFixedT(locale, 'customers'),
  locale,
  time: (at) => sayTime(at, zone, locale, 'short'),
  currency: 'CNY',
  money: (minor) => sayMoney(minor, 'CNY'),
  port: ({ outcome }) => outcome ?? '',
  audience: (key) => key,
  node: (_, id) => id,
  fallback: (reason) => sayFallback(reason, i18n.getFixedT(locale, 'common')),
})

const at = Date.parse('2027-08-05T10:00:00+08:00')
const step = (reason: TimelineEntry['reason'], outcome = 'done'): TimelineEntry => ({
  at,
  kind: 'step',
  title: 'node',
  journeyId: 'qixi',
  journeyName: { en: 'Qixi' },
  node: 'node',
  nodeName: { en: 'Node' },
  outcome,
  text: null,
  reason,
  tests: null,
  status: null,
  model: null,
})
const zhText = (reason: TimelineEntry['reason'], outcome?: string) =>
  sayStep(step(reason, outcome), sayings('zh-CN'))
const enText = (reason: TimelineEntry['reason'], outcome?: string) =>
  sayStep(step(reason, outcome), sayings('en'))

describe('a step of a journey says why', () => {
  test('the control group walks along and gets nothing', () => {
    expect(zhText({ code: 'entered', control: true }).text).toContain('对照组')
    expect(enText({ code: 'entered', control: false }).text).toBe('Entered the journey')
  })

  test('a branch shows the values that it saw', () => {
    const seen = [
      { kind: 'events', name: 'count order', actual: 0, holds: false },
      { kind: 'attribute', name: 'city', actual: '杭州', holds: true },
      { kind: 'events', name: 'sum order', actual: 26900, holds: true },
    ]
    const said = zhText({ code: 'condition-held', seen }, 'bought')
    expect(said.text).toBe('符合「bought」')
    expect(said.seen).toBe('当时：次数（下单）0，城市 杭州，合计（下单）¥269')
  })

  test('a branch shows what was found on average, and how many different ones', () => {
    const seen = [
      { kind: 'events', name: 'average order', actual: 26_900 / 3, holds: false },
      { kind: 'events', name: 'distinct order', actual: 2, holds: true },
    ]
    expect(zhText({ code: 'condition-held', seen }, 'bought').seen).toBe(
      '当时：平均（下单）¥89.67，不同的个数（下单）2',
    )
    expect(enText({ code: 'condition-held', seen }, 'bought').seen).toContain('average of order ¥89.67')
    const spent: Condition = {
      ...{ kind: 'events', event: 'order', where: [], measure: 'average' },
      ...{ window: { kind: 'since_entry' }, op: 'gt', value: 20_000 },
    }
    const scored: Condition = { ...spent, property: 'score', value: 4 }
    const entry = { ...step({ code: 'condition-held', seen: [seen[0] ?? null] }), tests: [spent] }
    expect(sayStep(entry, sayings('zh-CN')).seen).toContain('平均金额大于 ¥200（当时 ¥89.67）')
    const score = { kind: 'events', name: 'average order', actual: 10 / 3, holds: false }
    const other = { ...step({ code: 'condition-held', seen: [score] }), tests: [scored] }
    expect(sayStep(other, sayings('zh-CN')).seen).toContain('（当时 3.33）')
  })

  test('a branch says what would have had to differ', () => {
    const bought: Condition = {
      kind: 'events',
      event: 'order',
      where: [],
      measure: 'sum',
      window: { kind: 'since_entry' },
      op: 'gt',
      value: 20_000,
    }
    const vip: Condition = { kind: 'tag', tag: 'VIP', has: true }
    const seen = [
      { kind: 'tag', name: 'VIP', actual: false, holds: false },
      { kind: 'events', name: 'sum order', actual: 9900, holds: false },
    ]
    const entry = { ...step({ code: 'no-condition-held', seen }), tests: [vip, bought] }
    expect(sayStep(entry, sayings('zh-CN')).seen).toBe(
      '没满足：有标签「VIP」；没满足：进入旅程后下单金额合计大于 ¥200（当时 ¥99）',
    )
    expect(sayStep(entry, sayings('en')).seen).toBe(
      'Not met: has tag VIP; Not met: order since entering: total amount is over ¥200 (was ¥99)',
    )
    const held = {
      ...entry,
      reason: { code: 'condition-held', seen: [{ ...seen[1], holds: true }] },
      tests: [bought],
    }
    expect(sayStep(held, sayings('zh-CN')).seen).toBe('满足：进入旅程后下单金额合计大于 ¥200（当时 ¥99）')
  })

  test('a gate that held a message back is named', () => {
    expect(zhText({ code: 'suppressed', gate: 'cap' }, 'not_sent')).toMatchObject({
      text: '没有发送：已到频次上限',
      tone: 'held',
    })
    expect(enText({ code: 'suppressed', gate: 'control_group' }, 'not_issued').text).toBe(
      'No coupon: in the control group',
    )
    const render = {
      code: 'suppressed',
      gate: 'render',
      problems: [{ code: 'missing-value', name: 'customer.tier' }],
    }
    expect(enText(render, 'not_sent').seen).toBe('customer.tier')
  })

  test('a message says which products it could show, and why', () => {
    const picked = [
      { id: 'POT', title: '紫砂壶', why: { code: 'together', with: 'TEA', title: '龙井' } },
      { id: 'CUP', title: '盖碗', why: { code: 'popular' } },
    ]
    expect(zhText({ code: 'sent', picked }, 'sent').seen).toBe(
      '可推荐的商品：紫砂壶（买过“龙井”的人也常买），盖碗（大家都在买）',
    )
    expect(enText({ code: 'sent' }, 'sent').seen).toBeNull()
  })

  test('the lines of an order are told by what they are of and how many, never as the program keeps them', () => {
    const items = [
      { sku: 'CL-1', title: '龙井', quantity: 2, price: 26_800 },
      { sku: 'CL-2' },
      '贺卡',
      { note: 1 },
    ]
    expect(sayValue(items, 'zh-CN')).toBe('龙井 ×2、CL-2、贺卡、{"note":1}')
  })

  test('a message says that the written text was used, and why', () => {
    expect(zhText({ code: 'sent', fallback: 'timeout' }, 'sent').text).toBe(
      '消息已排队发出。AI 没有及时回答，用的是写好的原文',
    )
    expect(enText({ code: 'sent', fallback: 'something-new' }, 'sent').text).toContain('no usable text')
  })

  test('waits, coupons and goals tell their times and amounts', () => {
    expect(zhText({ code: 'late', at, policy: 'skip' }).text).toContain('8 月 5 日 10:00')
    expect(enText({ code: 'coupon-issued', coupon: 'QX7', expiresAt: at }, 'issued').text).toContain('QX7')
    expect(zhText({ code: 'goal-reached', event: 'order', value: 26900 }, 'reached').text).toBe(
      '达成目标：下单 ¥269',
    )
  })

  test('a reason that this page does not know still names the way taken', () => {
    expect(enText({ code: 'brand-new' }, 'vip').text).toBe('Takes “vip”')
  })
})

test('an event tells what it carried, without the ids of the message that led to it', () => {
  const reason = { amount: 26900, product: '礼盒', missing: null, message_id: 7, node: 'sms-t0', seconds: 42 }
  expect(sayProperties(reason, sayings('zh-CN'))).toBe('金额 ¥269 · 商品 礼盒 · 停留秒数 42')
  expect(sayProperties({ code: 'QX-2', order: 'MG270808-12' }, sayings('zh-CN'))).toBe(
    '券码 QX-2 · 订单 MG270808-12',
  )
  expect(sayProperties({ node: 'kitchen', price: 9900 }, sayings('en'))).toBe('node kitchen · price ¥99')
})

test('the story is read by days', () => {
  const entries = [
    step(null),
    { ...step(null), kind: 'event' as const },
    { ...step(null), at: at - 86_400_000 },
  ]
  const day = (moment: number) => sayTime(moment, zone, 'en', 'shortDate')
  expect(byDay(entries, day).map((each) => [each.day, each.entries.length])).toEqual([
    ['5 Aug', 2],
    ['4 Aug', 1],
  ])
})

test('a message that stands in the story is not told twice', () => {
  const sent = step({ code: 'sent' }, 'sent')
  const message = { ...sent, kind: 'message' as const, reason: null }
  expect(storyOf([message, sent])).toEqual([message])
  expect(storyOf([sent])).toEqual([sent])
})
