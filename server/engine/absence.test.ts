import { describe, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const cart = (more: Record<string, unknown> = {}, unless: Record<string, unknown> = {}) =>
  by.event('add_to_cart', {
    unless: {
      filter: { event: 'order', where: [] },
      within: { amount: 1, unit: 'hour' },
      restart: false,
      ...unless,
    },
    ...more,
  })

const rescue = (
  trigger = cart(),
  settings: Record<string, unknown> = { reentry: { kind: 'after_leaving' } },
) => ({
  nodes: { carted: trigger, hello: by.sms('您好'), done: by.exit() },
  flow: ['carted -> hello', 'hello -> done'],
  settings,
})

describe('did one thing but not another within a time (rule 1)', () => {
  test('rule 1: an hour after the cart without an order the customer comes in, not before', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .advance('59 minutes')
      .expectNotSent('hello')
      .advance('1 minute')
      .expectSent('hello', '王芳')
      .run())

  test('whoever orders within the hour stays out', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .advance('60 minutes')
      .expectSent('hello', '王芳')
      .event('李雷', 'add_to_cart')
      .advance('30 minutes')
      .event('李雷', 'order')
      .advance('1 day')
      .expectSent('hello', '王芳')
      .run())

  test('an order at the very end of the hour counts, and one at the time of the cart does not', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .event('王芳', 'order', { ahead: '1 hour' })
      .events('李雷', ['order'], ['add_to_cart'])
      .advance('2 hours')
      .expectSent('hello', '李雷')
      .run())

  test('it is told by the time of the cart, however late that is heard of', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart', { ago: '50 minutes' })
      .advance('10 minutes')
      .expectSent('hello', '王芳')
      .event('李雷', 'add_to_cart', { ago: '3 hours' })
      .expectSent('hello', '李雷', '王芳')
      .run())

  test('an order of the very moment of the cart that came in after it counts', () =>
    drive()
      .publish(rescue())
      .events('王芳', ['add_to_cart'], ['order'])
      .advance('1 day')
      .expectNotSent('hello')
      .run())

  test('a version that gives more time gives it to those who have begun already', () => {
    const hours = (amount: number) => rescue(cart({}, { within: { amount, unit: 'hour' } }))
    return drive()
      .publish(hours(1))
      .event('王芳', 'add_to_cart')
      .event('李雷', 'add_to_cart')
      .publish(hours(5))
      .advance('2 hours')
      .expectNotSent('hello')
      .event('李雷', 'order')
      .advance('3 hours')
      .expectSent('hello', '王芳')
      .run()
  })

  test('whoever it is told of while the version cannot be read comes in when it can', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .do(({ db }) => db.sqlite.exec(`update versions set graph = '!' || graph`))
      .restart()
      .advance('1 hour')
      .do(({ db }) => db.sqlite.exec('update versions set graph = substr(graph, 2)'))
      .restart()
      .advance('1 hour')
      .expectSent('hello', '王芳')
      .run())

  test('what began before a pause and is heard of in it stays out like what began in it (rule 3)', () =>
    drive()
      .publish(rescue())
      .advance('1 day')
      .pause()
      .event('王芳', 'add_to_cart', { ago: '5 hours' })
      .advance('1 hour')
      .expectMeanwhile({ carted: 1 })
      .resume()
      .advance('1 hour')
      .expectNotSent('hello')
      .run())

  test('an order that was heard of late, but before it was told, keeps out', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .advance('50 minutes')
      .event('王芳', 'order', { ago: '40 minutes' })
      .advance('1 day')
      .expectNotSent('hello')
      .run())

  test('the journey may end before it is told, and the process may: nobody is lost', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .restart()
      .advance('1 day')
      .expectSent('hello', '王芳')
      .run())

  test('where the cart begins the hour anew, a cart that still changes is left alone', () =>
    drive()
      .publish(rescue(cart({}, { restart: true })))
      .event('王芳', 'add_to_cart')
      .advance('40 minutes')
      .event('王芳', 'add_to_cart')
      .advance('40 minutes')
      .expectNotSent('hello')
      .advance('20 minutes')
      .expectSent('hello', '王芳')
      .run())

  test('rule 4: keyed by order number, another order is another matter', () => {
    const paid = by.event('order_placed', {
      unless: { filter: { event: 'order_paid', where: [] }, within: { amount: 1, unit: 'day' } },
    })
    return drive()
      .publish(rescue(paid, { reentry: { kind: 'keyed', property: 'order_id' } }))
      .event('王芳', 'order_placed', { properties: { order_id: 'A' } })
      .event('王芳', 'order_placed', { properties: { order_id: 'B' } })
      .event('王芳', 'order_paid', { ahead: '1 minute', properties: { order_id: 'A' } })
      .advance('2 days')
      .expectSent('hello', '王芳')
      .run()
  })

  test('its condition is asked when the time is over', () =>
    drive()
      .publish(rescue(cart({ audience: { kind: 'tag', tag: 'regular', has: true } })))
      .event('王芳', 'add_to_cart')
      .event('李雷', 'add_to_cart')
      .advance('30 minutes')
      .do(({ db }) => db.sqlite.exec(`insert into tags (customer_id, tag, at) values ('王芳', 'regular', 0)`))
      .advance('1 hour')
      .expectSent('hello', '王芳')
      .run())

  test('rule 4: whoever reaches the goal between is not chased', () =>
    drive()
      .publish({
        nodes: {
          carted: cart({}, { filter: { event: 'checkout', where: [] } }),
          bought: by.goal('order', { ends: true }),
          hello: by.sms('您好'),
          done: by.exit(),
        },
        flow: ['carted -> hello', 'hello -> done'],
      })
      .event('王芳', 'add_to_cart')
      .advance('30 minutes')
      .event('王芳', 'order')
      .advance('1 day')
      .expectNotSent('hello')
      .run())
})

describe('while the journey stands still (rule 3)', () => {
  test('rule 3: whose hour ends in the pause stays out, whose hour ends after it comes in', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .pause()
      .advance('50 minutes')
      .event('李雷', 'add_to_cart')
      .advance('20 minutes')
      .expectMeanwhile({ carted: 1 })
      .resume()
      .advance('1 day')
      .expectSent('hello', '李雷')
      .run())

  test('rule 3: whoever qualified in the pause comes in where the marketer lets them', () =>
    drive()
      .publish(rescue())
      .event('王芳', 'add_to_cart')
      .pause()
      .advance('2 hours')
      .expectMeanwhile({ carted: 1 })
      .resume({ letIn: true })
      .expectSent('hello', '王芳')
      .run())

  test('an event that came meanwhile starts nobody, unless the marketer lets them in', () => {
    const told = () =>
      drive()
        .publish(rescue(by.event('registered')))
        .pause()
        .advance('1 minute')
        .event('王芳', 'registered')
        .event('李雷', 'other')
        .advance('1 minute')
        .expectMeanwhile({ carted: 1 })
    return told()
      .resume()
      .advance('1 day')
      .expectNotSent('hello')
      .run()
      .then(() => told().resume({ letIn: true }).expectSent('hello', '王芳').run())
  })

  test('a firing that was missed comes late, once, where the marketer lets it', () => {
    const daily = [
      'audience_at',
      {
        audience: { kind: 'attribute', name: 'phone', op: 'is_set' },
        at: { kind: 'cron', cron: '0 12 * * *' },
      },
    ] as const
    return drive()
      .members('王芳', '李雷')
      .publish(rescue(daily))
      .pause()
      .advance('3 days')
      .expectMeanwhile({ carted: 2 })
      .resume({ letIn: true })
      .expectSent('hello', '李雷', '王芳')
      .run()
  })
})
