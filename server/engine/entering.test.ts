import { describe, expect, test } from 'vitest'
import { importFile } from '../imports/index.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const welcome = {
  nodes: { hand: by.hand(), rest: by.rest('3 days'), hello: by.sms('您好'), done: by.exit() },
  flow: ['hand -> rest', 'rest -> hello', 'hello -> done'],
}

/** A list by file, read in for a trigger: of the journey, or `other.hand` of another. */
const listed =
  (place: string, ...names: readonly string[]) =>
  ({ db, brand }: JourneyDriver) => {
    const [node = '', journeyId = 'journey'] = place.split('.').toReversed()
    return importFile(db, {
      kind: 'entrants',
      source: Buffer.from(`customer_id\n${names.join('\n')}\n`),
      into: { journeyId, node, list: `list ${names[0]}` },
      zone: 'Asia/Shanghai',
      currency: 'CNY',
      receivedAt: brand.now(),
    })
  }

describe('a list by file (rule 1)', () => {
  test('that is still being read when the journey is paused is counted, and comes in where that is ticked', () =>
    drive()
      .members('王芳', '李雷', '韩梅')
      .publish(welcome)
      .do(listed('hand', '王芳'))
      .do(({ brand }) => brand.settle())
      .pause()
      .advance('1 hour')
      .do(listed('hand', '李雷', '韩梅'))
      .expectMeanwhile({ hand: 2 })
      .resume({ letIn: true })
      .expectWaitingAt('rest', '李雷', '王芳', '韩梅')
      .run())

  test('of many holds up nobody who comes into another journey (rule 25)', () =>
    drive({ batchSize: 2 })
      .members('a', 'b', 'c', 'd', 'e', 'z')
      .publish({ ...welcome, id: 'other' })
      .publish(welcome)
      .do(listed('hand', 'a', 'b', 'c', 'd', 'e'))
      .do(listed('other.hand', 'z'))
      .do(async ({ brand }) => void (await brand.engine.batch(brand.now())))
      .do((story) =>
        expect(story.rows(`select customer_id as id from enrollments where journey_id = 'other'`)).toEqual([
          { id: 'z' },
        ]),
      )
      .run())

  test('comes in by the trigger that there is by then, where a new version has another', () =>
    drive()
      .members('王芳', '李雷')
      .publish(welcome)
      .do(listed('hand', '王芳'))
      .publish({
        nodes: { door: by.hand(), rest: by.rest('3 days'), hello: by.sms('您好'), done: by.exit() },
        flow: ['door -> rest', 'rest -> hello', 'hello -> done'],
      })
      .do(listed('hand', '李雷'))
      .do(({ brand }) => brand.settle())
      .expectWaitingAt('rest', '李雷', '王芳')
      .run())
})

describe('events of a pause (rule 3)', () => {
  test('are those that came in during it, whenever they happened', () =>
    drive()
      .publish({
        nodes: { told: by.event('visited'), hello: by.sms('您好'), done: by.exit() },
        flow: ['told -> hello', 'hello -> done'],
      })
      .event('韩梅', 'visited')
      .advance('1 hour')
      .pause()
      .advance('5 minutes')
      .event('王芳', 'visited', { ago: '10 minutes' })
      .event('李雷', 'visited')
      .expectMeanwhile({ told: 2 })
      .resume({ letIn: true })
      .expectSent('hello', '李雷', '王芳', '韩梅')
      .run())
})

