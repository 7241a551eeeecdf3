import { describe, expect, test } from 'vitest'
import { scratchBase } from '../brand/scratch-base.ts'
import { preview } from '../messages/preview/index.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type NodeSketch, type Sketch, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'

const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }

type Test = readonly [property: string, value: string]
const happened = (event: string, ...where: readonly Test[]) => ({
  ...{ kind: 'events', event, measure: 'count', window: { kind: 'ever' }, op: 'gte', value: 1 },
  where: where.map(([property, value]) => ({ property, op: 'eq', value })),
})
const asks = (when: object): NodeSketch => [
  'branch',
  { branches: [{ id: 'yes', name: { en: 'Yes' }, when }] },
]

/** Another journey, which writes once. */
const welcome: Sketch = {
  id: 'welcome',
  nodes: { hand: by.hand(), welcome: by.sms('欢迎'), settle: by.rest('2 days'), over: by.exit() },
  flow: ['hand -> welcome', 'welcome -> settle', 'settle -> over'],
}

/** Asks at each step for what it has done itself, and for what the other journey has. */
const mine: Sketch = {
  id: 'mine',
  nodes: {
    monday: ['audience_at', { audience: everybody, at: { kind: 'date', date: '2027-03-01', time: '10:30' } }],
    hello: by.sms('您好'),
    sent: asks(happened('$message_sent', ['journey_id', 'mine'], ['node', 'hello'], ['channel', 'sms'])),
    mail: by.email('您好'),
    kept: asks(happened('$message_withheld', ['node', 'mail'], ['channel', 'email'])),
    rest: by.rest('1 day'),
    inside: asks({
      kind: 'all',
      of: [
        happened('$journey_current', ['journey_id', 'mine']),
        { kind: 'not', of: happened('$journey_finished', ['journey_id', 'mine']) },
        {
          kind: 'sequence',
          first: { event: '$message_sent', where: [{ property: 'node', op: 'eq', value: 'hello' }] },
          next: [],
          without: { event: 'order', where: [], within: { amount: 12, unit: 'hour' } },
          window: { kind: 'ever' },
        },
      ],
    }),
    welcomed: asks({
      kind: 'all',
      of: [
        happened('$message_sent', ['journey_id', 'welcome']),
        happened('$journey_entered', ['journey_id', 'welcome']),
      ],
    }),
    ...{ done: by.exit(), alone: by.exit(), lost: by.exit() },
  },
  flow: [
    ...['monday -> hello', 'hello -> sent', 'sent.yes -> mail', 'sent -> lost'],
    ...['mail -> kept', 'kept.yes -> rest', 'kept -> lost', 'rest -> inside'],
    ...['inside.yes -> welcomed', 'inside -> lost', 'welcomed.yes -> done', 'welcomed -> alone'],
  ],
}

const endings = (story: JourneyDriver) =>
  Object.fromEntries(
    story
      .rows<{ ending: string; n: number }>(
        `select ending, count(*) as n from enrollments where journey_id = 'mine' group by ending`,
      )
      .map(({ ending, n }) => [ending, n]),
  )

describe('what journeys have done to somebody is known to them later on', () => {
  test('in the rehearsal, in a preview and as it happens', () =>
    drive()
      .member('王芳', { email: null })
      .member('李雷', { email: null })
      .publish(welcome)
      .enter('王芳')
      .do(async ({ brand, db }) => {
        const request = { start: brand.now(), until: null, assume: 'backtest', controlGroup: true } as const
        const told = await rehearse(rehearsalPorts(db, scratchBase(db)), {
          ...{ journey: sketch(mine), brand: brand.brand(), ...request },
        })
        expect(told.endings).toEqual({ done: 1, alone: 1 })
        const shown = { move: 'none', node: null, polish: false, journey: sketch(mine) } as const
        const { messages, stays } = await preview(brand, { ...shown, customerId: '王芳' })
        expect(messages.map(({ node }) => node)).toEqual(['hello', 'mail'])
        expect(stays.map(({ node, until }) => [node, until !== null])).toEqual([['rest', true]])
      })
      .publish(mine)
      .advance('4 days')
      .do((story) => expect(endings(story)).toEqual({ done: 1, alone: 1 }))
      .run())

  test('with caps, where the other journey is walked beside the rehearsed one', () =>
    drive({ brand: { caps: [{ channel: null, messages: 9, days: 7 }] } })
      .member('王芳', { email: null })
      .member('李雷', { email: null })
      .publish({
        ...welcome,
        nodes: {
          ...welcome.nodes,
          hand: [
            'audience_at',
            { audience: everybody, at: { kind: 'date', date: '2027-03-01', time: '12:00' } },
          ],
        },
      })
      .do(async ({ brand, db }) => {
        const request = { start: brand.now(), until: null, assume: 'backtest', controlGroup: true } as const
        const told = await rehearse(rehearsalPorts(db, scratchBase(db)), {
          ...{ journey: sketch(mine), brand: brand.brand(), ...request },
        })
        expect(told.endings).toEqual({ done: 2 })
      })
      .publish(mine)
      .advance('4 days')
      .do((story) => expect(endings(story)).toEqual({ done: 2 }))
      .run())
})

test('an audience that asks for messages lets in whom one has been sent, soon after', () =>
  drive()
    .member('王芳', { email: null })
    .member('李雷', { email: null })
    .publish({
      id: 'joined',
      nodes: {
        joined: [
          'audience_at',
          {
            audience: happened('$message_sent', ['journey_id', 'welcome']),
            at: { kind: 'join', present: false },
          },
        ],
        thanks: by.sms('谢谢'),
        end: by.exit(),
      },
      flow: ['joined -> thanks', 'thanks -> end'],
    })
    .advance('1 hour')
    .publish(welcome)
    .enter('王芳')
    .advance('5 minutes')
    .do((story) =>
      expect(story.rows(`select customer_id as who from messages where node = 'thanks'`)).toEqual([
        { who: '王芳' },
      ]),
    )
    .run())
