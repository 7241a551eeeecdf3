import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { unsubscriber } from '../store/sqlite/customers/closing.ts'
import { type FakeChannel, fakeChannel, laterPlease, lostAnswer, refused } from '../testing/fake-channel.ts'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const hello = (config = {}) => ({
  nodes: { hand: by.hand(), hello: by.sms('您好', config), done: by.exit() },
  flow: ['hand -> hello', 'hello -> done'],
})

/** Sends, then again a day later. */
const twice = {
  nodes: {
    hand: by.hand(),
    first: by.sms('一'),
    rest: by.rest('1 day'),
    second: by.sms('二'),
    done: by.exit(),
  },
  flow: ['hand -> first', 'first -> rest', 'rest -> second', 'second -> done'],
}

const over = (...channels: readonly FakeChannel[]) => ({
  channels: () => new Map(channels.map((channel) => [channel.id, channel])),
})

describe('gates (rule 12)', () => {
  test.each([
    ['blacklisted', { blacklisted: true }],
    ['no_consent', { consentSms: false }],
    ['no_address', { phone: null }],
  ])('%s: the message is not sent, and the reason is kept', (gate, member) =>
    drive()
      .member('王芳', member)
      .publish(hello())
      .enter('王芳')
      .expectNotSent('hello')
      .expectLeft('王芳', 'hello', 'not_sent', { code: 'suppressed', gate })
      .expectFigure('hello', `suppressed:${gate}`, 1)
      .run(),
  )

  test('rule 12: members of the control group walk the same path and get nothing', () =>
    drive()
      .publish({ ...hello(), settings: { controlGroup: { percent: 50, salt: 'x' } } })
      .enter(...Array.from({ length: 40 }, (_, index) => `m${index}`))
      .do((story) => {
        const rows = story.rows<{ control: number; n: number; sent: number }>(
          `select e.control, count(*) as n, count(m.id) as sent from enrollments e
           left join messages m on m.enrollment_id = e.id where e.ending = 'done' group by e.control order by 1`,
        )
        expect(rows[1]).toMatchObject({ control: 1, sent: 0 })
        expect(rows[0]).toEqual({ control: 0, n: 40 - (rows[1]?.n ?? 0), sent: 40 - (rows[1]?.n ?? 0) })
      })
      .run())

  test('rule 12: in quiet hours a message waits for their end', () =>
    drive({ at: '2027-03-01T22:00:00+08:00' })
      .publish(hello())
      .enter('王芳')
      .expectNotSent('hello')
      .advance('11 hours')
      .expectSent('hello', '王芳')
      .run())

  test('rule 15: a blank value without a default suppresses the message', () =>
    drive()
      .member('王芳', { name: null })
      .publish({ ...hello(), nodes: { ...hello().nodes, hello: by.sms('亲爱的{{ customer.name }}') } })
      .enter('王芳')
      .expectLeft('王芳', 'hello', 'not_sent', { gate: 'render' })
      .run())
})

