import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import type { ModelList } from '../../../shared/api/models.ts'
import type { PickStanding } from '../../../shared/api/picks.ts'
import { countedAs } from '../../../shared/models/position.ts'
import { addCustomers, addHistory } from '../../store/sqlite/seed.ts'
import { Workshop } from '../../work/workshop.ts'
import { memberOf } from '../members.ts'
import { expectProblem, openTestApp, startAt, type TestApp } from './harness.ts'

const dayMs = 86_400_000
const idOf = (place: number) => `b${place}`

describe('what models say, over the API', () => {
  let workshop: Workshop
  let server: TestApp
  beforeAll(async () => {
    workshop = new Workshop({ program: null, now: Date.now })
    server = await openTestApp({ brand: { workshop } })
    const places = Array.from({ length: 120 }, (_, place) => place)
    addCustomers(
      server.db,
      places.map((place) => memberOf(idOf(place), 100 + place)),
      startAt,
    )
    addHistory(
      server.db,
      places.flatMap((place) =>
        Array.from({ length: 1 + (place % 4) }, (_, index) => ({
          ...{
            id: `p${place}-${index}`,
            customerId: idOf(place),
            name: 'order',
            amount: 1_000 * (place + 1),
          },
          ...{ at: startAt - (200 - place - index * 10) * dayMs },
          properties: place % 3 === 0 ? { coupon: 'TEN' } : {},
        })),
      ),
    )
  })
  afterAll(async () => {
    await server.close()
    await workshop.close()
  })

  const list = async () => (await server.ask<ModelList>('GET', '/models')).body
  const scoresOf = async (id: string) =>
    (await server.ask<CustomerAnswer>('GET', `/customers/${id}`)).body.scores
  const scoreOf = async (id: string, name: string) =>
    (await scoresOf(id))?.values.find((one) => one.name === name)?.value

  test('is nothing until somebody asks for it', async () => {
    expect(await list()).toEqual({ last: null, running: null, waiting: 0, failed: null })
    expect(await scoresOf('b1')).toBeNull()
  })

  test('is reckoned beside the server, once at a time, and then told of models and of customers', async () => {
    expect((await server.ask('POST', '/models/fit')).status).toBe(202)
    expectProblem(await server.ask('POST', '/models/fit'), 409, 'scoring-running')
    expect((await list()).running).not.toBeNull()
    await expect.poll(async () => (await list()).running, { timeout: 60_000 }).toBeNull()
    const { last, failed } = await list()
    expect(failed).toBeNull()
    expect(last).toMatchObject({ at: startAt, until: '2026-08-11', customers: 123 })
    expect(last?.models.find(({ name }) => name === 'rfm')?.state).toBe('fitted')
    // What is bought together is counted with it.
    const { body: picks } = await server.ask<PickStanding>('GET', '/picks')
    expect(picks.last).toMatchObject({ at: startAt })
    expect(await scoreOf('b119', 'score_rfm_recency')).toBe(5)
    expect(await scoreOf('b0', 'score_rfm_recency')).toBe(1)
    const condition = { kind: 'attribute', name: 'score_rfm_recency', op: 'eq', value: 1 }
    const counted = await server.ask<{ count: number; findings: unknown[] }>('POST', '/audiences/count', {
      condition,
    })
    expect(counted.body.findings).toEqual([])
    expect(counted.body.count).toBeGreaterThan(0)
  }, 70_000)

  test('tells of each score that is more or less where it stands among those of all', async () => {
    const ids = [...Array.from({ length: 120 }, (_, place) => idOf(place)), 'm1', 'm2', 'm3']
    const all = (await Promise.all(ids.map(scoresOf))).flatMap((scores) => scores?.values ?? [])
    const placed = all.filter(({ position }) => position !== null)
    expect(placed.map(({ name }) => name)).toContain('score_price_sensitivity')
    expect(all.find(({ name }) => name === 'score_rfm_recency')?.position).toBeNull()
    for (const { name, value, position } of placed) {
      const own = all.filter((one) => one.name === name).map((one) => countedAs(name, one.value))
      const less = own.filter((one) => one < countedAs(name, value)).length
      expect(position?.customers).toBe(own.length)
      expect(position?.below).toBeCloseTo(less / own.length, 1)
    }
  })

  test('is up to date for a customer whose order has just come in', async () => {
    const order = { id: 'now', customerId: 'b0', name: 'order', amount: 900 }
    expect((await server.ask('POST', '/events', { events: [order] })).status).toBeLessThan(300)
    expect(await scoreOf('b0', 'score_rfm_recency')).toBe(5)
  })

  test('makes a prospect of whoever is new within a tick, and tells of the other models why they are silent', async () => {
    expect((await server.ask('POST', '/customers', [{ id: 'new' }])).status).toBeLessThan(300)
    await expect.poll(() => scoreOf('new', 'score_stage')).toBe('prospect')
    const { body } = await server.ask<CustomerAnswer>('GET', '/customers/new')
    expect(body.silent).toContainEqual({
      ...{ model: 'rfm', reason: 'needs-order' },
      why: { 'zh-CN': '要等第一笔订单', en: 'Needs a first order' },
    })
  })

  test('names a group, and its customers have the name from then on, also when it is fitted anew', async () => {
    const groups = async () => (await list()).last?.models.find(({ name }) => name === 'groups')?.groups ?? []
    const [group, other] = await groups()
    if (group === undefined || other === undefined) throw new Error('there are groups')
    expect(group.customers).toBeGreaterThan(0)
    const put = (id: string, name: string) => server.ask('PUT', `/models/groups/${id}`, { name })
    expectProblem(await put('nobody', '常客'), 404, 'group-unknown')
    expectProblem(await put(group.id, other.name), 409, 'group-name-taken')
    expectProblem(await put(group.id, ' '), 400, 'invalid-request')
    const done = () => expect.poll(async () => (await list()).running, { timeout: 60_000 }).toBeNull()
    expect((await put(group.id, '常客')).status).toBe(202)
    await done()
    const renamed = (await groups()).find(({ id }) => id === group.id)
    expect(renamed).toMatchObject({ name: '常客', named: true, isNew: false })
    const condition = { kind: 'attribute', name: 'score_group', op: 'eq', value: '常客' }
    const counted = await server.ask<{ count: number }>('POST', '/audiences/count', { condition })
    expect(counted.body.count).toBe(renamed?.customers)
    expect((await server.ask('POST', '/models/fit')).status).toBe(202)
    await done()
    expect((await groups()).find(({ id }) => id === group.id)?.name).toBe('常客')
  }, 130_000)
})
