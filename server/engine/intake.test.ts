import { expect, test } from 'vitest'
import { registry } from '../../shared/nodes/index.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { alone } from '../ports/claims.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { ingester } from '../store/sqlite/events/ingest.ts'
import { testClock } from '../testing/clock.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'
import { createEngine } from './engine.ts'
import { planCache } from './runtime.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Takes what has come in with an engine of its own; answers how many batches that took. */
async function batchesOf({ db, brand }: JourneyDriver): Promise<number> {
  const store = createEngineStore(db, scratchBase(db))
  let batches = 0
  const engine = createEngine({
    store: {
      ...store,
      commit: (batch) => {
        batches += 1
        return store.commit(batch)
      },
    },
    registry,
    brand: brand.brand,
    askModel: () => false,
    batchSize: 1000,
    by: alone(testClock(0)),
    realNow: brand.now,
    log: silent,
    planFor: planCache(store, registry),
  })
  await engine.tick(brand.now())
  return batches
}

const told = ({ db, brand }: JourneyDriver, customerId: string, names: readonly string[]) =>
  ingester(db)(
    names.map((name, index) => ({
      ...{ id: `${name}-${index}`, customerId, name, amount: 100, properties: {} },
      at: brand.now() - names.length + index,
    })),
    brand.now(),
  )

const bought = () =>
  drive()
    .publish({
      nodes: {
        cart: by.event('add_to_cart'),
        rest: by.rest('1 day'),
        goal: by.goal('order', { ends: true }),
        done: by.exit(),
      },
      flow: ['cart -> rest', 'rest -> done'],
    })
    .members('王芳', '李雷')

test('hundreds of events of one customer that concern no journey are taken in one batch', () =>
  bought()
    .do(async (story) => {
      told(
        story,
        '王芳',
        Array.from({ length: 200 }, () => 'page_viewed'),
      )
      expect(await batchesOf(story)).toBe(1)
      expect(story.rows('select 1 from events where pending = 1')).toEqual([])
    })
    .run())

test('what concerns a journey is heard one after the other, and the rest comes along', () =>
  bought()
    .do(async (story) => {
      told(story, '王芳', ['page_viewed', 'order', 'page_viewed', 'add_to_cart', 'page_viewed', 'order'])
      told(story, '李雷', ['order', 'page_viewed', 'add_to_cart', 'page_viewed'])
      expect(await batchesOf(story)).toBe(2)
    })
    .expectEnded('王芳', 'goal')
    .expectWaitingAt('rest', '李雷')
    .run())
