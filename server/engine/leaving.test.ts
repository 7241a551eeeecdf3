import { describe, expect, test } from 'vitest'
import { fakeChannel, laterPlease } from '../testing/fake-channel.ts'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const nurture = {
  nodes: {
    hand: by.hand(),
    first: by.sms('一'),
    rest: by.rest('3 days'),
    second: by.sms('二'),
    done: by.exit(),
    bought: by.goal('order', { ends: true }),
  },
  flow: ['hand -> first', 'first -> rest', 'rest -> second', 'second -> done'],
}

describe('exit rules and goals (rules 18 and 19)', () => {
  test('a goal that ends the journey acts at once, in the middle of a wait', () =>
    drive()
      .publish(nurture)
      .enter('王芳')
      .advance('1 day')
      .event('王芳', 'order', { amount: 9900 })
      .expectEnded('王芳', 'bought')
      .advance('5 days')
      .expectNotSent('second')
      .do((story) =>
        expect(story.rows('select goal, value from goal_hits')).toEqual([{ goal: 'bought', value: 9900 }]),
      )
      .run())

  test('a goal that does not end is counted once, and the customer goes on', () =>
    drive()
      .publish({ ...nurture, nodes: { ...nurture.nodes, bought: by.goal('order') } })
      .enter('王芳')
      .advance('1 day')
      .event('王芳', 'order', { amount: 9900 })
      .event('王芳', 'order', { amount: 100 })
      .advance('2 days')
      .expectSent('second', '王芳')
      .expectFigure('bought', 'out:reached', 1)
      .run())

  test('an exit rule takes the customer out and withdraws what is queued', () =>
    drive({ channels: () => new Map([['sms', fakeChannel('sms', [laterPlease])]]) })
      .publish({ ...nurture, settings: { exitWhen: [{ event: 'refund', where: [] }] } })
      .enter('王芳')
      .expectMessages('first', 'queued')
      .do(({ brand }) => brand.advance({ to: brand.now() + 5000 }))
      .event('王芳', 'refund')
      .expectMessages('first', 'cancelled')
      .expectEnded('王芳', 'exit_rule')
      .run())

  test('a purchase counts before the message whose time has come, whatever else happened with it', () =>
    drive()
      .publish(nurture)
      .enter('王芳')
      .event('王芳', 'view', { ahead: '3 days' })
      .event('王芳', 'order', { ahead: '3 days' })
      .advance('3 days')
      .expectEnded('王芳', 'bought')
      .expectNotSent('second')
      .run())

  test('what happened before the entry neither ends nor converts anybody', () =>
    drive()
      .publish(nurture)
      .enter('王芳')
      .event('王芳', 'order', { ago: '1 hour' })
      .expectWaitingAt('rest', '王芳')
      .run())
})

test('a stop withdraws what is queued (rule 22)', () =>
  drive({ channels: () => new Map([['sms', fakeChannel('sms', [laterPlease])]]) })
    .publish(nurture)
    .enter('王芳')
    .stop()
    .expectMessages('first', 'cancelled')
    .expectEnded('王芳', 'stopped')
    .run())

test('a stop withdraws too what still waits for those who are through, so that it never leaves later', () =>
  drive({ channels: () => new Map([['sms', fakeChannel('sms', [laterPlease])]]) })
    .publish({
      nodes: { hand: by.hand(), first: by.sms('一'), done: by.exit() },
      flow: ['hand -> first', 'first -> done'],
    })
    .enter('王芳')
    .expectEnded('王芳', 'done')
    .expectMessages('first', 'queued')
    .stop()
    .expectMessages('first', 'cancelled')
    .run())
