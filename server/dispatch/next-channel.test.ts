import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SendResult } from '../channels/channel.ts'
import {
  accepted,
  type FakeChannel,
  fakeChannel,
  laterPlease,
  lostAnswer,
  refused,
} from '../testing/fake-channel.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const say = (text: string) => ({ 'zh-CN': text })
const byMail = { channel: 'email', subject: say('您好'), text: say('邮件里说') }
const byApp = { channel: 'in_app', text: say('应用里说') }

/** By SMS, else by e-mail, else in the app. */
const hello = (config = {}) => ({
  nodes: {
    hand: by.hand(),
    hello: by.sms('短信里说', { fallbacks: [byMail, byApp], ...config }),
    done: by.exit(),
  },
  flow: ['hand -> hello', 'hello -> done'],
})

const over = (...channels: readonly FakeChannel[]) => ({
  channels: () => new Map(channels.map((channel) => [channel.id, channel])),
})

interface Row {
  readonly channel: string
  readonly status: string
  readonly turn: number
  readonly passed: string | null
}
const messages = (story: JourneyDriver) =>
  story.rows<Row>('select channel, status, turn, passed from messages order by id')
const channelsOf = (story: JourneyDriver) =>
  messages(story).map(({ channel, status }) => `${channel} ${status}`)

describe('a message whose channel has not reached', () => {
  test('goes by the next, once, under a key of its own, and says why', () => {
    const [sms, email, app] = [fakeChannel('sms', [refused]), fakeChannel('email'), fakeChannel('in_app')]
    return drive(over(sms, email, app))
      .publish(hello())
      .enter('王芳')
      .advance('2 days')
      .do((story) => {
        expect(channelsOf(story)).toEqual(['sms failed', 'email sent'])
        expect(messages(story)[1]).toMatchObject({
          turn: 1,
          passed: JSON.stringify([{ channel: 'sms', gate: 'failed' }]),
        })
        expect(email.handed.map(({ text }) => text.includes('邮件里说'))).toEqual([true])
        expect(email.handed[0]?.key).not.toBe(sms.handed[0]?.key)
      })
      .expectEnded('王芳', 'done')
      .run()
  })

  test('goes by one after the other, as long as there is one', () => {
    const channels = [fakeChannel('sms', [refused]), fakeChannel('email', [refused]), fakeChannel('in_app')]
    return drive(over(...channels))
      .publish(hello())
      .enter('王芳')
      .advance('2 days')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed', 'email failed', 'in_app sent']))
      .run()
  })

  test('goes by no other while nobody knows whether it has', () =>
    drive(over(fakeChannel('sms', [lostAnswer], { idempotent: false }), fakeChannel('email')))
      .publish(hello())
      .enter('王芳')
      .advance('2 days')
      .do((story) => expect(channelsOf(story)).toEqual(['sms unknown']))
      .run())

  test('goes by no other while it is still tried again', () =>
    drive(over(fakeChannel('sms', [laterPlease, laterPlease]), fakeChannel('email')))
      .publish(hello())
      .enter('王芳')
      .advance('1 hour')
      .do((story) => expect(channelsOf(story)).toEqual(['sms sent']))
      .run())

  test('goes by the next when its provider reports the failure later', () =>
    drive(over(fakeChannel('sms'), fakeChannel('email')))
      .publish(hello())
      .enter('王芳')
      .advance('1 hour')
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .advance('1 hour')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed', 'email sent']))
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .advance('1 hour')
      .do((story) => expect(messages(story)).toHaveLength(2))
      .run())

  test('goes by no other once it has arrived, whatever is reported then', () =>
    drive(over(fakeChannel('sms'), fakeChannel('email')))
      .publish(hello())
      .enter('王芳')
      .event('王芳', 'message_delivered', { properties: { message_id: '1' } })
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .advance('2 days')
      .do((story) => expect(messages(story)).toHaveLength(1))
      .run())

  test('waits for the morning, where the failure is told of at night', () =>
    drive({ ...over(fakeChannel('sms'), fakeChannel('email')), at: '2027-03-01T20:30:00+08:00' })
      .publish(hello())
      .enter('王芳')
      .advance('1 hour')
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .advance('1 hour')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed']))
      .advance('12 hours')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed', 'email sent']))
      .run())

  test('is given up where the failure is told of too late', () =>
    drive(over(fakeChannel('sms'), fakeChannel('email')))
      .publish(hello({ within: 3 }))
      .enter('王芳')
      .advance('4 hours')
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .advance('1 day')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed']))
      .run())

  test('does not fill the ceiling to which its successor is held', () =>
    drive({
      ...over(fakeChannel('sms'), fakeChannel('email')),
      brand: { caps: [{ channel: null, messages: 1, days: 1 }] },
    })
      .publish(hello())
      .enter('王芳')
      .advance('1 hour')
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed', 'email sent']))
      .run())

  test('is followed by none when the customer has left by an exit rule meanwhile', () =>
    drive(over(fakeChannel('sms'), fakeChannel('email')))
      .publish({
        nodes: {
          hand: by.hand(),
          hello: by.sms('短信里说', { fallbacks: [byMail] }),
          rest: by.rest('1 day'),
          done: by.exit(),
        },
        flow: ['hand -> hello', 'hello -> rest', 'rest -> done'],
        settings: { exitWhen: [{ event: 'order', where: [] }] },
      })
      .enter('王芳')
      .event('王芳', 'order')
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .advance('2 hours')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed']))
      .run())

  test('waits while its journey is paused, and goes on with it, over the end of the process', () =>
    drive(over(fakeChannel('sms'), fakeChannel('email')))
      .publish(hello())
      .enter('王芳')
      .pause()
      .event('王芳', 'message_failed', { properties: { message_id: '1' } })
      .advance('1 hour')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed']))
      .restart()
      .resume()
      .advance('1 hour')
      .do((story) => expect(channelsOf(story)).toEqual(['sms failed', 'email sent']))
      .run())

  test('goes by the next where a gate holds it just before it leaves', () => {
    const channels = new Map([['email', fakeChannel('email')]])
    return drive({ channels: () => channels })
      .publish(hello())
      .enter('王芳')
      .do((story) => expect(channelsOf(story)).toEqual(['sms queued']))
      .do(({ db }) => {
        db.sqlite.prepare('update customers set phone = null').run()
        channels.set('sms', fakeChannel('sms'))
      })
      .advance('1 hour')
      .do((story) => {
        expect(channelsOf(story)).toEqual(['sms held', 'email sent'])
        expect(messages(story)[1]?.passed).toBe(JSON.stringify([{ channel: 'sms', gate: 'no_address' }]))
      })
      .run()
  })
})

