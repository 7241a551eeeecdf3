import { describe, expect, test } from 'vitest'
import type { JourneyDriver } from '../testing/journey-driver.ts'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const vip = { kind: 'audience', audience: 'vip', member: true }

/** A saved audience of those who have spent a thousand yuan or more in the last days. */
const saved = (days: number) => ({
  kind: 'events',
  event: 'order',
  where: [],
  measure: 'sum',
  window: { kind: 'last', span: { amount: days, unit: 'day' }, wholeDays: false },
  op: 'gte',
  value: 100_000,
})
const save = (condition: object | null) => (driver: JourneyDriver) =>
  driver.db.sqlite
    .prepare(
      `insert or replace into audiences (key, name, kind, condition, created_at, updated_at)
       values ('vip', '{"en":"VIP"}', ?, ?, 0, 0)`,
    )
    .run(condition === null ? 'list' : 'condition', condition === null ? null : JSON.stringify(condition))
const put = (name: string) => async (driver: JourneyDriver) => {
  driver.db.sqlite
    .prepare(`insert into audience_members (audience, customer_id, at) values ('vip', ?, 0)`)
    .run(name)
  await driver.brand.settle()
}
const take = (name: string) => async (driver: JourneyDriver) => {
  driver.db.sqlite
    .prepare(`delete from audience_members where audience = 'vip' and customer_id = ?`)
    .run(name)
  await driver.brand.settle()
}

const welcome = (at: object, settings: Record<string, unknown> = { reentry: { kind: 'after_leaving' } }) => ({
  nodes: { vips: ['audience_at', { audience: vip, at }] as const, hello: by.sms('您好'), done: by.exit() },
  flow: ['vips -> hello', 'hello -> done'],
  settings,
})
const join = { kind: 'join', present: false }
const leave = { kind: 'leave' }
const order = (amount: number) => ({ amount })

