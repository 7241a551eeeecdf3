import { describe, expect, test } from 'vitest'
import { retryStuck } from '../store/sqlite/journeys/flight.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type Sketch } from '../testing/sketch.ts'

const within = (amount: number, unit: string) => ({ window: { kind: 'span', span: { amount, unit } } })

/** One message, and out after a day; orders count for ten days. */
const short = (more: Partial<Sketch> = {}, goal: Record<string, unknown> = within(10, 'day')): Sketch => ({
  nodes: {
    hand: by.hand(),
    hello: by.sms('您好'),
    rest: by.rest('1 day'),
    done: by.exit(),
    bought: by.goal('order', goal),
  },
  flow: ['hand -> hello', 'hello -> rest', 'rest -> done'],
  ...more,
})

const keyed = short({
  settings: { reentry: { kind: 'keyed', property: 'cart' } },
  nodes: { ...short().nodes, hand: by.event('carted') },
})
const carted = (cart: string) => ({ properties: { cart } })
const refund = (order: string, amount: number) => ({ amount, properties: { order_id: order } })

const hits = (...expected: readonly (readonly [enrollment: number, event: string, value: number])[]) =>
  [
    (story: JourneyDriver) =>
      expect(
        story
          .rows<{ e: number; id: string; value: number }>(
            'select enrollment_id as e, event_id as id, value from goal_hits order by enrollment_id',
          )
          .map(({ e, id, value }) => [e, id, value]),
      ).toEqual(expected),
  ] as const

/** The canvas, the report and the goals of each day say the same. */
const agree = (reached: number) => async (story: JourneyDriver) => {
  const { journeys } = story.brand.stores
  const { zone, currency } = story.brand.brand()
  const { registry } = story.brand
  const { journey } = await journeys.get('journey')
  const report = await journeys.report('journey', { journey, registry, zone, currency })
  const figures = await journeys.figures('journey', {
    version: null,
    nodes: ['bought'],
    now: story.brand.now(),
  })
  const [goal] = report.goals
  expect((goal?.treated.converted ?? 0) + (goal?.control.converted ?? 0)).toBe(reached)
  const { reached: treated = 0, reachedControl: control = 0 } = figures.nodes.bought ?? {}
  expect(treated + control).toBe(reached)
  expect(report.byDay.reduce((sum, { converted }) => sum + converted, 0)).toBe(treated)
}

describe('a goal goes on counting within its window after the customer has left (rule 19)', () => {
  test('rule 19: a goal goes on counting within its window after the customer has left by an exit', () =>
    drive()
      .publish(short())
      .enter('王芳')
      .advance('5 days')
      .expectEnded('王芳', 'done')
      .event('王芳', 'order', { id: 'A1', amount: 9900 })
      .do(...hits([1, 'A1', 9900]))
      .expectEnded('王芳', 'done')
      .expectLeft('王芳', 'bought', 'reached', { code: 'goal-reached' })
      .expectFigure('done', 'waiting', 0)
      .do(agree(1))
      .run())

  test('and no longer', () =>
    drive()
      .publish(short())
      .enter('王芳')
      .advance('10 days')
      .event('王芳', 'order', { amount: 9900 })
      .do(...hits())
      .run())

  test('by an exit rule, a stop, or another goal that ends the journey', async () => {
    const ruled = short({ settings: { exitWhen: [{ event: 'view' }] } })
    const other = short({ nodes: { ...short().nodes, viewed: by.goal('view', { ends: true }) } })
    for (const [journey, ending] of [
      [ruled, 'exit_rule'],
      [other, 'viewed'],
    ] as const)
      await drive()
        .publish(journey)
        .enter('王芳')
        .event('王芳', 'view', { ahead: '1 hour' })
        .advance('2 days')
        .expectEnded('王芳', ending)
        .event('王芳', 'order', { id: 'A1', amount: 5 })
        .expectFigure('bought', 'out:reached', 1)
        .run()
    await drive()
      .publish(short())
      .enter('王芳')
      .stop()
      .advance('2 days')
      .event('王芳', 'order', { id: 'A1', amount: 5 })
      .expectEnded('王芳', 'stopped')
      .do(agree(1))
      .run()
  })

  test('rule 19: a goal goes on counting in the control group as well', () =>
    drive()
      .publish(short({ settings: { controlGroup: { percent: 50, salt: 's' } } }))
      .enter('王芳', '李雷', '韩梅', '张三', '李四', '赵六')
      .advance('2 days')
      .do(async ({ brand }) => {
        const at = brand.now()
        const order = (customerId: string) => ({
          customerId,
          event: { id: `o${customerId}`, name: 'order', at, amount: 100, properties: {} },
        })
        await brand.ingest(['王芳', '李雷', '韩梅', '张三', '李四', '赵六'].map(order))
      })
      .do((story) => {
        const arms = story.rows<{ control: number }>('select distinct control from goal_hits')
        expect(arms).toHaveLength(2)
      })
      .do(agree(6))
      .run())

  test('a goal without a window of its own counts in the journey only, however late it is heard of', () =>
    drive()
      .publish(short({}, { window: { kind: 'journey' } }))
      .enter('王芳', '李雷')
      .advance('3 days')
      .event('王芳', 'order', { amount: 5 })
      .event('李雷', 'order', { id: 'in', amount: 5, ago: '60 hours' })
      .do(...hits([2, 'in', 5]))
      .run())

  test('by its own time: in time and heard of late counts, before the entry does not', () =>
    drive()
      .publish(short())
      .enter('王芳')
      .advance('30 days')
      .event('王芳', 'order', { id: 'late', amount: 5, ago: '21 days' })
      .do(...hits([1, 'late', 5]))
      .members('李雷')
      .enter('李雷')
      .advance('2 days')
      .event('李雷', 'order', { id: 'before', amount: 5, ago: '3 days' })
      .do(...hits([1, 'late', 5]))
      .run())

  test('of a journey that was deleted nothing is counted any more', () =>
    drive()
      .publish(short())
      .enter('王芳')
      .stop()
      .do(({ db }) => db.sqlite.prepare('update journeys set deleted_at = 1').run())
      .event('王芳', 'order', { amount: 5 })
      .do(...hits())
      .run())
})

