import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '../../../shared/errors/index.ts'
import { registry } from '../../../shared/nodes/index.ts'
import type { Change } from '../../ports/engine.ts'
import { claimsContract } from './claims.ts'
import {
  act,
  brand,
  type Contracted,
  claiming,
  coming,
  drawn,
  live,
  now,
  type OpenContracted,
  worker,
  writtenTo,
} from './world.ts'

const hour = 3_600_000

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'no problem'
}

/** What every store of a brand does, whatever it is made of. */
export function storeContract(name: string, open: OpenContracted): void {
  let world: Contracted
  beforeEach(async () => {
    world = await open()
  })
  afterEach(() => world.close())

  const logged = async () =>
    (await world.stores.audit.page({ limit: 50 })).entries.map(
      ({ action, object }) => `${action} ${object.id}`,
    )

  describe(`${name}: journeys`, () => {
    test('a change and its row of the log are there together', async () => {
      await live(world)
      await world.stores.journeys.pause(act, 'welcome')
      expect((await world.stores.journeys.get('welcome')).status).toBe('paused')
      expect(await logged()).toEqual([
        'journey.paused welcome',
        'journey.published welcome',
        'journey.created welcome',
      ])
    })

    test('what is refused changes nothing and is not in the log', async () => {
      await live(world)
      const before = await logged()
      const stale = { journey: drawn('改'), revision: 1 }
      expect(await codeOf(() => world.stores.journeys.saveDraft(act, 'welcome', stale))).toBe(
        'stale-revision',
      )
      expect(await codeOf(() => world.stores.journeys.resume(act, 'welcome', { brand, registry }))).toBe(
        'journey-not-paused',
      )
      expect(
        await codeOf(() => world.stores.journeys.remove(act, 'welcome', { registry, despiteUses: false })),
      ).toBe('journey-running')
      expect(await logged()).toEqual(before)
      expect((await world.stores.journeys.get('welcome')).journey).toEqual(drawn())
    })

    test('of two who publish one revision the second is refused', async () => {
      const { id, revision } = await world.stores.journeys.create(act, drawn())
      const publish = () => world.stores.journeys.publish(act, id, { revision, brand, registry })
      expect(await publish()).toMatchObject({ version: 1, status: 'live', revision: revision + 1 })
      expect(await codeOf(publish)).toBe('stale-revision')
      expect(await world.stores.journeys.versions(id)).toHaveLength(1)
    })
  })

  describe(`${name}: settings and audiences`, () => {
    test('secrets are kept, and the log tells only that they were changed', async () => {
      const secret = 'correct horse battery staple'
      await world.stores.settings.saveChannel(act, 'sms', { url: 'https://sms.example.com', secret })
      expect(await world.stores.settings.channels()).toEqual({
        sms: { url: 'https://sms.example.com', secret },
      })
      const { entries } = await world.stores.audit.page({ limit: 10 })
      expect(entries).toMatchObject([{ action: 'channel.changed', detail: { fields: 'url, secret' } }])
      expect(JSON.stringify(entries)).not.toContain(secret)
    })

    test('an audience is counted as it is now, and its key is taken once', async () => {
      await world.admit(['a', 'b'])
      const named = { kind: 'attribute', name: 'customer_id', op: 'eq', value: 'a' } as const
      const draft = { key: 'first', name: { en: 'First' }, condition: named }
      await world.stores.audiences.add(act, draft)
      const asked = { now, zone: 'Asia/Shanghai' }
      expect(await world.stores.audiences.get('first', asked)).toMatchObject({ size: 1 })
      expect(await world.stores.audiences.count(named, asked)).toMatchObject({ count: 1, of: 2 })
      expect(await codeOf(() => world.stores.audiences.add(act, draft))).toBe('audience-exists')
    })
  })

  describe(`${name}: batches`, () => {
    test('somebody who was changed meanwhile is left as the first one left him', async () => {
      await live(world)
      await world.admit(['a'])
      const change = coming(1, 'a', now + hour)
      expect(await world.engine.commit({ now, changes: [change], taken: [] })).toEqual({
        applied: 1,
        skipped: 0,
      })
      const next = {
        ...change,
        before: 1,
        from: 'rest',
        moves: [],
        enrollment: { ...change.enrollment, steps: 2 },
      }
      expect(await world.engine.commit({ now, changes: [next], taken: [] })).toMatchObject({ applied: 1 })
      expect(await world.engine.commit({ now, changes: [next], taken: [] })).toEqual({
        applied: 0,
        skipped: 1,
      })
    })

    test('in a large batch too, with nothing of what the batch would have done, and all others go on', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `m${index}`)
      await live(world)
      await world.admit(ids)
      const entered = ids.map((id, index) => coming(index + 1, id, now + hour))
      await world.engine.commit({ now, changes: entered, taken: [] })
      const onward = (change: Change) => ({
        ...writtenTo(change),
        before: 1,
        from: 'rest',
        enrollment: { ...change.enrollment, state: 'hello', wait: null, steps: 2 },
        moves: [],
      })
      const early = entered.slice(0, 1).map((change) => ({ ...onward(change), effects: [] }))
      expect(await world.engine.commit({ now, changes: early, taken: [] })).toMatchObject({ applied: 1 })
      const changes = entered.map(onward)
      expect(await world.engine.commit({ now, changes, taken: [] })).toEqual({ applied: 19, skipped: 1 })
      const { messages } = await world.outbox.claim(claiming(worker('first').by, 100))
      expect(messages.map(({ customer }) => customer.id).sort()).toEqual(ids.slice(1).sort())
    })

    test('a customer is in a journey once', async () => {
      await live(world)
      await world.admit(['a'])
      const changes = [coming(1, 'a', now + hour), coming(2, 'a', now + hour)]
      expect(await world.engine.commit({ now, changes, taken: [] })).toEqual({ applied: 1, skipped: 1 })
    })
  })

  describe(`${name}: goals of those who have left`, () => {
    const left = { ...coming(1, 'a', now), ending: 'done', countsUntil: now + hour }
    const reached = {
      ...left,
      enrollment: { ...left.enrollment, steps: 2 },
      before: 1,
      moves: [],
      ending: null,
      leftAt: now,
      countsUntil: null,
      effects: [
        {
          node: 'bought',
          visit: 1,
          at: now,
          effect: { kind: 'goal', goal: 'bought', name: 'order', event: 'A1', value: 100 },
        },
      ],
    } as const
    const asked = { customerId: 'a', name: 'order', id: 'A1' }

    test('count until their windows end, of customers and times asked for together', async () => {
      await live(world)
      await world.admit(['a', 'b'])
      await world.engine.commit({ now, changes: [left], taken: [] })
      const counting = async (...asked: readonly [id: string, at: number][]) =>
        (await world.engine.stillCounting(asked.map(([customerId, at]) => ({ customerId, at })))).map(
          ({ enrollment, leftAt }) => [enrollment.id, leftAt],
        )
      expect(await counting(['b', now], ['a', now])).toEqual([[1, now]])
      expect(await counting(['a', now + hour])).toEqual([])
    })

    test('are reached once by whoever comes first, and known by their event', async () => {
      await live(world)
      await world.admit(['a'])
      await world.engine.commit({ now, changes: [left], taken: [] })
      const save = () => world.engine.commit({ now, changes: [reached], taken: [] })
      expect(await save()).toEqual({ applied: 1, skipped: 0 })
      expect(await save()).toEqual({ applied: 0, skipped: 1 })
      expect(await world.engine.goalHits([asked])).toEqual([
        { ...asked, journeyId: 'welcome', enrollmentId: 1, goal: 'bought' },
      ])
    })

    test('are lost when a refund takes them back', async () => {
      await live(world)
      await world.admit(['a'])
      await world.engine.commit({ now, changes: [left], taken: [] })
      await world.engine.commit({ now, changes: [reached], taken: [] })
      const effect = { kind: 'refund', goal: 'bought', value: null, countedAt: now } as const
      const lost = {
        ...reached,
        enrollment: { ...reached.enrollment, steps: 3 },
        before: 2,
        effects: [{ node: 'bought', visit: 1, at: now, effect }],
      }
      await world.engine.commit({ now, changes: [lost], taken: [] })
      expect(await world.engine.goalHits([asked])).toEqual([])
    })
  })

  claimsContract(name, () => world)
}