describe('re-entry (rule 2)', () => {
  test('rule 2: a customer is in a journey once, however often the customer is let in', () =>
    drive()
      .publish(welcome)
      .enter('王芳')
      .enter('王芳')
      .advance('1 day')
      .enter('王芳')
      .expectWaitingAt('rest', '王芳')
      .run())

  test('rule 2: unless said otherwise whoever has left stays out', () =>
    drive()
      .publish(welcome)
      .enter('王芳')
      .advance('3 days')
      .expectEnded('王芳', 'done')
      .enter('王芳')
      .expectEnded('王芳', 'done')
      .run())

  test('rule 2: after leaving the customer may come again', () =>
    drive()
      .publish({ ...welcome, settings: { reentry: { kind: 'after_leaving' } } })
      .enter('王芳')
      .enter('王芳')
      .advance('3 days')
      .enter('王芳')
      .expectWaitingAt('rest', '王芳')
      .run())

  test('rule 2: after so many days the customer may come again, not before', () =>
    drive()
      .publish({ ...welcome, settings: { reentry: { kind: 'after_days', days: 10 } } })
      .enter('王芳')
      .advance('9 days')
      .enter('王芳')
      .expectEnded('王芳', 'done')
      .advance('1 day')
      .enter('王芳')
      .expectWaitingAt('rest', '王芳')
      .run())

  test('days are those of the calendar: a firing on the seventh day lets in whoever came in late on the first', () =>
    drive({ at: '2027-03-01T09:59:00+08:00' })
      .members('王芳')
      .publish({
        nodes: {
          weekly: [
            'audience_at',
            {
              audience: { kind: 'attribute', name: 'phone', op: 'is_set' },
              at: { kind: 'cron', cron: '0 10 * * 1' },
            },
          ],
          hello: by.sms('您好'),
          done: by.exit(),
        },
        flow: ['weekly -> hello', 'hello -> done'],
        settings: { reentry: { kind: 'after_days', days: 7 } },
      })
      // The server was busy: Monday's firing is half a minute late.
      .do(async ({ brand }) => {
        await brand.engine.tick(Date.parse('2027-03-01T10:00:30+08:00'))
      })
      .advance('8 days')
      .expectSent('hello', '王芳', '王芳')
      .run())

  test('rule 2: keyed by order number, each order has a passage of its own, and no order two', () =>
    drive()
      .publish({
        nodes: { bought: by.event('order'), rest: by.rest('3 days'), done: by.exit() },
        flow: ['bought -> rest', 'rest -> done'],
        settings: { reentry: { kind: 'keyed', property: 'number' } },
      })
      .event('王芳', 'order', { properties: { number: 'A1' } })
      .event('王芳', 'order', { properties: { number: 'A2' } })
      .event('王芳', 'order', { properties: { number: 'A1' } })
      .expectWaitingAt('rest', '王芳', '王芳')
      .advance('3 days')
      .event('王芳', 'order', { properties: { number: 'A2' } })
      .expectWaitingAt('rest')
      .run())

  test('an order comes with its number, however it is told of, and with its amount', () =>
    drive()
      .publish({
        nodes: {
          bought: by.event('order'),
          much: [
            'branch',
            {
              branches: [
                {
                  id: 'yes',
                  name: { en: 'Much' },
                  when: { kind: 'entry', property: 'amount', op: 'gte', value: 10_000 },
                },
              ],
            },
          ],
          thanks: by.sms('订单 {{ entry.order_id }} 已收到'),
          rest: by.rest('3 days'),
          done: by.exit(),
        },
        flow: [
          'bought -> much',
          'much.yes -> thanks',
          'much.otherwise -> rest',
          'thanks -> rest',
          'rest -> done',
        ],
        settings: { reentry: { kind: 'keyed', property: 'order_id' } },
        variables: ['entry.order_id'],
      })
      .event('王芳', 'order', { id: 'A1', amount: 10_000 })
      .event('王芳', 'order', { id: 'A2', amount: 9_999 })
      .event('李雷', 'order', { id: 'B1', properties: { order_id: 'A1' } })
      .expectWaitingAt('rest', '王芳', '王芳', '李雷')
      .expectText('thanks', '【小铺】订单 A1 已收到拒收请回复R')
      .run())
})

describe('one event that means several things at once', () => {
  test('lets a customer in by one of the triggers that it fits, so nobody is greeted twice', () =>
    drive()
      .publish({
        nodes: {
          bought: by.event('order'),
          dear: by.event('order', {
            filter: { event: 'order', where: [{ property: 'amount', op: 'gt', value: 10_000 }] },
          }),
          hello: by.sms('您好'),
          done: by.exit(),
        },
        flow: ['bought -> hello', 'dear -> hello', 'hello -> done'],
      })
      .event('王芳', 'order', { amount: 20_000 })
      .expectEnded('王芳', 'done')
      .expectMessages('hello', 'sent')
      .run())

  test('a purchase that ends one passage begins the next, as the rehearsal says', () =>
    drive()
      .publish({
        nodes: {
          bought: by.event('order'),
          again: by.goal('order', { ends: true }),
          rest: by.rest('30 days'),
          remind: by.sms('该补货了'),
          done: by.exit(),
        },
        flow: ['bought -> rest', 'rest -> remind', 'remind -> done'],
        settings: { reentry: { kind: 'after_leaving' } },
      })
      .event('王芳', 'order')
      .advance('20 days')
      .event('王芳', 'order')
      .expectWaitingAt('rest', '王芳')
      .advance('30 days')
      .expectEnded('王芳', 'again', 'done')
      .expectMessages('remind', 'sent')
      .run())

  test('two orders told of at the same moment have a coupon each', () =>
    drive()
      .publish({
        nodes: { bought: by.event('order'), gift: ['coupon'], done: by.exit() },
        flow: ['bought -> gift', 'gift -> done'],
        settings: { reentry: { kind: 'keyed', property: 'number' } },
      })
      .event('王芳', 'order', { properties: { number: 'A1' } })
      .event('王芳', 'order', { properties: { number: 'A2' } })
      .expectEnded('王芳', 'done', 'done')
      .do((story) => expect(story.rows('select code from coupons')).toHaveLength(2))
      .run())
})