describe('one event counts once for a goal', () => {
  test('rule 19: one event counts once, of successive passages for the newest that had begun', () =>
    drive()
      .publish(short({ settings: { reentry: { kind: 'after_leaving' } } }))
      .enter('王芳')
      .advance('2 days')
      .enter('王芳')
      .advance('2 days')
      .event('王芳', 'order', { id: 'A1', amount: 10 })
      .do(...hits([2, 'A1', 10]))
      .event('王芳', 'order', { id: 'A0', amount: 7, ago: '3 days' })
      .do(...hits([1, 'A0', 7], [2, 'A1', 10]))
      .do(agree(2))
      .run())

  test('of passages told apart by a key for the one that it names', () =>
    drive()
      .publish(keyed)
      .event('王芳', 'carted', carted('a'))
      .event('王芳', 'carted', carted('b'))
      .event('王芳', 'order', { id: 'A1', amount: 10, ...carted('a') })
      .do(...hits([1, 'A1', 10]))
      .run())

  test('of passages none of which it names for the newest', () =>
    drive()
      .publish(keyed)
      .event('王芳', 'carted', carted('a'))
      .advance('1 hour')
      .event('王芳', 'carted', carted('b'))
      .event('王芳', 'order', { id: 'A1', amount: 10, ahead: '1 hour' })
      .advance('3 days')
      .do(...hits([2, 'A1', 10]))
      .do(agree(1))
      .run())

  test('what has counted already is not counted again for somebody who comes in by a late event', () =>
    drive()
      .publish(keyed)
      .event('王芳', 'carted', carted('a'))
      .advance('2 hours')
      .event('王芳', 'order', { id: 'A1', amount: 10 })
      .event('王芳', 'carted', { ...carted('b'), ago: '1 hour' })
      .do(...hits([1, 'A1', 10]))
      .run())
})

