import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { fakeChannel } from '../testing/fake-channel.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type Sketch } from '../testing/sketch.ts'

const reminder = (text: string, days = '3 days'): Sketch => ({
  nodes: { hand: by.hand(), rest: by.rest(days), reminder: by.sms(text), done: by.exit() },
  flow: ['hand -> rest', 'rest -> reminder', 'reminder -> done'],
})

const withoutRest: Sketch = {
  nodes: { hand: by.hand(), pause: by.rest('1 day'), reminder: by.sms('换了'), done: by.exit() },
  flow: ['hand -> pause', 'pause -> reminder', 'reminder -> done'],
}

const versionsOf = (driver: JourneyDriver) =>
  driver.rows<{ version: number; n: number }>(
    'select version, count(*) as n from enrollments where ended_at is null group by version',
  )

describe('rule 21: a change of words alone', () => {
  test('reaches everyone who has not been sent the message, and changes nothing of when they get it', () =>
    drive()
      .publish(reminder('还有三填'))
      .enter('王芳', '李雷')
      .advance('1 day')
      .publish(reminder('还有三天'))
      .expectWaitingAt('rest', '李雷', '王芳')
      .expectLeft('王芳', 'rest', 'moved', { code: 'moved', from: 1, to: 2, node: 'rest' })
      .advance('47 hours')
      .expectNotSent('reminder')
      .advance('1 hour')
      .expectSent('reminder', '李雷', '王芳')
      .do((driver) => {
        const bodies = driver.rows<{ body: string }>('select distinct body from messages')
        expect(bodies.map(({ body }) => body)).toEqual([expect.stringContaining('还有三天')])
      })
      .run())

  test('is said in what waits in the outbox too, of those who are through as well, and nobody gets two', () => {
    const sms = fakeChannel('sms')
    const open = new Map<string, typeof sms>()
    return drive({ channels: () => open })
      .publish(reminder('别忘了错字'))
      .enter('王芳', '李雷')
      .advance('3 days')
      .expectMessages('reminder', 'queued', 'queued')
      .expectEnded('王芳', 'done')
      .publish(reminder('别忘了'))
      .do(() => open.set('sms', sms))
      .advance('1 minute')
      .expectSent('reminder', '李雷', '王芳')
      .do(() =>
        expect(sms.handed.map(({ text }) => text)).toEqual([expectText('别忘了'), expectText('别忘了')]),
      )
      .run()
  })

  test('what cannot be said in the new words is held, and says why', () => {
    const open = new Map<string, ReturnType<typeof fakeChannel>>()
    return drive({ channels: () => open })
      .publish(reminder('您好'))
      .enter('王芳')
      .advance('3 days')
      .publish({ ...reminder('{{ customer.birthday }} 快乐') })
      .expectMessages('reminder', 'held')
      .expectFigure('reminder', 'message:held:render', 1)
      .run()
  })

  test('is another value of a variable too: what waits in the outbox says the new one', () => {
    const gift = (value: string): Sketch => ({ ...reminder('送您{{ gift }}'), values: { gift: value } })
    return drive({ channels: () => new Map() })
      .publish(gift('杯子'))
      .enter('王芳')
      .advance('3 days')
      .publish(gift('雨伞'))
      .do((driver) =>
        expect(driver.rows('select version, body from messages')).toEqual([
          { version: 2, body: expect.stringContaining('送您雨伞') },
        ]),
      )
      .run()
  })

  const gift = (value: number) => ['coupon', { name: { 'zh-CN': '券' }, value, validDays: 9 }] as const

  test('speaks of the coupon that the message spoke of, whatever was given since', () => {
    const drawn = (text: string): Sketch => ({
      nodes: {
        hand: by.hand(),
        one: gift(1000),
        first: by.sms(`${text} {{ coupon.code }}`),
        two: gift(2000),
        rest: by.rest('9 days'),
        done: by.exit(),
      },
      flow: ['hand -> one', 'one -> first', 'first -> two', 'two -> rest', 'rest -> done'],
    })
    return drive({ channels: () => new Map() })
      .publish(drawn('错字'))
      .enter('王芳')
      .publish(drawn('改过'))
      .do((driver) => {
        const [code] = driver.rows<{ code: string }>(`select code from coupons where node = 'one'`)
        expect(driver.rows('select body from messages')).toEqual([
          { body: expect.stringContaining(`改过 ${code?.code}`) },
        ])
      })
      .run()
  })

  test('leaves a decision that a colleague has made as it is', () => {
    const drawn = (title: string): Sketch => ({
      nodes: { hand: by.hand(), ask: ['decision', { title }], yes: by.sms('好'), done: by.exit() },
      flow: ['hand -> ask', 'ask.yes -> yes', 'ask.no -> done', 'ask.timeout -> done', 'yes -> done'],
    })
    const sayYes = async ({ brand }: JourneyDriver) => {
      const { tasks } = await brand.stores.tasks.list(
        { status: 'open', whose: 'all', limit: 9 },
        brand.now(),
        null,
      )
      for (const { id } of tasks)
        await brand.stores.tasks.decide(
          brand.act(terminalActor),
          id,
          { button: 'yes', note: null, next: null },
          null,
        )
    }
    const decided = async ({ brand }: JourneyDriver) => {
      const { tasks } = await brand.stores.tasks.list(
        { status: 'decided', whose: 'all', limit: 9 },
        brand.now(),
        null,
      )
      expect(tasks).toHaveLength(2)
    }
    return drive()
      .publish(drawn('错字？'))
      .enter('王芳')
      .do(sayYes)
      .publish(drawn('改过？'))
      .expectSent('yes', '王芳')
      .enter('李雷')
      .pause()
      .do(sayYes)
      .publish(drawn('又改过？'))
      .resume()
      .expectSent('yes', '李雷', '王芳')
      .do(decided)
      .run()
  })

  test('does not reach who is to finish where they are', () =>
    drive()
      .publish(reminder('旧'))
      .enter('王芳')
      .publish(reminder('新'), { fate: 'finish', mapping: {} })
      .advance('3 days')
      .do((driver) =>
        expect(driver.rows('select version, body from messages')).toEqual([
          { version: 1, body: expect.stringContaining('旧') },
        ]),
      )
      .run())
})

