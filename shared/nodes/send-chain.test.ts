import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Customer } from '../conditions/customer.ts'
import type { EffectOf } from '../effects/index.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { send } from './send.ts'
import type { Decision } from './type.ts'

const noon = '2026-08-05T12:00:00+08:00'
const night = '2026-08-05T22:30:00+08:00'
const say = (text: string) => ({ 'zh-CN': text, en: text })
const byMail = { channel: 'email', subject: say('礼物'), text: say('邮件里说') }
const bySms = { channel: 'sms', text: say('短信里说') }
const byApp = { channel: 'in_app', text: say('应用里说') }

/** In WeCom, else by e-mail, else by SMS. */
const chain = { channel: 'wecom', text: say('企微里说'), fallbacks: [byMail, bySms] }

const decide = (config: object, who: Partial<Customer>, more: Situation = {}): Decision =>
  decideWith(send, config, { now: noon, ...more, facts: { customer: someone(who), ...more.facts } })

function sentBy(decision: Decision): EffectOf<'send'> | null {
  const effects = decision.kind === 'leave' ? (decision.effects ?? []) : []
  return effects.find((effect) => effect.kind === 'send') ?? null
}
const passed = ({ reason }: Decision) => reason.passed

describe('a message with channels to fall back on', () => {
  test('goes by its first where that reaches, and says so', () => {
    const decision = decide(chain, { externalUserId: 'wm1' })
    expect(sentBy(decision)).toMatchObject({ channel: 'wecom', to: 'wm1', text: '企微里说' })
    expect(decision.reason).toEqual({ code: 'sent', channel: 'wecom' })
  })

  test('goes by the next where the customer is no friend, with its own words and the reason of the first', () => {
    const decision = decide(chain, {})
    expect(sentBy(decision)).toMatchObject({ channel: 'email', to: 'wang@example.com', subject: '礼物' })
    expect(passed(decision)).toEqual([{ channel: 'wecom', gate: 'no_address' }])
  })

  test('goes by the last where the mailbox has bounced, and tells of each before it', () => {
    const decision = decide(chain, { closed: { email: 'hard_bounce' } })
    expect(sentBy(decision)).toMatchObject({ channel: 'sms' })
    expect(passed(decision)).toEqual([
      { channel: 'wecom', gate: 'no_address' },
      { channel: 'email', gate: 'closed', why: 'hard_bounce' },
    ])
  })

  test('is not sent where none reaches, for the reason of its first', () => {
    const decision = decide(chain, { phone: null, email: null })
    expect(decision).toMatchObject({ kind: 'leave', port: 'not_sent', reason: { gate: 'no_address' } })
    expect(passed(decision)).toHaveLength(3)
  })

  test('goes by the next where the day’s broadcast is used up', () => {
    const touches = [{ channel: 'wecom', at: Date.parse(noon) - 3_600_000 }]
    const decision = decide(chain, { externalUserId: 'wm1' }, { facts: { touches } })
    expect(sentBy(decision)?.channel).toBe('email')
    expect(passed(decision)).toMatchObject([{ channel: 'wecom', gate: 'cap', most: 1 }])
  })

  test('goes by the next where its words need what is not known of the customer', () => {
    const named = { ...chain, text: say('{{ customer.name }}，企微里说') }
    const decision = decide(named, { externalUserId: 'wm1', name: null })
    expect(sentBy(decision)?.channel).toBe('email')
    expect(passed(decision)).toMatchObject([{ channel: 'wecom', gate: 'render' }])
  })

  test('waits at night for the morning, as none may be reached then', () => {
    const decision = decide(chain, { externalUserId: 'wm1' }, { now: night })
    expect(decision).toMatchObject({ kind: 'wait', reason: { gate: 'quiet_hours' } })
  })

  test('tries nobody by another channel who is of the control group, or has had it at a number that is shared', () => {
    expect(decide(chain, { externalUserId: 'wm1' }, { enrollment: { control: true } })).toMatchObject({
      port: 'not_sent',
      reason: { code: 'suppressed', gate: 'control_group' },
    })
    const other = { journeyId: 'sketch', node: 'it', purpose: 'marketing' } as const
    const touches = [{ channel: 'sms', at: Date.parse(noon) - 1000, other }]
    const twin = decide({ ...bySms, fallbacks: [byMail] }, {}, { facts: { touches } })
    expect(twin).toMatchObject({ port: 'not_sent', reason: { gate: 'double' } })
  })

  test('passes over a channel that somebody has paused, and waits for it only where no other reaches', () => {
    const paused = { facts: { paused: new Set(['wecom']) } }
    const around = decide(chain, { externalUserId: 'wm1' }, paused)
    expect(sentBy(around)?.channel).toBe('email')
    expect(passed(around)).toEqual([{ channel: 'wecom', gate: 'paused' }])
    const alone = decide(chain, { externalUserId: 'wm1', phone: null, email: null }, paused)
    expect(sentBy(alone)?.channel).toBe('wecom')
  })

  test('asks the model for the first channel’s words alone', () => {
    const polished = { ...chain, ai: {} }
    expect(decide(polished, { externalUserId: 'wm1' })).toMatchObject({
      kind: 'wait',
      reason: { code: 'asked' },
    })
    expect(sentBy(decide(polished, {}))).toMatchObject({ channel: 'email', model: null })
  })
})

