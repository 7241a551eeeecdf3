import { describe, expect, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const first = {
  id: 'first',
  nodes: {
    told: by.event('visited'),
    bought: by.goal('order', { ends: true }),
    rest: by.rest('1 day'),
    done: by.exit(),
  },
  flow: ['told -> rest', 'rest -> done'],
  settings: { exitWhen: [{ event: 'complained', where: [] }] },
}
const second = (config: Record<string, unknown>, settings: Record<string, unknown> = {}) => ({
  id: 'second',
  nodes: {
    came: ['from_journey', { journey: 'first', on: 'left', ...config }] as const,
    hello: by.sms('{{ entry.journey }} {{ entry.outcome }}'),
    done: by.exit(),
  },
  flow: ['came -> hello', 'hello -> done'],
  settings,
  variables: ['entry.journey', 'entry.outcome'],
})

describe('coming from another journey (rule 1)', () => {
  test('rule 1: whoever leaves one journey comes into the next, which knows how', () =>
    drive()
      .publish(first)
      .publish(second({}))
      .event('王芳', 'visited')
      .expectNotSent('hello')
      .advance('1 day')
      .expectSent('hello', '王芳')
      .expectText('hello', '【小铺】first done 拒收请回复R')
      .run())

  test('of several ways out only the chosen ones lead on', () =>
    drive()
      .publish(first)
      .publish(second({ endings: ['bought'] }))
      .event('王芳', 'visited')
      .event('李雷', 'visited')
      .event('韩梅', 'visited')
      .advance('1 hour')
      .event('王芳', 'order')
      .event('李雷', 'complained')
      .advance('2 days')
      .expectSent('hello', '王芳')
      .run())

  test('coming into it leads on at once', () =>
    drive()
      .publish(first)
      .publish({
        ...second({ on: 'entered' }),
        nodes: { ...second({ on: 'entered' }).nodes, hello: by.sms('您好') },
      })
      .event('王芳', 'visited')
      .expectSent('hello', '王芳')
      .run())

  test('whoever is taken out by a person, or by a new version, is led on only where that is asked for', () =>
    drive()
      .publish(first)
      .publish(second({}))
      .publish({ ...second({ endings: ['journey_changed'] }), id: 'asked' })
      .event('王芳', 'visited')
      .publish(
        { ...first, nodes: { ...first.nodes, rest: by.rest('2 days') } },
        { fate: 'leave', mapping: {} },
      )
      .do((driver) =>
        expect(driver.rows('select journey_id as id, body from messages')).toEqual([
          { id: 'asked', body: '【小铺】first journey_changed 拒收请回复R' },
        ]),
      )
      .run())

  test('stopping the first journey takes people out of it and leads nobody on', () =>
    drive()
      .publish(first)
      .publish(second({}))
      .publish(first)
      .event('王芳', 'visited')
      .stop()
      .do((driver) => driver.brand.settle())
      .do((driver) => expect(driver.rows(`select 1 from messages`)).toEqual([]))
      .run())

  test('who left while the second stood still stays out', () =>
    drive()
      .publish(first)
      .publish(second({}))
      .event('王芳', 'visited')
      .pause()
      .advance('2 days')
      .expectMeanwhile({ came: 1 })
      .resume()
      .advance('1 day')
      .expectNotSent('hello')
      .run())
})
