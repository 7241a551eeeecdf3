import { describe, expect, test } from 'vitest'
import { registry } from '../nodes/index.ts'
import { type Sketch, sketch } from '../testing/sketch.ts'
import { prove } from './prove.ts'

const day = 86_400_000
const hour = 3_600_000
const message = ['send', { channel: 'in_app', text: { en: 'hi' } }] as const
const days = (amount: number, maxVisits: number | null = null) =>
  ['wait', { until: { kind: 'duration', span: { amount, unit: 'day' } }, maxVisits }] as const
const ask = [
  'branch',
  { branches: [{ id: 'yes', name: { en: 'y' }, when: { kind: 'tag', tag: 'a' } }] },
] as const
const festival = (offset: number, time = '10:00') =>
  ['wait', { until: { kind: 'festival', festival: 'qixi', days: offset, time } }] as const
const qixi = [
  'audience_at',
  {
    audience: { kind: 'tag', tag: 'a' },
    at: { kind: 'festival', festival: 'qixi', days: -14, time: '10:00' },
  },
] as const

const proof = (one: Sketch) => prove(sketch(one), registry)

describe('before anybody enters, it is known', () => {
  test('how long the longest and the shortest way take, and how many messages it brings', () => {
    expect(
      proof({
        nodes: { in: ['manual'], ask, rest: days(3), a: message, b: message, out: ['exit'] },
        edges: {
          'in.entered': 'ask',
          'ask.yes': 'out',
          'ask.otherwise': 'a',
          'a.sent': 'rest',
          'a.not_sent': 'rest',
          'rest.done': 'b',
          'b.sent': 'out',
          'b.not_sent': 'out',
        },
      }),
    ).toEqual({ shortestPassageMs: 0, longestPassageMs: 3 * day, mostMessages: 2 })
  })

  test('that an event may come at once or at the time limit, grace included', () => {
    const wait = [
      'wait_event',
      { filter: { event: 'order' }, limit: { amount: 7, unit: 'day' }, graceMinutes: 60 },
    ] as const
    expect(
      proof({
        nodes: { in: ['manual'], wait, out: ['exit'] },
        edges: { 'in.entered': 'wait', 'wait.happened': 'out', 'wait.timeout': 'out' },
      }),
    ).toEqual({ shortestPassageMs: 0, longestPassageMs: 7 * day + hour, mostMessages: 0 })
  })

  test('how far two days of the same festival lie apart', () => {
    expect(
      proof({
        nodes: {
          in: qixi,
          eve: festival(-3),
          early: festival(-10),
          after: festival(1, '00:00'),
          out: ['exit'],
        },
        edges: { 'in.entered': 'eve', 'eve.done': 'early', 'early.done': 'after', 'after.done': 'out' },
      }),
    ).toMatchObject({ shortestPassageMs: 14 * day + 14 * hour, longestPassageMs: 14 * day + 14 * hour })
  })

  test('how often a loop can be gone round', () => {
    const looped = {
      nodes: { in: ['manual'], rest: days(2, 3), ask, again: message, out: ['exit'] },
      edges: {
        'in.entered': 'rest',
        'rest.done': 'ask',
        'rest.limit': 'out',
        'ask.yes': 'out',
        'ask.otherwise': 'again',
        'again.sent': 'rest',
        'again.not_sent': 'rest',
      },
    } satisfies Sketch
    expect(proof(looped)).toEqual({ shortestPassageMs: 2 * day, longestPassageMs: 6 * day, mostMessages: 3 })
  })

  test('that two loops, one after the other, are each bounded by themselves', () => {
    const edges = {
      'in.entered': 'a',
      'a.done': 'a',
      'a.limit': 'm',
      'm.sent': 'b',
      'm.not_sent': 'b',
      'b.done': 'b',
      'b.limit': 'out',
    }
    expect(
      proof({ nodes: { in: ['manual'], a: days(1, 2), m: message, b: days(1, 5), out: ['exit'] }, edges }),
    ).toEqual({
      shortestPassageMs: 7 * day,
      longestPassageMs: 7 * day,
      mostMessages: 1,
    })
  })
})

describe('it cannot be known', () => {
  test('how far a festival is away from an entry at any time, but the messages are counted', () => {
    expect(
      proof({
        nodes: { in: ['manual'], eve: festival(0), m: message, out: ['exit'] },
        edges: { 'in.entered': 'eve', 'eve.done': 'm', 'm.sent': 'out', 'm.not_sent': 'out' },
      }),
    ).toEqual({ shortestPassageMs: null, longestPassageMs: null, mostMessages: 1 })
  })

  test('when somebody gets out who waits beyond the calendar', () => {
    const ages = [
      'wait',
      { until: { kind: 'duration', span: { amount: 10, unit: 'year' } }, maxVisits: 1000 },
    ] as const
    const { nodes, edges } = {
      nodes: { in: ['manual'], ages, out: ['exit'] },
      edges: { 'in.entered': 'ages', 'ages.done': 'ages', 'ages.limit': 'out' },
    } satisfies Sketch
    expect(proof({ nodes, edges })).toEqual({
      shortestPassageMs: null,
      longestPassageMs: null,
      mostMessages: 0,
    })
  })

  test('what a journey does that has no trigger, an endless loop or a faulty node', () => {
    const nothing = { shortestPassageMs: null, longestPassageMs: null, mostMessages: null }
    expect(proof({ nodes: { out: ['exit'] } })).toEqual(nothing)
    expect(
      proof({ nodes: { in: ['manual'], a: days(1) }, edges: { 'in.entered': 'a', 'a.done': 'a' } }),
    ).toEqual(nothing)
    expect(proof({ nodes: { in: ['manual'], a: ['wait'] }, edges: { 'in.entered': 'a' } })).toEqual(nothing)
  })
})
