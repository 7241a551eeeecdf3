import { beforeEach, describe, expect, test } from 'vitest'
import { asking, type Contracted, claiming, coming, live, now, worker, writtenTo } from './world.ts'

const hour = 3_600_000

/** Who gets what is due, of several workers over the same data. */
export function claimsContract(name: string, world: () => Contracted): void {
  describe(`${name}: claims of enrollments`, () => {
    const ids = Array.from({ length: 40 }, (_, index) => `m${index}`)
    const due = now + hour
    const claimed = async (store: Contracted, by: ReturnType<typeof worker>['by']) =>
      (await store.engine.claimDue('welcome', due, 100, by)).map(({ enrollment }) => enrollment.customerId)

    beforeEach(async () => {
      await live(world())
      await world().admit(ids)
      const changes = ids.map((id, index) => coming(index + 1, id, due))
      await world().engine.commit({ now, changes, taken: [] })
    })

    test('another worker gets nothing of them until the lease has run out', async () => {
      const first = worker('first')
      const second = worker('second')
      const other = await world().another()
      expect(await claimed(world(), first.by)).toHaveLength(40)
      expect(await claimed(other, second.by)).toEqual([])
      second.clock.advance(59_000)
      expect(await claimed(other, second.by)).toEqual([])
      second.clock.advance(1_000)
      expect(await claimed(other, second.by)).toHaveLength(40)
      first.clock.advance(60_000)
      expect(await claimed(world(), first.by)).toEqual([])
      await other.close()
    })

    test('whoever is at work keeps them by claiming again', async () => {
      const first = worker('first')
      const second = worker('second')
      const other = await world().another()
      for (let minute = 0; minute < 3; minute += 1) {
        expect(await claimed(world(), first.by)).toHaveLength(40)
        first.clock.advance(40_000)
        second.clock.advance(40_000)
        expect(await claimed(world(), first.by)).toHaveLength(40)
        expect(await claimed(other, second.by)).toEqual([])
      }
      await other.close()
    })

    test('a lease from before the clock was set back keeps nobody out for longer than a lease lasts', async () => {
      const other = await world().another()
      expect(await claimed(world(), worker('gone').by)).toHaveLength(40)
      const second = worker('second')
      second.clock.set(-24 * hour)
      expect(await claimed(other, second.by)).toHaveLength(40)
      await other.close()
    })

    test.each([-24 * hour, 24 * hour])(
      'whoever is at work renews by what has elapsed, and a clock set by %d ms is no matter',
      async (by) => {
        const other = await world().another()
        const first = worker('first')
        const second = worker('second')
        expect(await claimed(world(), first.by)).toHaveLength(40)
        for (const { clock } of [first, second]) clock.set(by)
        for (const { clock } of [first, second]) clock.advance(31_000)
        expect(await claimed(world(), first.by)).toHaveLength(40)
        expect(await claimed(other, second.by)).toEqual([])
        await other.close()
      },
    )

    test('two workers with shards of their own get all of them, and none twice', async () => {
      const low = worker('low', [0, 127])
      const high = worker('high', [128, 255])
      const other = await world().another()
      const mine = await claimed(world(), low.by)
      const theirs = await claimed(other, high.by)
      expect(mine.length).toBeGreaterThan(0)
      expect(theirs.length).toBeGreaterThan(0)
      expect([...mine, ...theirs].sort()).toEqual([...ids].sort())
      expect(await claimed(other, worker('whole').by)).toEqual([])
      await other.close()
    })

    test('a process that begins anew goes on with what was its own', async () => {
      const first = worker('first')
      expect(await claimed(world(), first.by)).toHaveLength(40)
      const again = await world().another()
      expect(await claimed(again, first.by)).toHaveLength(40)
      await again.close()
    })
  })

  describe(`${name}: claims of questions to others`, () => {
    const ids = Array.from({ length: 20 }, (_, index) => `m${index}`)
    const asked = async ({ asks }: Contracted, by: ReturnType<typeof worker>['by']) =>
      (await asks.due(now, 100, by)).map(({ enrollmentId }) => enrollmentId)

    beforeEach(async () => {
      await live(world())
      await world().admit(ids)
      const changes = ids.map((id, index) => asking(coming(index + 1, id, now + hour)))
      await world().engine.commit({ now, changes, taken: [] })
    })

    test('another worker gets none of them until the lease has run out', async () => {
      const first = worker('first')
      const second = worker('second')
      const other = await world().another()
      expect(await asked(world(), first.by)).toHaveLength(20)
      expect(await asked(other, second.by)).toEqual([])
      second.clock.advance(60_000)
      expect(await asked(other, second.by)).toHaveLength(20)
      first.clock.advance(60_000)
      expect(await asked(world(), first.by)).toEqual([])
      await other.close()
    })

    test('two workers with shards of their own get all of them, and none twice', async () => {
      const other = await world().another()
      const mine = await asked(world(), worker('low', [0, 127]).by)
      const theirs = await asked(other, worker('high', [128, 255]).by)
      expect(mine.length).toBeGreaterThan(0)
      expect(theirs.length).toBeGreaterThan(0)
      expect([...mine, ...theirs].sort((a, b) => a - b)).toEqual(ids.map((_, index) => index + 1))
      await other.close()
    })

    test('whoever has the enrollments has not the questions by that', async () => {
      const other = await world().another()
      await world().engine.claimDue('welcome', now + hour, 100, worker('first').by)
      expect(await asked(other, worker('second').by)).toHaveLength(20)
      await other.close()
    })

    test('the reply that comes first stays, and is not asked for again', async () => {
      const { by } = worker('first')
      const [ask] = await world().asks.due(now, 1, by)
      if (ask === undefined) throw new Error('nothing was asked')
      const settle = (text: string) =>
        world().asks.settle(
          { ask, spent: null, outcome: { kind: 'reply', reply: { ok: true, text, model: 'm' } } },
          now,
        )
      await settle('first')
      await settle('second')
      expect(await asked(world(), by)).toHaveLength(19)
      const { enrollmentId, node, visit } = ask
      const replies = await world().engine.replies([{ enrollmentId, node, visit }])
      expect(replies.get(enrollmentId)).toMatchObject({ text: 'first' })
    })

    test('one that is put off is due again at its time', async () => {
      const { by } = worker('first')
      const [ask] = await world().asks.due(now, 1, by)
      if (ask === undefined) throw new Error('nothing was asked')
      await world().asks.settle({ ask, spent: null, outcome: { kind: 'again', at: now + hour } }, now)
      expect(await asked(world(), by)).not.toContain(ask.enrollmentId)
      const later = await world().asks.due(now + hour, 100, by)
      expect(later.find(({ enrollmentId }) => enrollmentId === ask.enrollmentId)).toMatchObject({
        attempts: 1,
      })
    })
  })

  describe(`${name}: claims of messages`, () => {
    beforeEach(async () => {
      await live(world())
      await world().admit(['a'])
      await world().engine.commit({ now, changes: [writtenTo(coming(1, 'a', now + hour))], taken: [] })
    })

    test('a message is handed to one worker', async () => {
      expect((await world().outbox.claim(claiming(worker('first').by))).messages).toHaveLength(1)
      expect((await world().outbox.claim(claiming(worker('second').by))).messages).toEqual([])
    })

    test.each([
      ['an idempotent channel', new Set(['sms']), { queued: 1, unknown: 0 }],
      ['another channel', new Set<string>(), { queued: 0, unknown: 1 }],
    ])(
      'on %s what a lost worker had in hand is taken over when its lease has run out',
      async (_, idempotent, found) => {
        const second = worker('second')
        await world().outbox.claim(claiming(worker('first').by))
        const recover = () => world().outbox.recover({ idempotent, now, by: second.by, own: true })
        expect(await recover()).toEqual({ queued: 0, unknown: 0 })
        second.clock.advance(60_000)
        expect(await recover()).toEqual(found)
        expect(await recover()).toEqual({ queued: 0, unknown: 0 })
      },
    )

    describe('of a channel without keys', () => {
      const claimed = async (by: ReturnType<typeof worker>['by']) => {
        const { messages } = await world().outbox.claim(claiming(by, 10, true))
        return messages
      }
      const idempotent: ReadonlySet<string> = new Set()
      const recovered = (by: ReturnType<typeof worker>['by'], own: boolean) =>
        world().outbox.recover({ idempotent, now, by, own })

      test('one that has not begun to leave is queued again, as if it had not been tried', async () => {
        const { by } = worker('first')
        await claimed(by)
        expect(await recovered(by, true)).toEqual({ queued: 1, unknown: 0 })
        expect(await claimed(by)).toMatchObject([{ attempts: 1, error: null }])
      })

      test('one that has begun is unknown', async () => {
        const { by } = worker('first')
        const messages = await claimed(by)
        const ids = messages.map(({ id }) => id)
        expect(await world().outbox.begin({ by, now, messages, settlements: [] })).toEqual(new Set(ids))
        expect(await recovered(by, true)).toEqual({ queued: 0, unknown: 1 })
        expect(await claimed(by)).toEqual([])
      })

      test('one that another worker has taken over does not begin any more, and begins once', async () => {
        const first = worker('first')
        const second = worker('second')
        const messages = await claimed(first.by)
        second.clock.advance(60_000)
        expect(await recovered(second.by, false)).toEqual({ queued: 1, unknown: 0 })
        const begin = (by: typeof first.by) => world().outbox.begin({ by, now, messages, settlements: [] })
        expect(await begin(first.by)).toEqual(new Set())
        const again = await claimed(second.by)
        expect(again).toHaveLength(1)
        expect(await begin(first.by)).toEqual(new Set())
        expect(await begin(second.by)).toEqual(new Set(again.map(({ id }) => id)))
        expect(await begin(second.by)).toEqual(new Set())
      })

      test('what became of others is written along', async () => {
        const { by } = worker('first')
        const [message] = await claimed(by)
        if (message === undefined) throw new Error('nothing was claimed')
        const settlement = {
          message,
          status: 'sent',
          dueAt: null,
          providerId: null,
          error: null,
          endpoint: 'answered',
        } as const
        await world().outbox.begin({ by, now, messages: [], settlements: [settlement] })
        expect(await recovered(by, true)).toEqual({ queued: 0, unknown: 0 })
      })
    })

    test('what was in hand before the clock was set back is taken over all the same', async () => {
      const second = worker('second')
      await world().outbox.claim(claiming(worker('gone').by))
      second.clock.set(-24 * hour)
      const found = await world().outbox.recover({ idempotent: new Set(), now, by: second.by, own: false })
      expect(found).toEqual({ queued: 0, unknown: 1 })
    })

    test('what a worker has in hand is its own only after it has begun anew', async () => {
      const { by, clock } = worker('first')
      const idempotent = new Set(['sms'])
      await world().outbox.claim(claiming(by))
      clock.advance(600_000)
      expect(await world().outbox.recover({ idempotent, now, by, own: false })).toEqual({
        queued: 0,
        unknown: 0,
      })
      expect(await world().outbox.recover({ idempotent, now, by, own: true })).toEqual({
        queued: 1,
        unknown: 0,
      })
    })
  })
}
