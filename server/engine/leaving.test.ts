import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import type { Channel, SendResult } from '../channels/channel.ts'
import { ingester } from '../store/sqlite/events/ingest.ts'
import { markStopped } from '../store/sqlite/journeys/journeys.ts'
import { fakeChannel, laterPlease, lostAnswer } from '../testing/fake-channel.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
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
  test('rule 18: a goal that ends the journey acts at once, in the middle of a wait', () =>
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

  test('rule 19: a goal that does not end the journey is counted once, and the customer goes on', () =>
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

  test('rule 19: a refund takes back what the order counted for: a part its value, all of it the conversion', () =>
    drive()
      .publish(nurture)
      .enter('王芳')
      .advance('1 day')
      .event('王芳', 'order', { id: 'A1', amount: 9900 })
      .event('王芳', 'refund', { amount: 900, properties: { order_id: 'A1' } })
      .do((story) => expect(story.rows('select value from goal_hits')).toEqual([{ value: 9000 }]))
      .event('王芳', 'refund', { amount: 9000, properties: { order_id: 'A1' } })
      .do((story) => expect(story.rows('select value from goal_hits')).toEqual([]))
      .expectFigure('bought', 'out:reached', 0)
      .run())

  test('rule 18: an exit rule takes the customer out at once and withdraws what is queued', () =>
    drive({ channels: () => new Map([['sms', fakeChannel('sms', [laterPlease])]]) })
      .publish({ ...nurture, settings: { exitWhen: [{ event: 'refund', where: [] }] } })
      .enter('王芳')
      .expectMessages('first', 'queued')
      .do(({ brand }) => brand.advance(brand.act(terminalActor), { to: brand.now() + 5000 }))
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

describe('what is in the hands of its channel as its customer leaves', () => {
  const shortly = {
    nodes: { hand: by.hand(), first: by.sms('一'), rest: by.rest('3 days'), done: by.exit() },
    flow: ['hand -> first', 'first -> rest', 'rest -> done'],
    settings: { exitWhen: [{ event: 'refund', where: [] }] },
  }

  /** Something happens while the first message is being sent; then the channel answers. */
  const meanwhile = (answer: SendResult, happens: (story: JourneyDriver) => Promise<unknown>) => {
    const handed: string[] = []
    const sms: Channel = {
      ...fakeChannel('sms'),
      async send(messages) {
        if (handed.length === 0) await happens(story)
        handed.push(...messages.map(({ key }) => key))
        return messages.map(() => answer)
      },
    }
    const story = drive({ channels: () => new Map([['sms', sms]]) })
    return { handed, story: story.publish(shortly).enter('王芳') }
  }
  const refund = async ({ db, brand }: JourneyDriver) => {
    const now = brand.now() + 1
    ingester(db)(
      [{ id: 'r', customerId: '王芳', name: 'refund', at: now, amount: null, properties: {} }],
      now,
    )
    await brand.engine.tick(now)
  }
  const stop = async ({ db, brand }: JourneyDriver) => markStopped(db, 'journey', brand.now())

  test.each([
    ['an exit rule', refund],
    ['a stop', stop],
  ])('is not tried again after %s', async (_, happens) => {
    const { handed, story } = meanwhile(laterPlease, happens)
    await story
      .expectMessages('first', 'cancelled')
      .advance('1 day')
      .expectMessages('first', 'cancelled')
      .run()
    expect(handed).toHaveLength(1)
  })

  test('nor where the answer was lost: then nobody knows', async () => {
    const { handed, story } = meanwhile(lostAnswer, refund)
    await story
      .expectMessages('first', 'unknown')
      .expectFigure('first', 'message:unknown', 1)
      .advance('1 day')
      .expectMessages('first', 'unknown')
      .run()
    expect(handed).toHaveLength(1)
  })

  test('is sent where the channel has taken it', () =>
    meanwhile({ kind: 'accepted', providerId: 'p' }, refund).story.expectMessages('first', 'sent').run())

  test('is not taken up again after a restart', () =>
    drive({ channels: () => new Map([['sms', fakeChannel('sms', [laterPlease])]]) })
      .publish(shortly)
      .enter('王芳')
      .do(({ db }) => db.sqlite.prepare(`update messages set status = 'sending', due_at = null`).run())
      .event('王芳', 'refund', { ahead: '1 second' })
      .advance('1 second')
      .restart()
      .expectMessages('first', 'unknown')
      .run())
})

test('rule 22: a stop withdraws what is queued', () =>
  drive({ channels: () => new Map([['sms', fakeChannel('sms', [laterPlease])]]) })
    .publish(nurture)
    .enter('王芳')
    .stop()
    .expectMessages('first', 'cancelled')
    .expectEnded('王芳', 'stopped')
    .run())

test('a stop ends those too whose version cannot be read any more, so that the server starts again', () =>
  drive()
    .publish(nurture)
    .enter('王芳')
    .do(({ db, brand }) => {
      markStopped(db, 'journey', brand.now())
      db.sqlite.prepare(`update versions set graph = '{}'`).run()
    })
    .restart()
    .expectEnded('王芳', 'stopped')
    .expectLeft('王芳', 'rest', 'left', { code: 'stopped' })
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