describe('joining an audience (rule 1)', () => {
  test('rule 1: whoever spends enough to be one of the VIPs comes in, and whoever does not stays out', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(saved(30)))
      .publish(welcome(join))
      .event('王芳', 'order', order(120_000))
      .event('李雷', 'order', order(20_000))
      .expectSent('hello', '王芳')
      .run())

  test('nobody enters for having been one of them before it was published', () =>
    drive()
      .members('王芳')
      .do(save(saved(30)))
      .event('王芳', 'order', order(120_000))
      .publish(welcome(join))
      .advance('1 day')
      .expectNotSent('hello')
      .run())

  test('where that is ticked those who are of it already come in on publishing, once', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(saved(30)))
      .event('王芳', 'order', order(120_000))
      .publish(welcome({ ...join, present: true }))
      .expectSent('hello', '王芳')
      .advance('2 days')
      .expectSent('hello', '王芳')
      .run())

  test('rule 3: and by no later version again; whoever is of it by then only comes in', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(saved(30)))
      .event('王芳', 'order', order(120_000))
      .event('李雷', 'order', order(20_000))
      .publish(welcome({ ...join, present: true }))
      .expectSent('hello', '王芳')
      .publish({
        ...welcome({ ...join, present: true }),
        nodes: {
          ...welcome(join).nodes,
          vips: [
            'audience_at',
            { audience: { ...saved(30), value: 10_000 }, at: { ...join, present: true } },
          ],
        },
      })
      .expectSent('hello', '李雷', '王芳')
      .run())

  test('a list is joined by being put into it', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(null))
      .publish(welcome(join))
      .do(put('王芳'))
      .expectSent('hello', '王芳')
      .run())

  test('whoever leaves and joins anew comes in anew where re-entry lets it', () =>
    drive()
      .members('王芳')
      .do(save(null))
      .publish(welcome(join))
      .do(put('王芳'))
      .do(take('王芳'))
      .advance('1 minute')
      .do(put('王芳'))
      .expectSent('hello', '王芳', '王芳')
      .run())

  test('and never again where it does not', () =>
    drive()
      .members('王芳')
      .do(save(null))
      .publish(welcome(join, { reentry: { kind: 'never' } }))
      .do(put('王芳'))
      .do(take('王芳'))
      .advance('1 minute')
      .do(put('王芳'))
      .expectSent('hello', '王芳')
      .run())

  test('a new meaning of the audience sweeps nobody in', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(saved(30)))
      .event('李雷', 'order', order(20_000))
      .publish(welcome(join))
      .do(save({ ...saved(30), value: 10_000 }))
      .advance('2 hours')
      .expectNotSent('hello')
      .event('王芳', 'order', order(15_000))
      .expectSent('hello', '王芳')
      .run())

  test('nor does another way in which an attribute is read', () =>
    drive()
      .member('王芳', { attributes: { points: '500' } })
      .member('李雷', { attributes: { points: '50' } })
      .do(save({ kind: 'attribute', name: 'points', op: 'gte', value: 100 }))
      .publish(welcome(join))
      .do(({ db }) =>
        db.sqlite.exec(
          `insert or replace into attributes (name, type, chosen, filled, unreadable, updated_at)
           values ('points', 'number', 1, 2, 0, 0)`,
        ),
      )
      .advance('2 hours')
      .expectNotSent('hello')
      .run())

  test('nor does a list that is there again after it was lost, in whichever direction', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(null))
      .publish({ ...welcome(join), id: 'joins' })
      .do(put('王芳'))
      .publish({ ...welcome(leave), id: 'leaves' })
      .do(({ db }) => db.sqlite.exec('delete from audiences; delete from audience_members'))
      .advance('2 hours')
      .do(save(null))
      .do(put('李雷'))
      .advance('2 hours')
      .do((driver) =>
        expect(driver.rows('select journey_id as id, customer_id as who from messages')).toEqual([
          { id: 'joins', who: '王芳' },
        ]),
      )
      .run())

  test('an audience of which nobody can say who is in it starts nobody, and the watch says why', () =>
    drive()
      .members('王芳')
      .do(save(saved(30)))
      .publish(welcome(join))
      .do(save(vip))
      .event('王芳', 'order', order(120_000))
      .advance('1 day')
      .expectNotSent('hello')
      .do((driver) =>
        expect(driver.rows('select error from watches')).toEqual([
          { error: expect.stringContaining('vip → vip') },
        ]),
      )
      .run())

  test('the process may end between two looks: nobody is lost and nobody comes in twice', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(null))
      .publish(welcome(join))
      .do(put('王芳'))
      .restart()
      .do(put('李雷'))
      .restart()
      .advance('1 hour')
      .expectSent('hello', '李雷', '王芳')
      .run())

  test('more join at once than one look notes', () => {
    const names = Array.from({ length: 30 }, (_none, index) => `客户${index}`)
    return drive({ batchSize: 7 })
      .members(...names)
      .do(save(null))
      .publish(welcome(join))
      .do(async (driver) => {
        for (const name of names) await put(name)(driver)
      })
      .do((driver) => {
        const sent = driver.rows<{ n: number }>('select count(distinct customer_id) as n from messages')
        expect(sent).toEqual([{ n: 30 }])
      })
      .run()
  })
})

describe('leaving an audience (rule 1)', () => {
  test('rule 1: whoever leaves an audience comes in, by time alone too: thirty days after the order', () =>
    drive()
      .members('王芳')
      .do(save(saved(30)))
      .event('王芳', 'order', order(120_000))
      .publish(welcome(leave))
      .advance('29 days')
      .expectNotSent('hello')
      .advance('2 days')
      .expectSent('hello', '王芳')
      .run())

  test('whoever was never of it does not leave it', () =>
    drive()
      .members('王芳')
      .do(save(saved(30)))
      .publish(welcome(leave))
      .event('王芳', 'order', order(100))
      .advance('40 days')
      .expectNotSent('hello')
      .run())

  test('a refund takes one of the VIPs out of them', () =>
    drive()
      .members('王芳')
      .do(save(saved(30)))
      .event('王芳', 'order', { id: 'A1', amount: 120_000 })
      .publish(welcome(leave))
      .event('王芳', 'refund', { amount: 120_000, properties: { order_id: 'A1' } })
      .expectSent('hello', '王芳')
      .run())
})