describe('caps (rule 13)', () => {
  const brand: Partial<Brand> = { caps: [{ channel: null, messages: 1, days: 7 }] }

  test('rule 13: caps count over all journeys, in windows that roll', () =>
    drive({ brand })
      .publish({ ...hello(), id: 'other' })
      .enter('王芳')
      .expectSent('hello', '王芳')
      .publish(twice)
      .advance('6 days')
      .enter('王芳')
      .expectLeft('王芳', 'first', 'not_sent', { gate: 'cap' })
      .advance('1 day')
      .expectSent('second', '王芳')
      .run())

  test('count a message by when it is sent, not by when it was decided', () =>
    drive({ at: '2027-03-01T20:59:50+08:00', brand, ...over(fakeChannel('sms', [laterPlease])) })
      .publish({ ...hello(), id: 'other' })
      .enter('王芳')
      .expectMessages('hello', 'queued')
      .advance('13 hours')
      .expectSent('hello', '王芳')
      .publish(hello())
      // Seven days after it was decided, and six and a half after it was sent.
      .do(({ brand: { act, now, advance } }) =>
        advance(act(terminalActor), { to: now() + (6 * 24 + 12) * 3_600_000 }),
      )
      .enter('王芳')
      .expectLeft('王芳', 'hello', 'not_sent', { gate: 'cap' })
      .run())

  test('count what is decided and waits for the morning', () =>
    drive({ at: '2027-03-01T20:59:50+08:00', brand, ...over(fakeChannel('sms', [laterPlease])) })
      .publish({ ...hello(), id: 'other' })
      .enter('王芳')
      .advance('1 hour')
      .expectMessages('hello', 'queued')
      .publish(hello())
      .enter('王芳')
      .expectLeft('王芳', 'hello', 'not_sent', { gate: 'cap' })
      .run())

  test('count what waited in a pause for longer than the window', () =>
    drive({ brand, ...over(fakeChannel('sms', [laterPlease])) })
      .publish({ ...hello(), id: 'other' })
      .enter('王芳')
      .pause()
      .advance('10 days')
      .resume()
      .expectSent('hello', '王芳')
      .publish(hello())
      .enter('王芳')
      .expectLeft('王芳', 'hello', 'not_sent', { gate: 'cap' })
      .run())

  test('count a message of which nobody knows by when it was tried', () =>
    drive({
      at: '2027-03-01T20:59:50+08:00',
      brand,
      ...over(fakeChannel('email', [laterPlease, lostAnswer], { idempotent: false })),
    })
      .publish({ ...hello(), id: 'other', nodes: { ...hello().nodes, hello: by.email('您好') } })
      .enter('王芳')
      .advance('13 hours')
      .expectMessages('hello', 'unknown')
      .publish(hello())
      .do(({ brand: { act, now, advance } }) =>
        advance(act(terminalActor), { to: now() + (6 * 24 + 12) * 3_600_000 }),
      )
      .enter('王芳')
      .expectLeft('王芳', 'hello', 'not_sent', { gate: 'cap' })
      .run())

  test('two messages decided in one batch count towards each other', () =>
    drive({ brand })
      .publish({
        nodes: { hand: by.hand(), one: by.sms('一'), two: by.sms('二'), done: by.exit() },
        flow: ['hand -> one', 'one -> two', 'two -> done'],
      })
      .enter('王芳')
      .expectSent('one', '王芳')
      .expectLeft('王芳', 'two', 'not_sent', { gate: 'cap' })
      .run())

  test('rule 13: service messages are exempt from the caps, and are marked as such', () =>
    drive({ brand })
      .publish({
        nodes: {
          hand: by.hand(),
          one: by.sms('一'),
          two: by.sms('二', { purpose: 'service' }),
          done: by.exit(),
        },
        flow: ['hand -> one', 'one -> two', 'two -> done'],
      })
      .enter('王芳')
      .expectSent('two', '王芳')
      .run())
})

