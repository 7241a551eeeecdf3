import { describe, expect, test } from 'vitest'
import { sayCondition, sayName } from './say.ts'
import { conditionSchema } from './schema.ts'

const say = (written: unknown, locale: 'zh-CN' | 'en') =>
  sayCondition(conditionSchema.parse(written), locale, 'CNY')
const spent = {
  kind: 'events',
  event: 'order',
  measure: 'sum',
  property: 'amount',
  window: { kind: 'last', span: { amount: 2, unit: 'year' } },
  op: 'gt',
  value: 20_000,
}

test('a condition is said in the marketer’s language, amounts with their sign', () => {
  expect(say(spent, 'zh-CN')).toContain('¥200')
  expect(say(spent, 'zh-CN')).toContain('下单')
  expect(say(spent, 'en')).toContain('total amount is over ¥200')
})

test('an average is an amount, and how many different ones there are is none', () => {
  expect(say({ ...spent, measure: 'average' }, 'zh-CN')).toBe('近 2 年下单平均金额大于 ¥200')
  const kinds = { ...spent, measure: 'distinct', property: 'category', op: 'gte', value: 2 }
  expect(say(kinds, 'zh-CN')).toBe('近 2 年下单不同品类的个数不少于 2')
  expect(say(kinds, 'en')).toBe('order in the last 2 years: number of different category is at least 2')
})

test('words of Chinese stand without a space between them, others with one', () => {
  const is = (name: string, value: string | number) => ({ kind: 'attribute', name, op: 'eq', value })
  expect(say(is('city', '杭州'), 'zh-CN')).toBe('城市是杭州')
  expect(say(is('shoe_size', 42), 'zh-CN')).toBe('shoe_size 是 42')
  expect(say(is('city', '杭州'), 'en')).toBe('city is 杭州')
})

test('groups are joined by words and bracketed where they are nested', () => {
  const tag = (name: string) => ({ kind: 'tag', tag: name })
  const nested = { kind: 'all', of: [tag('金卡'), { kind: 'any', of: [tag('香氛'), tag('茶')] }] }
  expect(say(nested, 'zh-CN')).toBe('有标签「金卡」，并且（有标签「香氛」，或者有标签「茶」）')
  expect(say(nested, 'en')).toBe('has tag 金卡 and (has tag 香氛 or has tag 茶)')
  expect(say({ kind: 'not', of: tag('a') }, 'en')).toBe('not (has tag a)')
})

test('an empty group says that it is empty', () => {
  expect(say({ kind: 'all', of: [] }, 'zh-CN')).toBe('（还没有条件）')
  expect(say({ kind: 'any', of: [] }, 'en')).toBe('(no condition yet)')
})

test('a name that the field has no word for is said as it is written', () => {
  expect(sayName('member_registered', 'zh-CN')).toBe('注册会员')
  expect(sayName('constructor', 'en')).toBe('constructor')
  expect(sayName('skin_type', 'zh-CN')).toBe('skin_type')
})

test('every kind of test can be said in both languages', () => {
  const comparison = { op: 'gte', value: 1 }
  const leaves = [
    { kind: 'attribute', name: 'city', op: 'is_set' },
    { kind: 'audience', audience: 'vip' },
    { kind: 'anniversary', name: 'birthday', days: 7 },
    { kind: 'history', node: 'sms', port: 'sent', ...comparison },
    { kind: 'entry', property: 'source', op: 'in', value: ['a', 'b'] },
    {
      ...spent,
      window: {
        kind: 'festival',
        festival: 'qixi',
        from: { years: -2, days: -14 },
        to: { days: -14 },
        past: 2,
      },
    },
    { ...spent, window: { kind: 'since_entry' } },
    { ...spent, window: { kind: 'between', from: '2026-01-01' } },
    { ...spent, measure: 'last', property: 'days_ago' },
  ]
  for (const leaf of leaves) {
    expect(say(leaf, 'zh-CN')).toMatch(/\p{Script=Han}/u)
    expect(say(leaf, 'en')).not.toMatch(/\p{Script=Han}|undefined/u)
  }
})

describe('days around a festival', () => {
  const around = (from: object, to: object, more: object = {}) =>
    ({ kind: 'festival', festival: 'qixi', from, to, ...more }) as const
  const said = (window: object) => {
    const test = { kind: 'events', event: 'order', measure: 'count', op: 'gte', value: 1, window }
    return [say(test, 'zh-CN'), say(test, 'en')]
  }

  test('that are one day are said as that day', () => {
    expect(said(around({ days: 0 }, { days: 1 }))).toEqual([
      '七夕当天下单次数不少于 1',
      'order on Qixi: count is at least 1',
    ])
  })

  test('do not hold the last one', () => {
    expect(said(around({ days: -14 }, { days: 0 }, { past: 2 }))).toEqual([
      '过去 2 年任一年的七夕前 14 天至七夕当天（不含）下单次数不少于 1',
      'order from 14 days before Qixi until Qixi of any of the past 2 years: count is at least 1',
    ])
    expect(said(around({ years: -2, days: -14 }, { days: -14 }))).toEqual([
      '七夕前 14 天的 2 年前至七夕前 14 天（不含）下单次数不少于 1',
      'order from 2 years before (14 days before Qixi) until 14 days before Qixi: count is at least 1',
    ])
  })
})

