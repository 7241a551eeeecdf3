import { describe, expect, test } from 'vitest'
import { brandSchema } from '../../shared/journey/brand.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { drive } from '../testing/journey-driver.ts'
import { by, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'

const names = Array.from({ length: 200 }, (_, index) => `客${index + 1}`)
const journey = sketch({
  nodes: {
    in: by.hand(),
    hello: by.sms('您好', { ai: { instructions: '亲切些' } }),
    out: by.exit(),
  },
  flow: ['in -> hello', 'hello -> out'],
})
const brand = brandSchema.parse({
  name: { 'zh-CN': '小铺' },
  signature: '小铺',
  quietHours: null,
  prices: { sms: 50 },
})

const rehearsed = (sample: number | null) =>
  new Promise<Awaited<ReturnType<typeof rehearse>>>((resolve, reject) => {
    drive({ brand: { quietHours: null, caps: [] } })
      .members(...names)
      .do(async ({ db, brand: { now } }) => {
        db.sqlite
          .prepare(
            `insert into asks (enrollment_id, node, visit, request, model, cost_milli, created_at)
             values (1, 'x', 1, '{}', 'm', 2000, 0)`,
          )
          .run()
        const people = { customers: names }
        const request = { journey, start: now(), until: null, assume: 'rates', people, sample } as const
        resolve(
          await rehearse(rehearsalPorts(db, scratchBase(db)), { ...request, controlGroup: false, brand }),
        )
      })
      .run()
      .catch(reject)
  })

describe('rule 28: a rehearsal', () => {
  test('rule 28: a rehearsal walks a stated sample, the same each time, and reckons nothing up', async () => {
    const [once, again] = [await rehearsed(10), await rehearsed(10)]
    const { sample, entered } = once
    expect(sample).toMatchObject({ percent: 10, of: 200 })
    expect(sample?.customers).toBeGreaterThan(5)
    expect(sample?.customers).toBeLessThan(40)
    expect(entered).toBe(sample?.customers)
    expect(again.sample).toEqual(sample)
    expect((await rehearsed(null)).sample).toBeNull()
  })

  test('rule 28: a rehearsal asks no model, and tells for how many messages one would be asked and what that costs', async () => {
    const { ai, nodes, cost } = await rehearsed(null)
    // Two fen a reply, by what replies have cost so far.
    expect(ai).toEqual({ asked: 200, total: 4 })
    expect(nodes.hello?.cost).toBeCloseTo(cost.total)
    expect(cost.total).toBeCloseTo(10)
  })
})