describe('handing over (rule 14)', () => {
  test('rule 14: one message for each visit, under a key that names the visit', () => {
    const sms = fakeChannel('sms')
    return drive(over(sms))
      .publish(twice)
      .enter('王芳')
      .advance('1 day')
      .do((story) => {
        const [life] = story.rows<{ life: string }>('select distinct life from messages')
        const keys = ['first-1', 'second-1'].map((visit) => `test-${life?.life}-1-${visit}`)
        expect(sms.handed.map(({ key }) => key)).toEqual(keys)
      })
      .run()
  })

  test('rule 14: a lost answer is asked for again with the same key and the same words', () => {
    const sms = fakeChannel('sms', [lostAnswer])
    return drive(over(sms))
      .publish(hello())
      .enter('王芳')
      .expectMessages('hello', 'queued')
      .advance('1 minute')
      .expectMessages('hello', 'sent')
      .do(() => {
        const [first, second, ...rest] = sms.handed
        expect(second).toEqual(first)
        expect(rest).toEqual([])
      })
      .run()
  })

  test('rule 14: where no key helps a message is unknown, listed, and never sent again by itself', () => {
    const email = fakeChannel('email', [lostAnswer], { idempotent: false })
    return drive(over(email))
      .publish({ ...hello(), nodes: { ...hello().nodes, hello: by.email('您好') } })
      .enter('王芳')
      .advance('30 days')
      .expectMessages('hello', 'unknown')
      .expectFigure('hello', 'message:unknown', 1)
      .do(() => expect(email.handed).toHaveLength(1))
      .restart()
      .do(() => expect(email.handed).toHaveLength(1))
      .run()
  })

  test('a receipt settles what was unknown', () =>
    drive(over(fakeChannel('email', [lostAnswer], { idempotent: false })))
      .publish({ ...hello(), nodes: { ...hello().nodes, hello: by.email('您好') } })
      .enter('王芳')
      .event('王芳', 'message_delivered', { properties: { message_id: '1' } })
      .expectMessages('hello', 'sent')
      .expectFigure('hello', 'message:unknown', 0)
      .expectFigure('hello', 'receipt:delivered', 1)
      .run())

  test('a busy provider is tried again, later each time, and given up at last', () => {
    const sms = fakeChannel(
      'sms',
      Array.from({ length: 100 }, () => laterPlease),
    )
    return drive(over(sms))
      .publish(hello())
      .enter('王芳')
      .advance('10 minutes')
      .do(() => expect(sms.handed).toHaveLength(6))
      .advance('3 days')
      .expectMessages('hello', 'failed')
      .expectFigure('hello', 'message:failed', 1)
      .do(() => expect(sms.handed).toHaveLength(14))
      .run()
  })

  test('a message that was ever in doubt is not called failed when it is given up', () => {
    const sms = fakeChannel('sms', [lostAnswer, ...Array.from({ length: 100 }, () => laterPlease)])
    return drive(over(sms))
      .publish(hello())
      .enter('王芳')
      .advance('3 days')
      .expectMessages('hello', 'unknown')
      .run()
  })

  test('what a provider refuses is failed, and the others of its batch are sent', () =>
    drive(over(fakeChannel('sms', [refused])))
      .publish(hello())
      .enter('王芳', '李雷')
      .expectMessages('hello', 'failed', 'sent')
      .run())

  test('a process that dies while sending: where a key helps it is sent again, else nobody knows', () =>
    drive(over(fakeChannel('sms'), fakeChannel('email', [], { idempotent: false })))
      .publish({
        nodes: { hand: by.hand(), text: by.sms('一'), mail: by.email('二'), done: by.exit() },
        flow: ['hand -> text', 'text -> mail', 'mail -> done'],
      })
      .enter('王芳')
      .do(({ db }) => db.sqlite.prepare(`update messages set status = 'sending', due_at = null`).run())
      .restart()
      .expectMessages('text', 'sent')
      .expectMessages('mail', 'unknown')
      .run())
})

describe('consent at dispatch (rules 14 and 20)', () => {
  const pausedWithOne = () => {
    const sms = fakeChannel('sms', [laterPlease])
    return { sms, story: drive(over(sms)).publish(hello()).enter('王芳').expectMessages('hello', 'queued') }
  }

  test('rule 14: consent is asked again at dispatch: whoever was blacklisted meanwhile gets nothing', () => {
    const { sms, story } = pausedWithOne()
    return story
      .do(({ db }) =>
        db.sqlite
          .prepare(
            `insert into address_states (kind, address, channel, closed_why, closed_at)
             select 'phone', phone, '*', 'blacklisted', 1 from customers`,
          )
          .run(),
      )
      .advance('1 day')
      .expectMessages('hello', 'held')
      .expectFigure('hello', 'message:held:blacklisted', 1)
      .do(() => expect(sms.handed).toHaveLength(1))
      .run()
  })

  test('a message of which the gates cannot be asked fails alone, and is listed', () =>
    drive(over(fakeChannel('sms', [laterPlease, laterPlease])))
      .publish(hello())
      .enter('王芳', '李雷')
      .do(({ db }) =>
        db.sqlite.exec(
          `update customers set timezone = 'Asia/Shanghai' where id = '李雷';
           update versions set graph = json_set(graph, '$.settings.zone', 'Nowhere/Else')`,
        ),
      )
      .advance('1 hour')
      .expectSent('hello', '李雷')
      .expectMessages('hello', 'failed', 'sent')
      .expectFigure('hello', 'message:failed', 1)
      .run())

  test('rule 20: T stops marketing on that channel at once, what is queued included', () =>
    pausedWithOne()
      .story.reply('王芳', 'T')
      .expectMessages('hello', 'cancelled')
      .advance('1 day')
      .expectMessages('hello', 'cancelled')
      .do((story) => {
        expect(
          story.rows(
            'select kind, channel, closed_why as why, closed_source as source from address_states where closed_at is not null',
          ),
        ).toEqual([{ kind: 'phone', channel: 'sms', why: 'opted_out', source: 'reply' }])
        expect(story.rows('select direction, body from inbox')).toEqual([{ direction: 'in', body: 'T' }])
      })
      .run())

  test('after T the journey goes on without messages on that channel', () =>
    drive()
      .publish(twice)
      .enter('王芳')
      .reply('王芳', '退订')
      .advance('1 day')
      .expectLeft('王芳', 'second', 'not_sent', { gate: 'unsubscribed' })
      .run())

  test('a reply that only begins with a T unsubscribes nobody', () =>
    drive()
      .publish(twice)
      .enter('王芳')
      .reply('王芳', 'T恤有货吗')
      .advance('1 day')
      .expectSent('second', '王芳')
      .run())

  test('rule 20: unsubscribing by the link of an e-mail leaves text messages alone', () =>
    drive()
      .publish(twice)
      .enter('王芳')
      .do(({ db }) => unsubscriber(db)({ customerId: '王芳', channel: 'email', at: 1, source: 'link' }))
      .advance('1 day')
      .expectSent('second', '王芳')
      .run())

  test('what was held by a pause into the night waits for the morning', () => {
    const sms = fakeChannel('sms', [laterPlease])
    return drive({ at: '2027-03-01T20:59:50+08:00', ...over(sms) })
      .publish(hello())
      .enter('王芳')
      .advance('1 hour')
      .do(() => expect(sms.handed).toHaveLength(1))
      .advance('12 hours')
      .expectSent('hello', '王芳')
      .run()
  })
})

