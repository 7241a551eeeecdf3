import { describe, expect, test } from 'vitest'
import type { AttributeTypes } from '../conditions/customer.ts'
import { variablesFor } from '../nodes/variables.ts'
import { situation } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { type MessageContext, render, renderHtml, renderJson } from './render.ts'

/** 2026-08-19 09:00 in Shanghai. */
const now = Date.UTC(2026, 7, 19, 1)
const at: MessageContext = { now, zone: 'Asia/Shanghai', locale: 'zh-CN', currency: 'CNY' }

const of: AttributeTypes['of'] = {
  balance: { type: 'money', format: null },
  余额: { type: 'money', format: null },
  expires: { type: 'date', format: null },
  since: { type: 'date', format: 'serial' },
  anniversary: { type: 'date', format: null },
  visited: { type: 'time', format: null },
  points: { type: 'number', format: null },
}
const attributes = {
  balance: '1,280.00',
  余额: '¥20.5',
  expires: '2027/3/1',
  since: 44_000,
  anniversary: '8月19日',
  visited: '2026-08-10 10:30',
  points: '1,200.50',
  tier: '金卡',
}

function variables(currency = 'CNY') {
  const customer = someone({
    attributes,
    birthday: '--02-29',
    types: { of, zone: 'Asia/Shanghai', currency },
  })
  const event = {
    id: 'o1',
    properties: {
      amount: 12_850,
      items: [
        { title: '礼盒', price: 9_900 },
        { title: '茶', price: 2_950 },
      ],
    },
  }
  const entry = { trigger: 'in', timezone: null, event, anchors: {} }
  const brand = { ...sketchBrand(), currency }
  return variablesFor(situation({ now, brand, enrollment: { entry }, facts: { customer } }))
}

function says(template: string, context: Partial<MessageContext> = {}): string {
  const rendered = render(template, variables(context.currency), { ...at, ...context })
  return rendered.ok ? rendered.text : JSON.stringify(rendered.problems)
}

describe('a declared attribute in a text', () => {
  test.each([
    ['{{ customer.balance }}', '¥1,280', '¥1,280'],
    ['{{ customer.余额 }}', '¥20.50', '¥20.50'],
    ['{{ customer.expires }}', '2027 年 3 月 1 日', 'Mar 1, 2027'],
    ['{{ customer.since }}', '2020 年 6 月 18 日', 'Jun 18, 2020'],
    ['{{ customer.anniversary }}', '8 月 19 日', 'Aug 19'],
    ['{{ customer.birthday }}', '2 月 29 日', 'Feb 29'],
    ['{{ customer.visited }}', '8 月 10 日 10:30', 'Aug 10, 10:30'],
    ['{{ customer.points }}', '1200.5', '1200.5'],
    ['{{ customer.tier }}', '金卡', '金卡'],
    ['{{ entry.amount }}', '¥128.50', '¥128.50'],
    [
      '{% for item in entry.items %}{{ item.title }} {{ item.price }} {% endfor %}',
      '礼盒 ¥99 茶 ¥29.50 ',
      '礼盒 ¥99 茶 ¥29.50 ',
    ],
    ['{% assign left = customer.balance %}{{ left }}', '¥1,280', '¥1,280'],
    ["{{ customer.balance | default: '0' }}", '¥1,280', '¥1,280'],
    ['{% capture b %}{{ customer.balance }}{% endcapture %}{{ b }}', '¥1,280', '¥1,280'],
  ])('%s says itself as its type has it', (template, zh, en) => {
    expect(says(template)).toBe(zh)
    expect(says(template, { locale: 'en' })).toBe(en)
  })

  test('is money of the brand’s currency, with its decimals', () => {
    expect(says('{{ customer.balance }} {{ customer.balance | money }}', { currency: 'JPY' })).toBe(
      '¥1,280 ¥1,280',
    )
    expect(says('{{ customer.balance }}', { currency: 'KWD' })).toBe('KWD 1,280')
    expect(says('{{ entry.amount }}', { currency: 'JPY' })).toBe('¥12,850')
  })

  test.each([
    ['余额 ¥{{ customer.balance }}', '余额 ¥1,280'],
    ['余额 {{ customer.balance }}元', '余额 1,280元'],
    ['余额 {{ customer.余额 }} 元', '余额 20.50 元'],
    ['{{ customer.balance }} RMB', '1,280 RMB'],
    ['{{ customer.balance }} 元旦前有效', '¥1,280 元旦前有效'],
  ])('where the text names the currency itself, as in %s, does not name it twice', (template, text) => {
    expect(says(template)).toBe(text)
  })

  test('is reckoned with, compared and written by filters as it came in', () => {
    expect(says('{% if customer.balance > 1000 %}much{% endif %}')).toBe('much')
    expect(says('{{ customer.balance | minus: 80 }}')).toBe('1200')
    expect(says('{{ customer.余额 | times: 2 }}')).toBe('41')
    expect(says('{{ customer.balance | money }}')).toBe('¥1,280')
    expect(says("{{ customer.expires | date: '%Y-%m-%d' }}")).toBe('2027-03-01')
    expect(says('{{ customer.expires | date_local }}')).toBe('3 月 1 日')
    expect(says('{{ entry.amount | divided_by: 100 }}')).toBe('128.5')
    expect(says('{% if entry.amount >= 12850 %}big{% endif %}')).toBe('big')
    expect(says("{{ entry.items | map: 'price' | sum }}")).toBe('12850')
    expect(says('{{ customer.balance | json }}')).toBe('1280')
  })

  test('is escaped in HTML like any other value, and plain in JSON that a program reads', () => {
    expect(renderHtml('<b>{{ customer.balance }}</b>', variables(), at)).toMatchObject({
      text: '<b>¥1,280</b>',
    })
    expect(renderJson('{"amount": {{ entry.amount }}}', variables(), at)).toMatchObject({
      text: '{"amount": 12850}',
    })
  })

  test('is told among the values that were used as it was said', () => {
    const rendered = render('{{ customer.balance }}', variables(), { ...at, collect: true })
    expect(rendered).toMatchObject({ used: { 'customer.balance': '¥1,280' } })
  })
})

test('a coupon says its worth and its end without a filter', () => {
  const coupon = {
    ...{ code: 'QX', value: 2000, minSpend: 9900, name: { en: 'Off' } },
    expiresAt: Date.parse('2026-09-02T00:00:00+08:00'),
  }
  const given = variablesFor(situation({ now, enrollment: { coupons: { gift: coupon } } }))
  const text = render(
    '{{ coupon.value }} off {{ coupon.min_spend }} until {{ coupon.expires_at }}',
    given,
    at,
  )
  expect(text).toMatchObject({ text: '¥20 off ¥99 until 9 月 1 日' })
})