describe('publishing again (rules 3 and 21)', () => {
  test('rule 3: publishing again enrolls nobody twice, and who is to finish does so on the version that let him in', () =>
    drive()
      .publish(welcome)
      .enter('王芳')
      .publish(
        { ...welcome, nodes: { ...welcome.nodes, hello: by.sms('第二版') } },
        { fate: 'finish', mapping: {} },
      )
      .enter('王芳', '李雷')
      .advance('3 days')
      .do((story) => {
        const texts = story.rows<{ id: string; body: string }>(
          'select customer_id as id, body from messages order by version',
        )
        expect(texts).toMatchObject([
          { id: '王芳', body: expect.stringContaining('您好') },
          { id: '李雷', body: expect.stringContaining('第二版') },
        ])
      })
      .run())
})

describe('facts at entry (rule 4)', () => {
  test('rule 4: the event that let a customer in is kept, and its values stand in later messages', () =>
    drive()
      .publish({
        nodes: {
          bought: by.event('order'),
          rest: by.rest('1 day'),
          thanks: by.sms('谢谢您买的{{ entry.product }}'),
          done: by.exit(),
        },
        flow: ['bought -> rest', 'rest -> thanks', 'thanks -> done'],
        variables: ['entry.product'],
      })
      .event('王芳', 'order', { properties: { product: '玫瑰' } })
      .event('王芳', 'order', { properties: { product: '百合' } })
      .advance('1 day')
      .expectText('thanks', '【小铺】谢谢您买的玫瑰拒收请回复R')
      .run())

  test('rule 4: a festival trigger anchors the enrollment to its own occurrence', () =>
    drive({ at: '2027-07-20T10:00:00+08:00' })
      .members('王芳')
      .publish({
        nodes: {
          all: [
            'audience_at',
            {
              audience: { kind: 'attribute', name: 'name', op: 'is_set' },
              at: { kind: 'festival', festival: 'qixi', days: -14, time: '10:00' },
            },
          ],
          day: ['wait', { until: { kind: 'festival', festival: 'qixi', days: 0, time: '10:00' } }],
          hello: by.sms('七夕快乐'),
          done: by.exit(),
        },
        flow: ['all -> day', 'day -> hello', 'hello -> done'],
      })
      .advance('5 days')
      .expectWaitingAt('day', '王芳')
      .do((story) => {
        const [row] = story.rows<{ due: number }>('select due_at as due from enrollments')
        expect(new Date(row?.due ?? 0).toISOString()).toBe('2027-08-08T02:00:00.000Z')
      })
      .advance('14 days')
      .expectSent('hello', '王芳')
      .run())
})