test('rule 22: a pause holds queued messages, and the resume lets them go', () => {
  const sms = fakeChannel('sms', [laterPlease])
  return drive(over(sms))
    .publish(hello())
    .enter('王芳')
    .pause()
    .advance('1 day')
    .expectMessages('hello', 'queued')
    .resume()
    .expectMessages('hello', 'sent')
    .run()
})

describe('receipts', () => {
  test('count once for each message, however often they come', () =>
    drive()
      .publish(hello())
      .enter('王芳')
      .event('王芳', 'message_delivered', { id: 'd1', properties: { message_id: '1' } })
      .event('王芳', 'message_delivered', { id: 'd1', properties: { message_id: '1' } })
      .event('王芳', 'message_clicked', { properties: { message_id: '1' } })
      .event('王芳', 'message_clicked', { properties: { message_id: '1' } })
      .expectFigure('hello', 'receipt:delivered', 1)
      .expectFigure('hello', 'receipt:clicked', 1)
      .do((story) => expect(story.rows('select kind from receipts order by kind')).toHaveLength(3))
      .run())

  test('wake whoever waits for them', () =>
    drive()
      .publish({
        nodes: {
          hand: by.hand(),
          hello: by.sms('您好'),
          click: by.until('message_clicked', '2 days'),
          more: by.sms('看看这些'),
          done: by.exit(),
        },
        flow: [
          'hand -> hello',
          'hello -> click',
          'click.happened -> more',
          'click.timeout -> done',
          'more -> done',
        ],
      })
      .enter('王芳')
      .advance('1 hour')
      .event('王芳', 'message_clicked', { properties: { message_id: '1' } })
      .expectSent('more', '王芳')
      .run())

  test('a redemption is noted on the coupon', () =>
    drive()
      .publish({
        nodes: { hand: by.hand(), gift: ['coupon', { prefix: 'QX' }], done: by.exit() },
        flow: ['hand -> gift', 'gift -> done'],
      })
      .enter('王芳')
      .do(async (story) => {
        const [row] = story.rows<{ code: string }>('select code from coupons')
        await story.brand.ingest([
          {
            customerId: '王芳',
            event: {
              id: 'r1',
              name: 'coupon_redeemed',
              at: story.brand.now(),
              amount: null,
              properties: { code: row?.code ?? '' },
            },
          },
        ])
        expect(story.rows('select redeemed_at from coupons')).toEqual([{ redeemed_at: story.brand.now() }])
      })
      .run())
})
