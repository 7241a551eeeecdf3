import { describe, expect, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const second = 1000
const names = Array.from({ length: 8 }, (_, index) => `客${index + 1}`)

/** One message to each, at a rate. */
const spaced = (rate: object) => ({
  nodes: { in: by.hand(), rest: by.rest('1 hour'), hello: by.sms('您好'), out: by.exit() },
  flow: ['in -> rest', 'rest -> hello', 'hello -> out'],
  settings: { rate },
})

describe('rule 22: a journey with a rate limit', () => {
  test('sends no more in an hour than it says, and the rest evenly after it', () =>
    drive({ brand: { quietHours: null, caps: [] } })
      .publish(spaced({ messages: 6, per: 'minute' }))
      .enter(...names)
      .advance('62 minutes')
      .do((story) => {
        const times = story.rows<{ at: number }>('select sent_at as at from messages order by sent_at')
        expect(times).toHaveLength(8)
        const apart = times.slice(1).map(({ at }, index) => at - (times[index]?.at ?? 0))
        expect(apart).toEqual(Array.from({ length: 7 }, () => 10 * second))
      })
      .run())

  test('lets what piled up while it was paused out evenly, not at once', () =>
    drive({ brand: { quietHours: null, caps: [] } })
      .publish(spaced({ messages: 2, per: 'minute' }))
      .enter(...names)
      .advance('59 minutes')
      .pause()
      .advance('3 hours')
      .resume()
      .do((story) =>
        expect(story.rows(`select 1 from messages where status = 'sent'`).length).toBeLessThanOrEqual(2),
      )
      .advance('2 minutes')
      .do((story) => {
        const sent = story.rows(`select 1 from messages where status = 'sent'`).length
        expect(sent).toBeGreaterThanOrEqual(4)
        expect(sent).toBeLessThanOrEqual(6)
      })
      .advance('3 minutes')
      .expectSent('hello', ...names)
      .run())

  test('tells how many it holds back, and when the last leaves', () =>
    drive({ brand: { quietHours: null, caps: [] } })
      .publish(spaced({ messages: 60, per: 'hour' }))
      .enter(...names)
      .advance('1 hour')
      .do(async ({ brand }) => {
        const { spaced: held } = await brand.stores.journeys.figures('journey', {
          version: null,
          nodes: [],
          now: brand.now(),
        })
        expect(held?.waiting).toBe(7)
        expect((held?.lastAt ?? 0) - brand.now()).toBe(7 * 60 * second)
      })
      .run())
})
