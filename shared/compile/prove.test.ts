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

/** A message that comes again after each wait. */
const rounds = (wait: Sketch['nodes'][string]) =>
  proof({
    nodes: { in: ['manual'], m: message, wait, out: ['exit'] },
    edges: {
      'in.entered': 'm',
      'm.sent': 'wait',
      'm.not_sent': 'wait',
      'wait.done': 'm',
      'wait.limit': 'out',
    },
  })

describe('before anybody enters, it is known', () => {
  test('rule 11: before anybody enters it is known how long the ways take, and how many messages one customer can get', () => {
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
    ).toMatchObject({ shortestPassageMs: 0, longestPassageMs: 3 * day, mostMessages: 2 })
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
    ).toMatchObject({ shortestPassageMs: 0, longestPassageMs: 7 * day + hour, mostMessages: 0 })
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
    expect(proof(looped)).toMatchObject({
      shortestPassageMs: 2 * day,
      longestPassageMs: 6 * day,
      mostMessages: 3,
    })
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
    ).toMatchObject({
      shortestPassageMs: 7 * day,
      longestPassageMs: 7 * day,
      mostMessages: 1,
    })
  })
})

describe('how much one customer can get in a day and in an hour is known', () => {
  const every = (amount: number, unit: string, maxVisits: number) =>
    ['wait', { until: { kind: 'duration', span: { amount, unit } }, maxVisits }] as const

  test.each([
    [every(1, 'day', 30), { mostMessages: 31, mostMessagesInDay: 1, mostMarketingInHour: 1 }],
    [every(8, 'hour', 30), { mostMessages: 31, mostMessagesInDay: 3, mostMarketingInHour: 1 }],
    [every(7, 'hour', 30), { mostMessages: 31, mostMessagesInDay: 4, mostMarketingInHour: 1 }],
    [every(10, 'minute', 30), { mostMessages: 31, mostMessagesInDay: 31, mostMarketingInHour: 6 }],
    [every(1, 'month', 2), { mostMessages: 3, mostMessagesInDay: 1, mostMarketingInHour: 1 }],
  ])('in a loop of %j', (wait, most) => {
    expect(rounds(wait)).toMatchObject(most)
  })

  test('over waits of several lengths, by the shortest way between the messages', () => {
    expect(
      proof({
        nodes: {
          in: ['manual'],
          a: message,
          ask,
          long: days(2),
          short: ['wait', { until: { kind: 'duration', span: { amount: 5, unit: 'hour' } } }],
          b: message,
          c: message,
          out: ['exit'],
        },
        edges: {
          'in.entered': 'a',
          'a.sent': 'ask',
          'a.not_sent': 'ask',
          'ask.yes': 'long',
          'ask.otherwise': 'short',
          'long.done': 'b',
          'short.done': 'b',
          'b.sent': 'c',
          'b.not_sent': 'c',
          'c.sent': 'out',
          'c.not_sent': 'out',
        },
      }),
    ).toMatchObject({ mostMessages: 3, mostMessagesInDay: 3, mostMarketingInHour: 2 })
  })

  const two = (trigger: Sketch['nodes'][string]) =>
    proof({
      nodes: { in: trigger, eve: festival(-3), a: message, day: festival(0), b: message, out: ['exit'] },
      edges: {
        'in.entered': 'eve',
        'eve.done': 'a',
        'a.sent': 'day',
        'a.not_sent': 'day',
        'day.done': 'b',
        'b.sent': 'out',
        'b.not_sent': 'out',
      },
    })

  test('days of a festival lie apart for those who come before them', () => {
    expect(two(qixi)).toMatchObject({ mostMessagesInDay: 1, mostMarketingInHour: 1 })
  })

  test('and may all be past for somebody who comes at any time', () => {
    expect(two(['manual'])).toMatchObject({ mostMessagesInDay: 2, mostMarketingInHour: 2 })
  })

  test('each address is counted by itself, and service messages are not', () => {
    const sms = ['send', { channel: 'sms', text: { en: 'hi' } }] as const
    const service = ['send', { channel: 'sms', purpose: 'service', text: { en: 'hi' } }] as const
    expect(
      proof({
        nodes: { in: ['manual'], a: message, b: sms, c: service, d: sms, out: ['exit'] },
        edges: Object.fromEntries([
          ['in.entered', 'a'],
          ...[...'abcd'].flatMap((id, at) =>
            ['sent', 'not_sent'].map((port) => [`${id}.${port}`, [...'bcd', 'out'][at] ?? 'out']),
          ),
        ]),
      }),
    ).toMatchObject({ mostMessages: 4, mostMessagesInDay: 4, mostMarketingInHour: 2 })
  })

  test('above a hundred in a day, the most in all is told', () => {
    const ids = Array.from({ length: 40 }, (_, at) => `n${at}`)
    const nodes = Object.fromEntries(ids.map((id) => [id, message] as const))
    const edges = Object.fromEntries(
      ids.flatMap((id, at) =>
        ['sent', 'not_sent'].map((port) => [`${id}.${port}`, ids[at + 1] ?? 'wait'] as const),
      ),
    )
    expect(
      proof({
        nodes: { in: ['manual'], ...nodes, wait: every(1, 'minute', 1000), out: ['exit'] },
        edges: { 'in.entered': 'n0', ...edges, 'wait.done': 'n0', 'wait.limit': 'out' },
      }),
    ).toMatchObject({ mostMessages: 40 * 1001, mostMessagesInDay: 40 * 1001, mostMarketingInHour: 40 * 1001 })
  })
})