function expectText(part: string): unknown {
  return expect.stringContaining(part)
}

describe('rule 21: a change of structure', () => {
  test('leaves those under way where they are, unless it is said', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .publish(reminder('您好', '5 days'))
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 1, n: 1 }]))
      .advance('3 days')
      .expectSent('reminder', '王芳')
      .run())

  test('moves whoever is to move, and their wait keeps its start', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .advance('2 days')
      .publish(reminder('您好', '5 days'), { fate: 'move', mapping: {} })
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 2, n: 1 }]))
      .advance('71 hours')
      .expectNotSent('reminder')
      .advance('1 hour')
      .expectSent('reminder', '王芳')
      .run())

  test('lets whoever waits long enough already go on at once', () =>
    drive()
      .publish(reminder('您好', '5 days'))
      .enter('王芳')
      .advance('2 days')
      .publish(reminder('您好', '1 day'), { fate: 'move', mapping: {} })
      .expectSent('reminder', '王芳')
      .run())

  test('takes out whoever is to leave, with what is queued for them', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .publish(reminder('您好', '5 days'), { fate: 'leave', mapping: {} })
      .expectEnded('王芳', 'journey_changed')
      .advance('6 days')
      .expectNotSent('reminder')
      .run())

  test('moves those on all earlier versions, not only the last', () =>
    drive()
      .publish(reminder('您好', '9 days'))
      .enter('王芳')
      .publish(reminder('您好', '8 days'))
      .enter('李雷')
      .publish(reminder('您好', '7 days'), { fate: 'move', mapping: {} })
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 3, n: 2 }]))
      .run())

  test('asks for a choice where somebody stands on a node that is gone, and changes nothing without', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .refuses('fate-needed', withoutRest)
      .refuses('fate-needed', withoutRest, { fate: 'move', mapping: {} })
      .do((driver) => expect(driver.rows('select max(number) as n from versions')).toEqual([{ n: 1 }]))
      .run())

  test('takes whoever stands on a node that is gone where the marketer says', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳', '李雷')
      .advance('2 days')
      .publish(withoutRest, { fate: 'move', mapping: { rest: 'pause' } })
      .expectWaitingAt('pause', '李雷', '王芳')
      .expectLeft('王芳', 'rest', 'moved', { node: 'pause' })
      .advance('23 hours')
      .expectNotSent('reminder')
      .advance('1 hour')
      .expectSent('reminder', '李雷', '王芳')
      .run())

  test('or out of the journey, or on where they were', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .publish(withoutRest, { fate: 'move', mapping: { rest: 'left' } })
      .expectEnded('王芳', 'journey_changed')
      .run())

  test('refuses a mapping to a node that is gone, to a trigger, or of a node that never was', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .refuses('mapping-to-nowhere', withoutRest, { fate: 'move', mapping: { rest: 'rest' } })
      .refuses('mapping-to-nowhere', withoutRest, { fate: 'move', mapping: { rest: 'hand' } })
      .refuses('mapping-from-nowhere', withoutRest, {
        fate: 'move',
        mapping: { rest: 'pause', never: 'pause' },
      })
      .run())

  test('moves in a paused journey too, where everybody stands still until the resume', () =>
    drive()
      .publish(reminder('您好', '5 days'))
      .enter('王芳')
      .advance('2 days')
      .pause()
      .publish(reminder('您好', '1 day'), { fate: 'move', mapping: {} })
      .expectNotSent('reminder')
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 2, n: 1 }]))
      .resume()
      .expectSent('reminder', '王芳')
      .run())

  test('counts nobody twice and loses nobody in the figures of all versions together', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳', '李雷')
      .publish(reminder('您好', '5 days'), { fate: 'move', mapping: {} })
      .expectFigure('rest', 'waiting', 2)
      .expectFigure('rest', 'in', 2)
      .expectFigure('hand', 'out:entered', 2)
      .advance('5 days')
      .expectFigure('rest', 'waiting', 0)
      .expectFigure('rest', 'out:done', 2)
      .run())
})