describe('the cheapest that reaches', () => {
  const cheapest = { ...bySms, fallbacks: [byMail, byApp], order: 'cheapest' }

  test('is taken by the price of each message', () => {
    expect(sentBy(decide(cheapest, {}))?.channel).toBe('in_app')
    const brand = sketchBrand({ prices: { in_app: 90, email: 10 } })
    expect(sentBy(decide(cheapest, {}, { brand }))?.channel).toBe('email')
  })

  test('counts the parts of a long text message', () => {
    const brand = sketchBrand({ prices: { sms: 40, email: 60 } })
    const two = { ...bySms, fallbacks: [byMail], order: 'cheapest' }
    expect(sentBy(decide(two, {}, { brand }))?.channel).toBe('sms')
    const long = { ...two, text: say('礼'.repeat(100)) }
    expect(sentBy(decide(long, {}, { brand }))?.channel).toBe('email')
  })

  test('is none whose price nobody knows', () => {
    const brand = sketchBrand({ currency: 'USD', prices: { email: 900 } })
    const two = { ...bySms, fallbacks: [byMail], order: 'cheapest' }
    expect(sentBy(decide(two, {}, { brand }))?.channel).toBe('email')
  })
})

test('a journey of before keeps its decisions and its configuration to the letter', () => {
  const plain = { channel: 'wecom', text: say('企微里说') }
  expect(send.config.parse(plain)).not.toHaveProperty('fallbacks')
  const decision = decide(plain, { externalUserId: 'wm1' })
  expect(decision.reason).toEqual({ code: 'sent' })
  expect(sentBy(decision)).not.toHaveProperty('chain')
})

test('each channel once', () => {
  const twice = send.config.safeParse({ ...bySms, fallbacks: [bySms] })
  expect(twice.error?.issues[0]).toMatchObject({ path: ['fallbacks'], message: 'each channel once' })
})

test('what is wrong with the words of a fallback is told at its place', () => {
  const settings = send.config.parse({
    ...bySms,
    fallbacks: [{ channel: 'email', subject: say(''), text: say('') }],
  })
  const fields = send.check?.(settings, { now: 0, zone: 'Asia/Shanghai' }).map(({ field }) => field)
  expect(fields).toEqual(['fallbacks.0.subject', 'fallbacks.0.text'])
  expect(send.texts?.(settings).map(({ field }) => field)).toEqual(['text.zh-CN', 'text.en'])
})

const state = fc.record({
  friend: fc.boolean(),
  mailbox: fc.constantFrom('none', 'bounced', 'refused', 'fine'),
  phone: fc.constantFrom('none', 'blocked', 'refused', 'fine'),
  usedUp: fc.boolean(),
  order: fc.constantFrom('listed', 'cheapest'),
})

test('whatever is known of a customer, one message leaves at most, by the first that reaches', () => {
  fc.assert(
    fc.property(state, ({ friend, mailbox, phone, usedUp, order }) => {
      const customer: Partial<Customer> = {
        externalUserId: friend ? 'wm1' : null,
        email: mailbox === 'none' ? null : 'wang@example.com',
        phone: phone === 'none' ? null : '19900000001',
        consentEmail: mailbox !== 'refused',
        consentSms: phone !== 'refused',
        closed: {
          ...(mailbox === 'bounced' ? { email: 'hard_bounce' as const } : {}),
          ...(phone === 'blocked' ? { sms: 'block' as const } : {}),
        },
      }
      const touches = usedUp ? [{ channel: 'wecom', at: Date.parse(noon) - 1000 }] : []
      const reaches = { wecom: friend && !usedUp, email: mailbox === 'fine', sms: phone === 'fine' }
      // The cheapest are those that cost nothing, in their order.
      const wanted = (['wecom', 'email', 'sms'] as const).filter((one) => reaches[one])[0] ?? null
      const brand = sketchBrand({ prices: { wecom: 0, email: 0, sms: 45 } })
      const decision = decide({ ...chain, order }, customer, { facts: { touches }, brand })
      const effects = decision.kind === 'leave' ? (decision.effects ?? []) : []
      expect(effects.length).toBe(wanted === null ? 0 : 1)
      expect(sentBy(decision)?.channel ?? null).toBe(wanted)
    }),
    { seed: 20260805, numRuns: 200 },
  )
})