test('a customer’s own day says whether it comes once, and within how many days', () => {
  const day = { kind: 'anniversary', name: '到期日', days: 7, repeat: 'once', within: true } as const
  expect(sayCondition(day, 'zh-CN', 'CNY')).toBe('到期日在未来 7 天内（仅那一年）')
  expect(sayCondition(day, 'en', 'CNY')).toBe('到期日 is within 7 days (in its year)')
  expect(sayCondition({ ...day, days: -7 }, 'en', 'CNY')).toBe('到期日 was in the last 7 days (in its year)')
})

test('one thing after another says what follows, how soon, and what does not', () => {
  const cart = { event: 'add_to_cart' }
  const week = { kind: 'last', span: { amount: 7, unit: 'day' } }
  const within = { amount: 1, unit: 'day' }
  const bought = { kind: 'sequence', first: cart, next: [{ event: 'order', within }], window: week }
  expect(say(bought, 'zh-CN')).toBe('近 7 天加购，之后 1 天内又下单')
  expect(say(bought, 'en')).toBe('add to cart in the last 7 days, then order within 1 day')
  expect(say({ ...bought, next: [{ event: 'order' }] }, 'zh-CN')).toBe('近 7 天加购，之后又下单')
  const left = { kind: 'sequence', first: cart, without: { event: 'order', within } }
  expect(say(left, 'zh-CN')).toBe('至今加购，之后 1 天内没有下单')
  expect(say(left, 'en')).toBe('add to cart ever, then no order within 1 day')
  expect(say({ ...left, without: { event: 'order' } }, 'zh-CN')).toBe('至今加购，之后一直没有下单')
  expect(say({ ...left, without: { event: 'order' } }, 'en')).toBe('add to cart ever, then no order since')
})

test('what was bought line by line is said with its prices, and a channel with what is so of it', () => {
  const line = { kind: 'events', event: '$order_line', op: 'gte', value: 1 }
  const where = [
    { property: 'category', op: 'eq', value: '香氛' },
    { property: 'price', op: 'gte', value: 10_000 },
  ]
  expect(say({ ...line, where }, 'zh-CN')).toBe('至今购买商品（品类是香氛，价格不少于 ¥100）次数不少于 1')
  expect(say({ ...line, where }, 'en')).toBe(
    'item bought (category is 香氛, price is at least ¥100) ever: count is at least 1',
  )
  const pieces = { ...line, measure: 'sum', property: 'quantity', value: 3 }
  expect(say(pieces, 'zh-CN')).toBe('至今购买商品数量合计不少于 3')
  const contact = { kind: 'contact', channel: 'sms', state: 'agreed' }
  expect([say(contact, 'zh-CN'), say(contact, 'en')]).toEqual([
    '同意接收短信营销',
    'has agreed to marketing by SMS',
  ])
  const gone = { kind: 'contact', channel: 'email', state: 'opted_out' }
  expect([say(gone, 'zh-CN'), say(gone, 'en')]).toEqual(['退订了邮件', 'has unsubscribed from e-mail'])
})

test('since when somebody has agreed, and which address is verified, is said with its stretch of time', () => {
  const last = { kind: 'last', span: { amount: 30, unit: 'day' } }
  const agreed = { kind: 'contact', channel: 'sms', state: 'agreed', window: last }
  expect([say(agreed, 'zh-CN'), say(agreed, 'en')]).toEqual([
    '近 30 天同意接收短信营销',
    'has agreed to marketing by SMS, and that in the last 30 days',
  ])
  const verified = { kind: 'contact', channel: 'email', state: 'verified', window: last }
  expect([say(verified, 'zh-CN'), say(verified, 'en')]).toEqual([
    '近 30 天邮件的收信地址已验证',
    'has a verified address for e-mail, and that in the last 30 days',
  ])
})

test('a channel that a score names is called by its name', () => {
  const answers = { kind: 'attribute', name: 'score_response_channel', op: 'eq', value: 'email' }
  expect(say(answers, 'en')).toContain('E-mail')
  expect(say(answers, 'zh-CN')).toContain('邮件')
  // One that a brand's own events name is called as they do.
  expect(say({ ...answers, value: 'douyin' }, 'en')).toContain('douyin')
})