describe('a refund takes back what it undoes', () => {
  const left = () => drive().publish(short()).enter('王芳').advance('2 days')

  test('after the customer has left, and after the window too', () =>
    left()
      .event('王芳', 'order', { id: 'A1', amount: 100 })
      .advance('20 days')
      .event('王芳', 'refund', refund('A1', 30))
      .do(...hits([1, 'A1', 70]))
      .event('王芳', 'refund', refund('A1', 70))
      .do(...hits())
      .do(agree(0))
      .expectLeft('王芳', 'bought', 'lost', { code: 'goal-lost' })
      .run())

  test('so that another purchase reaches the goal: a later one, or one made already', () =>
    left()
      .event('王芳', 'order', { id: 'A1', amount: 100 })
      .event('王芳', 'refund', refund('A1', 100))
      .event('王芳', 'order', { id: 'A2', amount: 50 })
      .do(...hits([1, 'A2', 50]))
      .event('王芳', 'order', { id: 'A3', amount: 20 })
      .do(...hits([1, 'A2', 50]))
      .event('王芳', 'refund', refund('A2', 50))
      .do(...hits([1, 'A3', 20]))
      .do(agree(1))
      .run())

  test('in the journey as after it', () =>
    drive()
      .publish(short())
      .enter('王芳')
      .event('王芳', 'order', { id: 'A1', amount: 100 })
      .event('王芳', 'refund', refund('A1', 100))
      .event('王芳', 'order', { id: 'A2', amount: 50 })
      .do(...hits([1, 'A2', 50]))
      .expectWaitingAt('rest', '王芳')
      .advance('2 days')
      .expectEnded('王芳', 'done')
      .run())

  test.each([
    ['a part', 30, [[1, 'A1', 70]]],
    ['all', 100, []],
  ] as const)('told before its order: %s', (_, amount, expected) =>
    left()
      .event('王芳', 'refund', refund('A1', amount))
      .event('王芳', 'order', { id: 'A1', amount: 100, ago: '1 hour' })
      .do(...hits(...expected))
      .run(),
  )

  test('told twice takes back once', () =>
    left()
      .event('王芳', 'order', { id: 'A1', amount: 100 })
      .event('王芳', 'refund', { id: 'r', ...refund('A1', 30) })
      .event('王芳', 'refund', { id: 'r', ...refund('A1', 30) })
      .do(...hits([1, 'A1', 70]))
      .run())

  test('in one call with its order', () =>
    left()
      .events('王芳', ['refund', refund('A1', 40)], ['order', { id: 'A1', amount: 100, ago: '1 minute' }])
      .do(...hits([1, 'A1', 60]))
      .run())

  test('of an order of somebody else’s, or of none, takes nothing', () =>
    left()
      .event('王芳', 'order', { id: 'A1', amount: 100 })
      .event('李雷', 'refund', refund('A1', 100))
      .event('王芳', 'refund', { amount: 100 })
      .do(...hits([1, 'A1', 100]))
      .run())

  test('its own time is its time', () =>
    left()
      .event('王芳', 'order', { id: 'A1', amount: 100 })
      .event('王芳', 'refund', { ...refund('A1', 100), ahead: '1 hour' })
      .do(...hits([1, 'A1', 100]))
      .advance('1 hour')
      .do(...hits())
      .run())
})

describe('a version that cannot be read', () => {
  const long = short({ nodes: { ...short().nodes, rest: by.rest('8 days') } })
  const broken = () =>
    drive()
      .publish(long)
      .enter('王芳')
      .publish(short())
      .do(({ db }) => {
        db.sqlite.exec('create table kept as select graph from versions where number = 1')
        db.sqlite.exec(`update versions set graph = '{}' where number = 1`)
      })
      .restart()
      .event('王芳', 'order', { id: 'A1', amount: 10, ahead: '1 hour' })
  const mended = ({ db }: JourneyDriver) =>
    db.sqlite.exec('update versions set graph = (select graph from kept) where number = 1')

  test('keeps no goal from anybody: it counts when the version can be read again', () =>
    broken()
      .advance('1 hour')
      .do(...hits())
      .do(mended)
      .restart()
      .advance('2 hours')
      .do(...hits([1, 'A1', 10]))
      .expectWaitingAt('rest', '王芳')
      .run())

  test('also when a person had to let it go on', () =>
    broken()
      .advance('1 day')
      .do(({ db }) => expect(db.sqlite.prepare('select status from enrollments').pluck().get()).toBe('stuck'))
      .do(mended)
      .restart()
      .do(({ brand, db }) => retryStuck(db, 'journey', brand.now()))
      .advance('1 minute')
      .do(...hits([1, 'A1', 10]))
      .expectWaitingAt('rest', '王芳')
      .run())

  test('nor is a goal lost that is reached after a stop', () =>
    broken()
      .stop()
      .advance('1 hour')
      .do(...hits())
      .do(mended)
      .restart()
      .event('王芳', 'order', { id: 'A2', amount: 20 })
      .do(...hits([1, 'A2', 20]))
      .run())
})
