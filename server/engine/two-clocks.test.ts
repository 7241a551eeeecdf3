import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drive, type EventWords, type JourneyDriver } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

/** A cart reminder after an hour, called off by an order. */
const rescue = {
  nodes: {
    carted: by.event('add_to_cart'),
    hour: by.rest('1 hour'),
    reminder: by.sms('还在购物车里'),
    done: by.exit(),
    bought: by.goal('order', { ends: true }),
  },
  flow: ['carted -> hour', 'hour -> reminder', 'reminder -> done'],
}

/** The same without a goal: the journey itself waits for the order. */
const waiting = {
  nodes: {
    carted: by.event('add_to_cart'),
    order: by.until('order', '1 hour'),
    reminder: by.sms('还在购物车里'),
    done: by.exit(),
    rescued: by.exit(),
  },
  flow: ['carted -> order', 'order.happened -> rescued', 'order.timeout -> reminder', 'reminder -> done'],
}

const called = { ...rescue, settings: { exitWhen: [{ event: 'order' }] } }
const { bought: _bought, ...withoutGoal } = rescue.nodes
const calledOff = { ...called, nodes: withoutGoal }

type Told = readonly [event: string, words: EventWords]
const cart: Told = ['add_to_cart', { ago: '30 minutes' }]
const order: Told = ['order', { ago: '25 minutes', amount: 9900 }]

describe('who has bought already is not reminded (rule 4)', () => {
  test.each([
    ['cart and order in one call', [[cart, order]]],
    ['order and cart in one call', [[order, cart]]],
    ['the cart after the order, in two calls', [[order], [cart]]],
    ['the order after the cart, in two calls', [[cart], [order]]],
  ] as const)('%s', async (_words, calls) => {
    for (const [journey, ending] of [
      [rescue, 'bought'],
      [waiting, 'rescued'],
      [calledOff, 'exit_rule'],
    ] as const) {
      const story = drive().publish(journey)
      for (const call of calls) story.events('王芳', ...call)
      await story.advance('2 days').expectEnded('王芳', ending).expectNotSent('reminder').run()
    }
  })

  test('rule 4: who has bought between the cart and its late arrival is not chased, not even by seconds', () =>
    drive()
      .publish(rescue)
      .event('王芳', 'order', { ago: '10 seconds', amount: 9900 })
      .event('王芳', 'add_to_cart', { ago: '1 minute' })
      .events(
        '李雷',
        ['order', { ahead: '20 minutes', amount: 9900 }],
        ['add_to_cart', { ahead: '5 minutes' }],
      )
      .advance('2 days')
      .expectNotSent('reminder')
      .expectFigure('bought', 'out:reached', 2)
      .run())

  test('the order is worth what it is worth, and is counted once', () =>
    drive()
      .publish(rescue)
      .events('王芳', cart, order)
      .advance('1 day')
      .do((story) => expect(story.rows('select value from goal_hits')).toEqual([{ value: 9900 }]))
      .expectFigure('bought', 'out:reached', 1)
      .run())

  test('an order from before the cart does not call the reminder off, though it came in later', () =>
    drive()
      .publish(rescue)
      .events('王芳', cart)
      .event('王芳', 'order', { ago: '2 hours', amount: 9900 })
      .advance('2 days')
      .expectSent('reminder', '王芳')
      .run())

  test('of one moment, what arrived after the cart was done after it', () =>
    drive()
      .publish(rescue)
      .events('王芳', ['add_to_cart'], ['order', { amount: 9900 }])
      .events('李雷', ['order', { amount: 9900 }], ['add_to_cart'])
      .advance('2 days')
      .expectSent('reminder', '李雷')
      .run())
})

describe('the time that a wait lasts', () => {
  test('rule 4: the time of a wait runs from when the node is reached, not from when the event happened', () =>
    drive()
      .publish(rescue)
      .event('王芳', 'add_to_cart', { ago: '3 hours' })
      .advance('59 minutes')
      .expectWaitingAt('hour', '王芳')
      .advance('1 minute')
      .expectSent('reminder', '王芳')
      .run())

  test('a goal’s days run from the event’s own time', () => {
    const window = { kind: 'span', span: { amount: 2, unit: 'hour' } }
    const twoHours = { ...rescue, nodes: { ...rescue.nodes, bought: by.goal('order', { window }) } }
    return drive()
      .publish(twoHours)
      .event('王芳', 'add_to_cart', { ago: '90 minutes' })
      .advance('40 minutes')
      .event('王芳', 'order', { amount: 100 })
      .expectFigure('bought', 'out:reached', 0)
      .event('王芳', 'order', { amount: 100, ago: '20 minutes' })
      .expectFigure('bought', 'out:reached', 1)
      .run()
  })
})

describe('a batch told backwards', () => {
  test('wakes the wait that its events were meant for', () =>
    drive()
      .publish(waiting)
      .events('王芳', ['order', { ago: '1 minute' }], ['add_to_cart', { ago: '10 minutes' }])
      .expectEnded('王芳', 'rescued')
      .run())

  test('one event ends one wait: the next wait asks for another', () =>
    drive()
      .publish({
        nodes: {
          hand: by.hand(),
          said: by.until('said', '1 day'),
          echo: by.sms('收到'),
          again: by.until('said', '1 day'),
          twice: by.sms('又收到'),
          done: by.exit(),
        },
        flow: [
          'hand -> said',
          'said.happened -> echo',
          'said.timeout -> done',
          'echo -> again',
          'again.happened -> twice',
          'again.timeout -> done',
          'twice -> done',
        ],
      })
      .enter('王芳')
      .event('王芳', 'said')
      .expectSent('echo', '王芳')
      .expectWaitingAt('again', '王芳')
      .event('王芳', 'said')
      .expectSent('twice', '王芳')
      .run())
})

test('random orders of arrival come to one end', async () => {
  const history: readonly Told[] = [
    ['order', { id: 'o0', ago: '50 minutes' }],
    ['add_to_cart', { id: 'c1', ago: '40 minutes' }],
    ['page_view', { id: 'v1', ago: '39 minutes' }],
    ['order', { id: 'o1', ago: '30 minutes', amount: 5 }],
  ]
  const calls = fc
    .tuple(
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    )
    .map(([order, cuts]) => {
      const parts: Told[][] = [[]]
      for (const [index, place] of order.entries()) {
        if (index > 0 && cuts[index - 1]) parts.push([])
        const told = history[place]
        if (told !== undefined) parts.at(-1)?.push(told)
      }
      return parts
    })
  await fc.assert(
    fc.asyncProperty(calls, async (parts) => {
      const story: JourneyDriver = drive().publish(rescue)
      for (const part of parts) story.events('王芳', ...part)
      await story.advance('2 days').expectEnded('王芳', 'bought').expectNotSent('reminder').run()
      story.db.close()
    }),
    { numRuns: 25 },
  )
})
