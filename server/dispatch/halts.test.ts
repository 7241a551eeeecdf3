import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import type { SendResult } from '../channels/channel.ts'
import { type FakeChannel, fakeChannel, refused } from '../testing/fake-channel.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const hello = {
  nodes: { hand: by.hand(), hello: by.sms('您好'), done: by.exit() },
  flow: ['hand -> hello', 'hello -> done'],
}
const callTo = (id: string, url: string) => ({
  id,
  nodes: { hand: by.hand(), hello: by.sms('您好', { channel: 'webhook', url }), done: by.exit() },
  flow: ['hand -> hello', 'hello -> done'],
})

const moved: SendResult = {
  kind: 'endpoint',
  mend: 'person',
  code: 'http-302',
  detail: 'moved',
  afterMs: null,
  inDoubt: false,
}
const busy: SendResult = { ...moved, mend: 'time', code: 'http-503', detail: 'busy', afterMs: 600_000 }
const page: SendResult = { ...moved, code: 'bad-answer', detail: 'a page', inDoubt: true }

const over = (...channels: readonly FakeChannel[]) => ({
  channels: () => new Map(channels.map((channel) => [channel.id, channel])),
})
const often = (result: SendResult, times: number) => Array.from({ length: times }, () => result)
const halts = (story: JourneyDriver) => story.brand.stores.settings.halts()
const people = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)
const states = (story: JourneyDriver) =>
  story.rows<{ status: string; attempts: number; n: number }>(
    'select status, attempts, count(*) as n from messages group by status, attempts order by 1, 2',
  )