describe('rule 21: a fate of its own for each node', () => {
  const two = (days: string): Sketch => ({
    nodes: {
      hand: by.hand(),
      rest: by.rest(days),
      reminder: by.sms('您好'),
      later: by.rest('30 days'),
      last: by.sms('再见'),
      done: by.exit(),
    },
    flow: ['hand -> rest', 'rest -> reminder', 'reminder -> later', 'later -> last', 'last -> done'],
  })
  /** 王芳 stands at `later`, 李雷 at `rest`. */
  const underWay = () => drive().publish(two('3 days')).enter('王芳').advance('4 days').enter('李雷')

  test('some finish on their version while the others move', () =>
    underWay()
      .publish(two('5 days'), { fate: 'move', mapping: {}, byNode: { rest: { fate: 'finish' } } })
      .do((driver) =>
        expect(driver.rows('select customer_id as id, version from enrollments order by version')).toEqual([
          { id: '李雷', version: 1 },
          { id: '王芳', version: 2 },
        ]),
      )
      .advance('3 days')
      .expectWaitingAt('later', '李雷', '王芳')
      .do((driver) =>
        expect(versionsOf(driver)).toEqual([
          { version: 1, n: 1 },
          { version: 2, n: 1 },
        ]),
      )
      .run())

  test('some move while the others finish', () =>
    underWay()
      .publish(two('5 days'), {
        fate: 'finish',
        mapping: {},
        byNode: { rest: { fate: 'move', to: 'rest' } },
      })
      .do((driver) =>
        expect(driver.rows('select customer_id as id, version from enrollments order by version')).toEqual([
          { id: '王芳', version: 1 },
          { id: '李雷', version: 2 },
        ]),
      )
      .run())

  test('some leave, some are brought to another node, and nothing need be said of the rest', () =>
    underWay()
      .publish(two('5 days'), {
        fate: null,
        mapping: {},
        byNode: { rest: { fate: 'move', to: 'last' }, later: { fate: 'leave' } },
      })
      .expectEnded('王芳', 'journey_changed')
      .expectSent('last', '李雷')
      .run())

  test('is enough for a node that is gone', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .publish(withoutRest, { fate: null, mapping: {}, byNode: { rest: { fate: 'finish' } } })
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 1, n: 1 }]))
      .advance('3 days')
      .expectSent('reminder', '王芳')
      .run())

  test('refuses a node that is gone, a trigger, and a node that never was', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .refuses('mapping-to-nowhere', withoutRest, {
        fate: 'move',
        mapping: {},
        byNode: { rest: { fate: 'move', to: 'hand' } },
      })
      .refuses('mapping-from-nowhere', withoutRest, {
        fate: 'move',
        mapping: { rest: 'pause' },
        byNode: { never: { fate: 'leave' } },
      })
      .run())

  test('whoever finishes and goes on while the others are moved is not taken along', () =>
    drive({ batchSize: 1 })
      .publish(two('3 days'))
      .enter('a', 'b', 'c')
      .advance('71 hours')
      .plans(two('9 days'), {
        fate: 'move',
        mapping: {},
        byNode: { rest: { fate: 'finish' } },
      })
      .advance('1 hour')
      .expectWaitingAt('later', 'a', 'b', 'c')
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 1, n: 3 }]))
      .run())

  test('a queued message of whoever finishes keeps its words', () => {
    const queued = (text: string): Sketch => ({
      nodes: {
        hand: by.hand(),
        reminder: by.sms(text),
        rest: by.rest('1 hour'),
        later: by.rest('9 days'),
        done: by.exit(),
      },
      flow: ['hand -> reminder', 'reminder -> rest', 'rest -> later', 'later -> done'],
    })
    return drive({ channels: () => new Map() })
      .publish(queued('旧'))
      .enter('王芳')
      .advance('2 hours')
      .enter('李雷')
      .publish(queued('新'), { fate: 'move', mapping: {}, byNode: { later: { fate: 'finish' } } })
      .do((driver) =>
        expect(driver.rows('select customer_id as id, version, body from messages order by version')).toEqual(
          [
            { id: '王芳', version: 1, body: expect.stringContaining('旧') },
            { id: '李雷', version: 2, body: expect.stringContaining('新') },
          ],
        ),
      )
      .run()
  })
})