describe('it cannot be known', () => {
  test('how far a festival is away from an entry at any time, but the messages are counted', () => {
    expect(
      proof({
        nodes: { in: ['manual'], eve: festival(0), m: message, out: ['exit'] },
        edges: { 'in.entered': 'eve', 'eve.done': 'm', 'm.sent': 'out', 'm.not_sent': 'out' },
      }),
    ).toMatchObject({ shortestPassageMs: null, longestPassageMs: null, mostMessages: 1 })
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
    expect(proof({ nodes, edges })).toMatchObject({
      shortestPassageMs: null,
      longestPassageMs: null,
      mostMessages: 0,
    })
  })

  test('what a journey does that has no trigger, an endless loop or a faulty node', () => {
    const nothing = {
      shortestPassageMs: null,
      longestPassageMs: null,
      mostMessages: null,
      mostMessagesInDay: null,
      mostMarketingInHour: null,
    }
    expect(proof({ nodes: { out: ['exit'] } })).toEqual(nothing)
    expect(
      proof({ nodes: { in: ['manual'], a: days(1) }, edges: { 'in.entered': 'a', 'a.done': 'a' } }),
    ).toEqual(nothing)
    expect(proof({ nodes: { in: ['manual'], a: ['wait'] }, edges: { 'in.entered': 'a' } })).toEqual(nothing)
  })
})

describe('rule 11: what opens again and again', () => {
  const until = (config: object, maxVisits = 5) => ['wait', { until: config, maxVisits }] as const

  test('the next time of day parts messages by a day, but for whoever comes a moment before it', () => {
    const next = rounds(until({ kind: 'time', time: '10:00' }))
    expect(next).toMatchObject({ mostMessages: 6, mostMessagesInDay: 2 })
    expect(rounds(until({ kind: 'time', time: '10:00', days: [1] }))).toMatchObject({ mostMessagesInDay: 2 })
  })

  test('so do the next hours of the week', () => {
    const hours = { kind: 'weekday', days: [1, 4], from: '10:00', to: '20:00', inside: 'next' }
    expect(rounds(until(hours))).toMatchObject({ mostMessages: 6, mostMessagesInDay: 2 })
  })

  test('hours within which one goes on at once take no time for sure, so a loop by them is none', () => {
    const hours = { kind: 'weekday', days: 'any', from: '10:00', to: '20:00' }
    expect(rounds(until(hours))).toMatchObject({ mostMessages: null })
    expect(rounds(until({ kind: 'customer_date', attribute: 'birthday' }))).toMatchObject({
      mostMessages: null,
    })
  })

  test('another wait in the loop takes its time off what parts the openings, and never adds to it', () => {
    const looped = (rest: Sketch['nodes'][string]) =>
      proof({
        nodes: {
          in: ['manual'],
          m: message,
          rest,
          wait: until({ kind: 'time', time: '10:00' }),
          out: ['exit'],
        },
        edges: {
          'in.entered': 'm',
          'm.sent': 'rest',
          'm.not_sent': 'rest',
          'rest.done': 'wait',
          'wait.done': 'm',
          'wait.limit': 'out',
        },
      })
    const hours = (amount: number) =>
      ['wait', { until: { kind: 'duration', span: { amount, unit: 'hour' } } }] as const
    expect(looped(hours(6))).toMatchObject({ mostMessagesInDay: 2 })
    expect(looped(hours(30))).toMatchObject({ mostMessagesInDay: 1 })
  })
})