describe("a customer's own date", () => {
  const birthday = {
    nodes: { day: ['customer_date'] as const, hello: by.sms('生日快乐'), done: by.exit() },
    flow: ['day -> hello', 'hello -> done'],
    settings: { reentry: { kind: 'after_days', days: 300 } },
  }

  test('rule 3: the birthdays of a pause are counted, each on its own day, and come in where that is ticked', () =>
    drive({ at: '2027-03-01T12:00:00+08:00' })
      .member('王芳', { birthday: '1990-03-02' })
      .member('李雷', { birthday: '1990-03-03' })
      .member('Ann', { birthday: '1990-03-03', timezone: 'America/New_York' })
      .member('韩梅', { birthday: '1990-03-09' })
      .publish(birthday)
      .pause()
      .advance('5 days')
      .expectMeanwhile({ day: 3 })
      .resume({ letIn: true })
      .do((story) =>
        expect(story.rows('select customer_id as id from enrollments order by 1')).toEqual([
          { id: 'Ann' },
          { id: '李雷' },
          { id: '王芳' },
        ]),
      )
      .run())

  test('a birthday on which the server was down is made up for, and the next one is not lost', () =>
    drive({ at: '2027-03-01T12:00:00+08:00' })
      .member('王芳', { birthday: '1990-03-02' })
      .member('李雷', { birthday: '1990-03-03' })
      .member('韩梅', { birthday: '1990-03-04' })
      .publish(birthday)
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-03T20:00:00+08:00')))
      .do((story) =>
        expect(story.rows('select customer_id as id from messages order by id')).toEqual([
          { id: '李雷' },
          { id: '王芳' },
        ]),
      )
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-04T10:00:00+08:00')))
      .do((story) => expect(story.rows('select id from messages')).toHaveLength(3))
      .run())

  const sent = (customers: readonly string[]) => (story: { rows(sql: string): unknown }) =>
    expect(story.rows('select customer_id as id from messages order by customer_id')).toEqual(
      [...customers].sort().map((id) => ({ id })),
    )

  test('comes at the time of the customer’s own zone, on the day that it is there', () =>
    drive({ at: '2027-03-01T12:00:00+08:00' })
      .member('上海', { birthday: '1990-03-02' })
      .member('洛杉矶', { birthday: '1990-03-02', timezone: 'America/Los_Angeles' })
      .member('奥克兰', { birthday: '1990-03-02', timezone: 'Pacific/Auckland' })
      .publish(birthday)
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-02T04:59:00+08:00')))
      .do(sent([]))
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-02T05:00:00+08:00')))
      .do(sent(['奥克兰']))
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-02T10:00:00+08:00')))
      .do(sent(['奥克兰', '上海']))
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-03T02:00:00+08:00')))
      .do(sent(['奥克兰', '上海', '洛杉矶']))
      .run())

  test('comes in time for who is imported from a zone where the day begins earlier', () =>
    drive({ at: '2027-03-01T12:00:00+08:00' })
      .member('上海', { birthday: '1990-03-02' })
      .publish(birthday)
      .do(({ db, brand }) =>
        importFile(db, {
          kind: 'customers',
          source: Buffer.from(
            'customer_id,phone,birthday,timezone\n奥克兰,19900000077,1990-03-02,Pacific/Auckland\n',
          ),
          zone: 'Asia/Shanghai',
          currency: 'CNY',
          receivedAt: brand.now(),
        }),
      )
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-02T05:00:00+08:00')))
      .do((story) =>
        expect(story.rows('select customer_id as id from enrollments')).toEqual([{ id: '奥克兰' }]),
      )
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-03-02T10:00:00+08:00')))
      .do((story) => expect(story.rows('select id from enrollments')).toHaveLength(2))
      .run())

  test('of a version that cannot be read keeps nobody from being imported', () =>
    drive({ at: '2027-03-01T12:00:00+08:00' })
      .member('上海', { birthday: '1990-03-02' })
      .publish(birthday)
      .do(({ db }) => db.sqlite.prepare("update versions set graph = '{'").run())
      .do(({ db, brand }) =>
        importFile(db, {
          kind: 'customers',
          source: Buffer.from(
            'customer_id,phone,birthday,timezone\n奥克兰,19900000077,1990-03-02,Pacific/Auckland\n',
          ),
          zone: 'Asia/Shanghai',
          currency: 'CNY',
          receivedAt: brand.now(),
        }),
      )
      .do((story) => expect(story.rows('select id from customers')).toHaveLength(2))
      .run())

  test('rule 1: an expiry comes once, in its own year, in whatever way it is written', () =>
    drive({ at: '2027-08-18T12:00:00+08:00' })
      .member('甲', { attributes: { 到期日: '2028-08-19' } })
      .member('乙', { attributes: { 到期日: '2027年8月19日' } })
      .member('丙', { attributes: { 到期日: '2025-08-19' } })
      .member('丁', { attributes: { 到期日: '20270819' } })
      .publish({
        ...birthday,
        nodes: {
          ...birthday.nodes,
          day: ['customer_date', { attribute: '到期日', days: 0, time: '10:00', repeat: 'once' }] as const,
        },
      })
      .do(({ brand }) => brand.engine.tick(Date.parse('2027-08-19T10:00:00+08:00')))
      .do(sent(['乙', '丁']))
      .run())
})
