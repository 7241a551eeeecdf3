import { describe, expect, test } from 'vitest'
import type { Customer } from '../conditions/customer.ts'
import type { Effect } from '../effects/index.ts'
import type { Reply } from '../effects/requests/index.ts'
import { decideWith, type Situation, situation } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { send } from './send.ts'
import type { Decision } from './type.ts'
import { variablesFor } from './variables.ts'

const noon = '2026-08-05T12:00:00+08:00'
const night = '2026-08-05T22:30:00+08:00'
const morning = Date.parse('2026-08-06T09:00:00+08:00')
const sms = {
  channel: 'sms',
  text: { 'zh-CN': '{{ customer.name }}，您好', en: 'Hello {{ customer.name }}' },
}

function decide(config: object = {}, more: Situation = {}): Decision {
  return decideWith(send, { ...sms, ...config }, { now: noon, ...more })
}
const to = (customer: Partial<Customer>, more: Situation = {}): Situation => ({
  ...more,
  facts: { ...more.facts, customer: someone(customer) },
})
function gateOf(decision: Decision): unknown {
  return decision.kind === 'leave' && decision.port === 'not_sent' ? decision.reason.gate : decision.kind
}
function effectOf<K extends Effect['kind']>(
  decision: Decision,
  kind: K,
): Extract<Effect, { kind: K }> | undefined {
  const effects = decision.kind === 'left' ? [] : (decision.effects ?? [])
  return effects.find((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind)
}

test('tells its channel and how its text begins, without the form of address', () => {
  const described = (text: string) =>
    send.describe(send.config.parse({ channel: 'sms', text: { 'zh-CN': text } }), {
      locale: 'zh-CN',
      currency: 'CNY',
    })
  expect(described('{{ customer.name }}，离七夕还有两周。')).toBe('短信 · 离七夕还有两周。')
  expect(described('券 {{ coupon.code }} 已放好')).toBe('短信 · 券 … 已放好')
  expect(described('字'.repeat(80))).toBe(`短信 · ${'字'.repeat(59)}…`)
})

describe('a message that nothing holds back', () => {
  test('leaves with signature, opt-out words, parts and cost', () => {
    expect(decide()).toEqual({
      kind: 'leave',
      port: 'sent',
      effects: [
        {
          kind: 'send',
          channel: 'sms',
          to: '19900000001',
          purpose: 'marketing',
          subject: null,
          text: '【鹊桥礼物】王芳，您好拒收请回复R',
          format: 'text',
          parts: 1,
          costMilli: 45,
          coupon: null,
          model: null,
        },
      ],
      reason: { code: 'sent' },
    })
  })

  test('is in the customer’s language where the customer has one', () => {
    expect(effectOf(decide({}, to({ language: 'en-GB' })), 'send')?.text).toContain('Hello 王芳')
    expect(effectOf(decide({}, to({ language: 'fr' })), 'send')?.text).toContain('您好')
  })

  test('by e-mail has its subject, and is sent to the mailbox', () => {
    const mail = { channel: 'email', subject: { en: 'For {{ customer.name }}' } }
    expect(effectOf(decide(mail), 'send')).toMatchObject({
      to: 'wang@example.com',
      subject: 'For 王芳',
      parts: 1,
    })
  })

  test('costs what the brand pays, by the part', () => {
    const brand = sketchBrand({ prices: { sms: 60 } })
    const long = { text: { 'zh-CN': '礼'.repeat(100) } }
    expect(effectOf(decide(long, { brand }), 'send')).toMatchObject({ parts: 2, costMilli: 120 })
  })
})

describe('the gates, each with its reason', () => {
  test.each<[string, Situation]>([
    ['unsubscribed', to({ unsubscribed: ['sms'] })],
    ['no_consent', to({ consentSms: false })],
    ['blacklisted', to({ blacklisted: true })],
    ['no_address', to({ phone: null })],
    ['no_address', to({ phone: '' })],
    ['control_group', { enrollment: { control: true } }],
    ['render', to({ name: null })],
    ['render', to({ name: '  ' })],
  ])('%s', (gate, more) => {
    expect(gateOf(decide({}, more))).toBe(gate)
  })

  test('consent that was never given is needed where the brand asks for it', () => {
    const brand = sketchBrand({ consent: 'explicit' })
    expect(gateOf(decide({}, { brand }))).toBe('no_consent')
    expect(gateOf(decide({}, to({ consentSms: true }, { brand })))).toBe('leave')
  })

  test('a refusal of one channel is none of another', () => {
    const mail = { channel: 'email', subject: { en: 's' } }
    expect(gateOf(decide(mail, to({ unsubscribed: ['sms'], consentSms: false })))).toBe('leave')
  })

  test('caps count over rolling windows, per channel and in total', () => {
    const at = Date.parse(noon)
    const touch = (channel: string, daysAgo: number) => ({ channel, at: at - daysAgo * 86_400_000 })
    const capped = (caps: object[], touches: ReturnType<typeof touch>[]) =>
      gateOf(decide({}, { brand: sketchBrand({ caps }), facts: { touches } }))
    expect(capped([{ channel: 'sms', messages: 2, days: 7 }], [touch('sms', 1), touch('sms', 6)])).toBe('cap')
    expect(capped([{ channel: 'sms', messages: 2, days: 7 }], [touch('sms', 1), touch('sms', 7)])).toBe(
      'leave',
    )
    expect(capped([{ channel: 'sms', messages: 2, days: 7 }], [touch('sms', 1), touch('email', 1)])).toBe(
      'leave',
    )
    expect(capped([{ channel: null, messages: 2, days: 7 }], [touch('sms', 1), touch('email', 1)])).toBe(
      'cap',
    )
  })

  test('a prohibited word is found in the text and in what is put into it', () => {
    expect(decide({ text: { 'zh-CN': '全国第一' } })).toMatchObject({
      port: 'not_sent',
      reason: { gate: 'compliance' },
    })
    expect(gateOf(decide({}, to({ name: '国家级' })))).toBe('compliance')
  })

  test('a value that is missing is named', () => {
    const missing = decide(
      { text: { 'zh-CN': '{{ customer.city }}的{{ customer.name }}' } },
      to({ name: null }),
    )
    expect(missing).toMatchObject({
      reason: {
        gate: 'render',
        problems: [
          { code: 'missing-value', name: 'customer.city' },
          { code: 'missing-value', name: 'customer.name' },
        ],
      },
    })
  })

  test('a text that comes to nothing for a customer is not sent as a bare signature', () => {
    const text = { 'zh-CN': '{% if customer.city %}{{ customer.city }}的朋友，您好{% endif %}' }
    expect(decide({ text }, to({ city: '杭州' }))).toMatchObject({ port: 'sent' })
    expect(decide({ text }, to({ city: null }))).toMatchObject({
      port: 'not_sent',
      reason: { gate: 'render', problems: [{ code: 'blank-message', name: null }] },
    })
  })

  test('are asked in their order: whoever closes first is the reason', () => {
    const all = to(
      { unsubscribed: ['sms'], consentSms: false, blacklisted: true, phone: null, name: null },
      { now: night, enrollment: { control: true } },
    )
    const open: [string, Partial<Customer>][] = [
      ['unsubscribed', {}],
      ['no_consent', { unsubscribed: [] }],
      ['blacklisted', { consentSms: true }],
      ['no_address', { blacklisted: false }],
      ['control_group', { phone: '19900000001' }],
    ]
    let customer = all.facts?.customer ?? someone()
    for (const [gate, more] of open) {
      customer = { ...customer, ...more }
      expect(gateOf(decide({}, { ...all, facts: { customer } }))).toBe(gate)
    }
    const late = decide({}, { now: night, facts: { customer } })
    expect(late).toMatchObject({ kind: 'wait', reason: { gate: 'quiet_hours' } })
    expect(gateOf(decide({}, { facts: { customer } }))).toBe('render')
  })

  test('a service message passes opt-out, consent, caps and quiet hours, not the blacklist', () => {
    const brand = sketchBrand({ caps: [{ channel: null, messages: 1, days: 1 }] })
    const touches = [{ channel: 'sms', at: Date.parse(night) - 1 }]
    const service = { purpose: 'service' }
    const refused = to(
      { unsubscribed: ['sms'], consentSms: false },
      { now: night, brand, facts: { touches } },
    )
    const decision = decide(service, refused)
    expect(effectOf(decision, 'send')?.text).toBe('【鹊桥礼物】王芳，您好')
    expect(gateOf(decide(service, to({ blacklisted: true })))).toBe('blacklisted')
  })
})

describe('in quiet hours', () => {
  test('the message waits for the morning', () => {
    expect(decide({}, { now: night })).toEqual({
      kind: 'wait',
      wait: { until: morning, event: null, cause: 'quiet_hours' as const },
      reason: { code: 'deferred', gate: 'quiet_hours', until: morning },
    })
  })

  test('the gates are asked anew in the morning', () => {
    const wait = { until: morning, event: null, cause: 'quiet_hours' as const }
    const again = { now: morning, wake: { kind: 'timer' }, enrollment: { wait } } as const
    expect(decide({}, again)).toMatchObject({ port: 'sent' })
    expect(gateOf(decide({}, to({ unsubscribed: ['sms'] }, again)))).toBe('unsubscribed')
  })

  test('the message is left out where so chosen', () => {
    expect(gateOf(decide({ quiet: 'skip' }, { now: night }))).toBe('quiet_hours')
  })

  test('are those of the customer’s own zone, and of no brand that has none', () => {
    expect(gateOf(decide({}, to({ timezone: 'Europe/London' }, { now: night })))).toBe('leave')
    expect(gateOf(decide({}, { now: night, brand: sketchBrand({ quietHours: null }) }))).toBe('leave')
  })
})

describe('a message that a model polishes', () => {
  const ai = { ai: { instructions: '温暖', maxChars: 60, waitMinutes: 10 } }
  const asked = Date.parse(noon)
  const wait = { until: asked + 600_000, event: null, cause: 'reply' as const }
  const replied = (reply: Reply, more: Situation = {}): Situation => ({
    wake: { kind: 'reply' },
    enrollment: { wait },
    ...more,
    facts: { ...more.facts, reply },
  })
  const good: Reply = { ok: true, text: '王芳，七夕快到了，想你了', model: 'demo-model' }

  test('is asked for once, with the text, the limits and the customer’s facts but no contact data', () => {
    const attributes = {
      tier: '金卡',
      points: 1280,
      身份证号: '110101199003071234',
      note: '电话 138 0000 1234',
    }
    const decision = decide(ai, to({ city: '杭州', attributes }))
    expect(decision).toMatchObject({ kind: 'wait', wait, reason: { code: 'asked' } })
    expect(effectOf(decision, 'ask')).toEqual({
      kind: 'ask',
      request: {
        to: 'model',
        channel: 'sms',
        sop: '王芳，您好',
        instructions: '温暖',
        facts: { name: '王芳', city: '杭州', gender: null },
        maxChars: 60,
      },
    })
  })

  test('is told the facts that the marketer chose, and never who somebody is', () => {
    const attributes = {
      ...{ tier: '金卡', points: 1280, 身份证号: '110101199003071234', 会员备注: '电话 138 0000 1234' },
      ...{
        证件: 'E12345678',
        openid: 'oAbc',
        偏好: '香薰',
        联系: 'wang@example.com',
        尾号: '6222 0200 0000 1234 567',
      },
    }
    const facts = ['name', ...Object.keys(attributes)]
    const decision = decide({ ai: { ...ai.ai, facts } }, to({ attributes }))
    const request = effectOf(decision, 'ask')?.request
    expect(request?.to === 'model' ? request.facts : null).toEqual({
      name: '王芳',
      tier: '金卡',
      points: 1280,
      偏好: '香薰',
    })
    const checked = send.check?.(send.config.parse({ ...sms, ai: { facts } }), { zone: 'UTC', now: 0 })
    expect(checked?.map(({ code, details }) => [code, details?.fact])).toEqual([
      ['identifying-fact', '身份证号'],
      ['identifying-fact', '证件'],
      ['identifying-fact', 'openid'],
    ])
  })

  test('is not asked for when a gate is closed', () => {
    for (const more of [{ enrollment: { control: true } }, to({ phone: null }), to({ name: null })])
      expect(effectOf(decide(ai, more), 'ask')).toBeUndefined()
  })

  test('is sent as the model wrote it, in the brand’s frame, with the model’s name', () => {
    const decision = decide(ai, replied(good))
    expect(decision).toMatchObject({ port: 'sent', reason: { code: 'sent' } })
    expect(effectOf(decision, 'send')).toMatchObject({
      text: '【鹊桥礼物】王芳，七夕快到了，想你了拒收请回复R',
      model: 'demo-model',
    })
  })

  test.each<[string, Situation]>([
    ['ai-timeout', replied({ ok: false, reason: 'ai-timeout' })],
    ['compliance', replied({ ok: true, text: '全国第一的礼物', model: 'm' })],
    ['no-reply', { now: wait.until, wake: { kind: 'timer' }, enrollment: { wait } }],
    ['no-key', { askModel: false }],
  ])('falls back to the written text, and says why: %s', (fallback, more) => {
    const decision = decide(ai, more)
    expect(decision).toMatchObject({ port: 'sent', reason: { code: 'sent', fallback } })
    expect(effectOf(decision, 'send')).toMatchObject({
      text: '【鹊桥礼物】王芳，您好拒收请回复R',
      model: null,
    })
  })

  test('meets the gates again after the reply', () => {
    expect(gateOf(decide(ai, to({ unsubscribed: ['sms'] }, replied(good))))).toBe('unsubscribed')
    expect(decide(ai, replied(good, { now: night }))).toMatchObject({
      kind: 'wait',
      wait: { until: morning },
    })
  })

  test('is not asked for a second time when the time limit fell into the quiet hours', () => {
    const overdue = decide(ai, { now: night, wake: { kind: 'timer' }, enrollment: { wait } })
    expect(overdue).toMatchObject({ kind: 'wait', wait: { until: morning } })
    if (overdue.kind !== 'wait') return
    const later = decide(ai, { now: morning, wake: { kind: 'timer' }, enrollment: { wait: overdue.wait } })
    expect(effectOf(later, 'ask')).toBeUndefined()
    expect(later).toMatchObject({ port: 'sent', reason: { fallback: 'no-reply' } })
  })

  test('is waited for until the time limit, whatever wakes the node before', () => {
    const early = { now: wait.until - 1, enrollment: { wait } }
    expect(decide(ai, { ...early, wake: { kind: 'timer' } })).toEqual({
      kind: 'wait',
      wait,
      reason: { code: 'waiting', until: wait.until },
    })
  })

  test('is asked for in the morning when the message was held back at night', () => {
    const held = decide(ai, { now: night })
    if (held.kind !== 'wait') throw new Error('a wait was expected')
    const later = decide(ai, { now: morning, wake: { kind: 'timer' }, enrollment: { wait: held.wait } })
    expect(effectOf(later, 'ask')).toBeDefined()
  })
})

describe('what a text may use', () => {
  test('is the customer, the brand, the journey, the festival, the last coupon and the entry’s event', () => {
    const coupon = {
      code: 'A1',
      value: 3000,
      minSpend: 0,
      expiresAt: Date.parse('2026-08-20T00:00:00+08:00'),
      name: { en: 'c' },
    }
    const input = situation({
      now: noon,
      enrollment: {
        entry: {
          trigger: 'in',
          timezone: null,
          event: { id: 'e', properties: { product: '香氛' } },
          anchors: { qixi: '2026-08-19' },
        },
        coupons: { first: { ...coupon, code: 'A0' }, second: coupon },
      },
      facts: { customer: someone({ attributes: { tier: '金卡', name: '别名' } }) },
    })
    const variables = variablesFor(input)
    expect(variables).toMatchObject({
      customer: { id: 'c1', name: '王芳', tier: '金卡' },
      brand: { name: '鹊桥礼物' },
      journey: { name: '草图' },
      festival: { name: '七夕', date: '2026-08-19', days_left: 14 },
      coupon: { code: 'A1', value: { minor: 3000 } },
      entry: { product: '香氛' },
    })
    expect(variables.customer).not.toHaveProperty('phone')
  })

  test('tells the last day of a coupon, not the midnight after it', () => {
    const coupon = {
      code: 'A1',
      value: 3000,
      minSpend: 0,
      expiresAt: Date.parse('2026-08-20T00:00:00+08:00'),
      name: { en: 'c' },
    }
    const text = { 'zh-CN': '有效至 {{ coupon.expires_at | date_local }}' }
    expect(effectOf(decide({ text }, { enrollment: { coupons: { gift: coupon } } }), 'send')?.text).toContain(
      '8 月 19 日',
    )
  })
})

test('an e-mail needs a subject and a webhook an address', () => {
  expect(send.config.safeParse({ channel: 'email', text: { en: 'a' } }).success).toBe(false)
  expect(send.config.safeParse({ channel: 'webhook', text: { en: '{}' } }).success).toBe(false)
  expect(
    send.config.safeParse({ channel: 'webhook', text: { en: '{}' }, url: 'ftp://a.example' }).success,
  ).toBe(false)
  expect(
    send.config.safeParse({ channel: 'webhook', text: { en: '{}' }, url: 'https://a.example' }).success,
  ).toBe(true)
})
