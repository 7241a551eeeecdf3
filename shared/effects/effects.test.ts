import { describe, expect, test } from 'vitest'
import {
  type Effect,
  effects,
  endingReasons,
  type ForEffects,
  forEffect,
  see,
  sharedReasons,
  tellings,
} from './index.ts'

const coupon = {
  code: 'QX1',
  value: 1500,
  minSpend: 9900,
  expiresAt: 1_790_000_000_000,
  name: { en: 'Gift' },
}

const one: { readonly [Kind in Effect['kind']]: Extract<Effect, { kind: Kind }> } = {
  send: {
    kind: 'send',
    channel: 'sms',
    to: '13800000001',
    subject: null,
    text: '你好',
    format: 'text',
    purpose: 'marketing',
    costMilli: 45,
    parts: 1,
    coupon: null,
    model: null,
  },
  ask: {
    kind: 'ask',
    request: {
      to: 'model',
      channel: 'sms',
      sop: '你好',
      instructions: '',
      facts: { city: null },
      maxChars: 70,
    },
  },
  tag: { kind: 'tag', add: ['vip'], remove: ['new'] },
  join: { kind: 'join', audience: 'buyers', name: { en: 'Buyers' } },
  coupon: { kind: 'coupon', coupon },
  points: { kind: 'points', amount: 50, reason: '', expiresAt: null, dueAt: null },
  goal: { kind: 'goal', goal: 'bought', name: 'order', event: 'o1', value: 9900 },
  refund: { kind: 'refund', goal: 'bought', value: null, countedAt: 7 },
}

/** What a decision later in the same batch sees of effects. */
function seen(...decided: readonly Effect[]): string[] {
  const told: string[] = []
  for (const effect of decided)
    see(effect, 7, {
      touched: (channel, at) => told.push(`${channel} at ${at}`),
      given: ({ to }, at) => told.push(`${to} at ${at}`),
      joined: (audience) => told.push(`in ${audience}`),
      tagged: (add, remove) => told.push(`+${add.join()} -${remove.join()}`),
      pointed: (amount) => told.push(`${amount} points`),
      claimed: (of, code) => told.push(`${code} of ${of}`),
    })
  return told
}

describe('the effects', () => {
  test('each pass their own schema, and stand under their own kind', () => {
    for (const [kind, definition] of Object.entries(effects)) {
      expect(definition.kind).toBe(kind)
      const effect = one[definition.kind]
      expect(definition.schema.parse(effect)).toEqual(effect)
      expect(definition.schema.safeParse({ ...effect, more: 1 }).success).toBe(false)
    }
  })

  test('are seen by the later rounds of a batch', () => {
    expect(seen(one.send, one.ask, one.tag, one.join, one.coupon, one.points, one.goal, one.refund)).toEqual([
      'sms at 7',
      '13800000001 at 7',
      '+vip -new',
      'in buyers',
      '50 points',
    ])
    expect(seen({ ...one.send, purpose: 'service' })).toEqual(['13800000001 at 7'])
    expect(seen({ ...one.coupon, coupon: { ...coupon, of: 'gift' } })).toEqual(['QX1 of gift'])
  })

  test('are answered for by a table', () => {
    const names: ForEffects<[prefix: string], string> = {
      send: ({ channel }, prefix) => prefix + channel,
      ask: ({ request: { to } }, prefix) => prefix + to,
      tag: ({ add }, prefix) => prefix + add.join(),
      join: ({ audience }, prefix) => prefix + audience,
      coupon: ({ coupon: { code } }, prefix) => prefix + code,
      points: ({ amount }, prefix) => prefix + amount,
      goal: ({ goal }, prefix) => prefix + goal,
      refund: ({ goal }, prefix) => `${prefix}not ${goal}`,
    }
    expect(Object.values(one).map((effect: Effect) => forEffect(names, effect, '> '))).toEqual([
      '> sms',
      '> model',
      '> vip',
      '> buyers',
      '> QX1',
      '> 50',
      '> bought',
      '> not bought',
    ])
  })
})

test('every reason stands once, and those that end a passage are among them', () => {
  const all = [...sharedReasons, ...Object.values(effects).flatMap(({ tells }) => Object.keys(tells))]
  expect(new Set(all).size).toBe(all.length)
  expect(sharedReasons).toEqual(expect.arrayContaining([...endingReasons]))
  expect(all).toEqual(expect.arrayContaining([...tellings.keys()]))
})