describe('what happened while a journey stood still (rule 3)', () => {
  test('rule 3: whoever joined meanwhile is not swept in on resume, and who joins later comes in', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(null))
      .publish(welcome(join))
      .pause()
      .advance('1 hour')
      .do(put('王芳'))
      .resume()
      .advance('1 day')
      .expectNotSent('hello')
      .do(put('李雷'))
      .expectSent('hello', '李雷')
      .run())

  test('rule 3: the marketer sees how many qualified meanwhile, ticks, and they come in', () =>
    drive()
      .members('王芳', '李雷')
      .do(save(null))
      .publish(welcome(join))
      .pause()
      .advance('1 hour')
      .do(put('王芳'))
      .expectMeanwhile({ vips: 1 })
      .resume({ letIn: true })
      .expectSent('hello', '王芳')
      .run())
})

test('whose order is told of a little before its own time joins when that has come', () =>
  drive()
    .members('王芳')
    .do(save(saved(30)))
    .publish(welcome(join))
    .event('王芳', 'order', { amount: 120_000, ahead: '2 minutes' })
    .expectNotSent('hello')
    .advance('10 minutes')
    .expectSent('hello', '王芳')
    .run())

/** What a model says of somebody from now on. */
const scored = (name: string, propensity: number) => async (driver: JourneyDriver) => {
  driver.db.sqlite
    .prepare(
      `insert into scores (customer_id, at, scores, reasons) values (?, 0, ?, '[]')
       on conflict do update set scores = excluded.scores`,
    )
    .run(name, JSON.stringify({ score_propensity: propensity }))
  await driver.brand.settle()
}

test('whoever gets a score beyond a threshold joins an audience of it, and leaves it with a lower one', () => {
  const likely = { kind: 'attribute', name: 'score_propensity', op: 'gte', value: 90 }
  return drive()
    .members('王芳', '李雷')
    .do(save(likely))
    .do(scored('王芳', 40))
    .do(scored('李雷', 95))
    .publish(welcome(join))
    .expectNotSent('hello')
    .do(scored('王芳', 93))
    .expectSent('hello', '王芳')
    .do(scored('李雷', 20))
    .do(scored('李雷', 91))
    .expectSent('hello', '李雷', '王芳')
    .run()
})

test('whoever unsubscribes from a channel joins the audience of those who have, as soon as it is told', () => {
  const said = (name: string) => async (driver: JourneyDriver) => {
    driver.db.sqlite
      .prepare(
        `insert into address_states (kind, address, channel, closed_why, closed_at)
         values ('customer', ?, 'email', 'opted_out', 0)`,
      )
      .run(name)
    await driver.brand.settle()
  }
  return drive()
    .members('王芳', '李雷')
    .do(save({ kind: 'contact', channel: 'email', state: 'opted_out' }))
    .publish(welcome(join))
    .expectNotSent('hello')
    .do(said('王芳'))
    .expectSent('hello', '王芳')
    .run()
})

test('whoever leaves a cart for a day joins by time alone, and whoever buys does not', () => {
  const left = {
    ...{ kind: 'sequence', first: { event: 'add_to_cart', where: [] }, next: [], window: { kind: 'ever' } },
    without: { event: 'order', where: [], within: { amount: 1, unit: 'day' } },
  }
  return drive()
    .members('王芳', '李雷')
    .do(save(left))
    .publish(welcome(join))
    .event('王芳', 'add_to_cart')
    .event('李雷', 'add_to_cart')
    .event('李雷', 'order', order(9_900))
    .advance('23 hours')
    .expectNotSent('hello')
    .advance('2 hours')
    .expectSent('hello', '王芳')
    .run()
})