const answers: readonly SendResult[] = [accepted, refused, laterPlease, lostAnswer]

test('whatever channels answer and wherever the process ends, a customer is never given a message twice', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...answers), { maxLength: 4 }),
      fc.array(fc.constantFrom(...answers), { maxLength: 4 }),
      fc.boolean(),
      fc.boolean(),
      async (first, second, idempotent, reported) => {
        const sms = fakeChannel('sms', first, { idempotent })
        const email = fakeChannel('email', second, { idempotent })
        const app = fakeChannel('in_app')
        const story = drive(over(sms, email, app))
          .publish(hello())
          .enter('王芳')
          .restart()
          .advance('3 hours')
        if (reported) story.event('王芳', 'message_failed', { properties: { message_id: '1' } })
        await story.restart().advance('2 days').run()
        const rows = messages(story)
        const arrived = rows.filter(({ status, turn }) => status === 'sent' && !(reported && turn === 0))
        const doubtful = rows.filter(({ status, turn }) => status === 'unknown' && !(reported && turn === 0))
        expect(arrived.length + doubtful.length).toBeLessThanOrEqual(1)
        // Each is of another channel, in their order, and each but the last has surely failed.
        expect(rows.map(({ channel }) => channel)).toEqual(['sms', 'email', 'in_app'].slice(0, rows.length))
        expect(rows.map(({ turn }) => turn)).toEqual(rows.map((_row, at) => at))
        // Whoever has not been reached was tried by every channel.
        if (rows.every(({ status }) => status === 'failed')) expect(rows).toHaveLength(3)
      },
    ),
    { seed: 20270301, numRuns: 40 },
  ))