describe('an endpoint at fault', () => {
  test('costs no message anything: they wait, one tries it now and then, and all go out when it is well', () => {
    // The whole batch that was under way, then one by one.
    const sms = fakeChannel('sms', often(moved, 53))
    return drive(over(sms))
      .publish(hello)
      .enter(...people(60))
      .do(async (story) => {
        expect(sms.handed).toHaveLength(50)
        expect(states(story)).toEqual([{ status: 'queued', attempts: 0, n: 60 }])
        expect(await halts(story)).toMatchObject([
          { channel: 'sms', endpoint: '', mend: 'person', code: 'http-302', attempts: 1, waiting: 60 },
        ])
      })
      .advance('1 minute')
      .do(async (story) => {
        expect(sms.handed).toHaveLength(52)
        expect((await halts(story))[0]).toMatchObject({ attempts: 3 })
      })
      .advance('30 minutes')
      .do(async (story) => {
        expect(await halts(story)).toEqual([])
        expect(states(story)).toEqual([{ status: 'sent', attempts: 1, n: 60 }])
        const told = story.rows<{ action: string }>(
          `select action from audit where object_kind = 'channel' order by seq`,
        )
        expect(told.map(({ action }) => action)).toEqual(['channel.halted', 'channel.recovered'])
      })
      .run()
  })

  test('is tried for as long as it takes, without one failing', () => {
    const sms = fakeChannel('sms', often(moved, 10_000))
    return drive(over(sms))
      .publish(hello)
      .enter('王芳', '李雷')
      .advance('30 days')
      .do((story) => expect(states(story)).toEqual([{ status: 'queued', attempts: 0, n: 2 }]))
      .run()
  })

  test('goes on at once when a person says so', () => {
    const sms = fakeChannel('sms', often(moved, 2))
    return drive(over(sms))
      .publish(hello)
      .enter('王芳', '李雷')
      .do(async (story) => {
        const { brand } = story
        expect(await brand.stores.settings.resumeChannel(brand.act(terminalActor), 'sms', null)).toBe(1)
        await brand.settle()
        expect(await halts(story)).toEqual([])
      })
      .expectMessages('hello', 'sent', 'sent')
      .run()
  })

  test('that asks for a rest is given it, and its messages are in no hurry', () => {
    const sms = fakeChannel('sms', [busy])
    return drive(over(sms))
      .publish(hello)
      .enter('王芳')
      .advance('9 minutes')
      .do(async (story) => {
        expect(sms.handed).toHaveLength(1)
        expect(await halts(story)).toMatchObject([{ mend: 'time', code: 'http-503' }])
        expect(story.rows(`select 1 from audit where action = 'channel.halted'`)).toEqual([])
      })
      .advance('2 minutes')
      .expectMessages('hello', 'sent')
      .run()
  })

  test('of which others are answered is none: the one message has used up its tries', () => {
    // Every batch of which one is answered shows that the endpoint works.
    const sms: FakeChannel = {
      ...fakeChannel('sms'),
      async send(messages) {
        return messages.map(({ customerId }) =>
          customerId === 'm0' ? moved : { kind: 'accepted', providerId: null },
        )
      },
    }
    return drive(over(sms))
      .publish(hello)
      .enter(...people(3))
      .do((story) => expect(halts(story)).resolves.toEqual([]))
      .expectMessages('hello', 'queued', 'sent', 'sent')
      .do((story) =>
        expect(states(story)).toEqual([
          { status: 'queued', attempts: 1, n: 1 },
          { status: 'sent', attempts: 1, n: 2 },
        ]),
      )
      .run()
  })

  test('does not let one message that it alone minds stand before the others', () => {
    const sms: FakeChannel = {
      ...fakeChannel('sms'),
      async send(messages) {
        return messages.map(({ customerId }) =>
          customerId === 'm0' ? moved : { kind: 'accepted', providerId: null },
        )
      },
    }
    return drive(over(sms))
      .publish(hello)
      .enter('m0')
      .advance('5 minutes')
      .enter('m1', 'm2')
      .advance('30 minutes')
      .do((story) =>
        expect(story.rows(`select customer_id from messages where status = 'sent' order by 1`)).toEqual([
          { customer_id: 'm1' },
          { customer_id: 'm2' },
        ]),
      )
      .run()
  })

  test('that may have taken one all the same marks it, and asks again with the same key', () => {
    const sms = fakeChannel('sms', [page])
    return drive(over(sms))
      .publish(hello)
      .enter('王芳')
      .do((story) => {
        const [row] = story.rows<{ error: string; attempts: number }>('select error, attempts from messages')
        expect(row).toMatchObject({ error: expect.stringMatching(/^in doubt: bad-answer/), attempts: 1 })
      })
      .advance('1 minute')
      .expectMessages('hello', 'sent')
      .do(() => expect(new Set(sms.handed.map(({ key }) => key)).size).toBe(1))
      .run()
  })

  test('that may have taken one and knows no keys leaves it unknown', () => {
    const email = fakeChannel('email', [page], { idempotent: false })
    return drive(over(email))
      .publish({ ...hello, nodes: { ...hello.nodes, hello: by.email('您好') } })
      .enter('王芳')
      .advance('1 day')
      .expectMessages('hello', 'unknown')
      .do(() => expect(email.handed).toHaveLength(1))
      .run()
  })
})

describe('of webhooks', () => {
  const [bad, good] = ['https://bad.example/hook', 'https://good.example/hook']
  test('each address rests for itself, and holds up no other', () => {
    const webhook: FakeChannel = {
      ...fakeChannel('webhook'),
      async send(messages) {
        return messages.map(({ to }) => (to === bad ? moved : { kind: 'accepted', providerId: null }))
      },
    }
    return drive(over(webhook))
      .publish(callTo('one', bad))
      .enter('王芳')
      .do(async (story) =>
        expect(await halts(story)).toMatchObject([{ channel: 'webhook', endpoint: bad, waiting: 1 }]),
      )
      .publish(callTo('two', good))
      .enter('李雷')
      .advance('1 hour')
      .do((story) =>
        expect(story.rows('select recipient, status from messages order by id')).toEqual([
          { recipient: bad, status: 'queued' },
          { recipient: good, status: 'sent' },
        ]),
      )
      .run()
  })
})

test('a refusal of one message is no fault of its endpoint', () => {
  const sms = fakeChannel('sms', [refused])
  return drive(over(sms))
    .publish(hello)
    .enter('王芳')
    .expectMessages('hello', 'failed')
    .do((story) => expect(halts(story)).resolves.toEqual([]))
    .run()
})