describe('rule 21: what happens meanwhile', () => {
  const buys = (event: string): Sketch => ({
    nodes: { hand: by.hand(), buys: by.until(event, '9 days'), thanks: by.sms('谢谢'), done: by.exit() },
    flow: ['hand -> buys', 'buys.happened -> thanks', 'buys.timeout -> done', 'thanks -> done'],
  })

  test('a wait for an event hears of what came since it began', () =>
    drive()
      .publish(buys('order'))
      .enter('王芳')
      .advance('1 day')
      .event('王芳', 'cart')
      .publish(buys('cart'), { fate: 'move', mapping: {} })
      .expectSent('thanks', '王芳')
      .run())

  test('an exit rule that is new takes out whoever has met it since entry', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳', '李雷')
      .advance('1 day')
      .event('王芳', 'order')
      .publish(
        { ...reminder('您好'), settings: { exitWhen: [{ event: 'order' }] } },
        { fate: 'move', mapping: {} },
      )
      .expectEnded('王芳', 'exit_rule')
      .expectWaitingAt('rest', '李雷')
      .run())

  test('whom a node holds up is tried again on the next version', () =>
    drive()
      .publish(reminder('您好'))
      .enter('王芳')
      .do(({ db }) =>
        db.sqlite.exec(`update enrollments set status = 'stuck', due_at = null, attempts = 5, error = 'x'`),
      )
      .publish(reminder('您好', '1 day'), { fate: 'move', mapping: {} })
      .do((driver) =>
        expect(driver.rows('select status, attempts, error from enrollments')).toEqual([
          { status: 'live', attempts: 0, error: null },
        ]),
      )
      .advance('1 day')
      .expectSent('reminder', '王芳')
      .run())

  test('a move that was cut short goes on at the next start, and moves nobody twice', () =>
    drive({ batchSize: 2 })
      .publish(reminder('您好'))
      .enter('a', 'b', 'c', 'd', 'e')
      .plans(reminder('您好', '5 days'), { fate: 'move', mapping: {} })
      .do(async ({ brand }) => void (await brand.engine.batch(brand.now())))
      .do((driver) =>
        expect(versionsOf(driver)).toEqual([
          { version: 1, n: 3 },
          { version: 2, n: 2 },
        ]),
      )
      .restart()
      .do((driver) => driver.brand.settle())
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 2, n: 5 }]))
      .do((driver) =>
        expect(driver.rows(`select count(*) as n from traces where outcome = 'moved'`)).toEqual([{ n: 5 }]),
      )
      .do((driver) =>
        expect(driver.rows('select moved, left from moves where done_at is not null')).toEqual([
          { moved: 5, left: 0 },
        ]),
      )
      .run())

  test('the next publication waits until the one before has moved everybody, unless that never can', () =>
    drive({ batchSize: 2 })
      .publish(reminder('您好'))
      .enter('a', 'b', 'c')
      .plans(reminder('您好', '5 days'), { fate: 'move', mapping: {} })
      .refuses('move-under-way', reminder('您好', '6 days'), { fate: 'move', mapping: {} })
      .do(({ db }) => db.sqlite.exec(`update versions set graph = '{}' where number = 2`))
      .restart()
      .publish(reminder('您好', '6 days'), { fate: 'move', mapping: {} })
      .do((driver) => expect(versionsOf(driver)).toEqual([{ version: 3, n: 3 }]))
      .run())

  test('nobody is stepped on the old version once a move is planned', () =>
    drive({ batchSize: 2 })
      .publish(reminder('旧', '1 day'))
      .enter('a', 'b', 'c', 'd', 'e')
      .plans(reminder('新', '2 days'), { fate: 'move', mapping: {} })
      .advance('1 day')
      .expectNotSent('reminder')
      .advance('1 day')
      .expectSent('reminder', 'a', 'b', 'c', 'd', 'e')
      .do((driver) => expect(driver.rows('select distinct version from messages')).toEqual([{ version: 2 }]))
      .run())
})
