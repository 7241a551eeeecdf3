import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Task, TaskList } from '../../../shared/api/tasks.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import type { FittedModels } from '../../../shared/models/fitted.ts'
import { openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'
import { callingJourney } from './tasks.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

/** What the last fit found: a brand of which one order of ten was bought for less. */
const fitted: FittedModels = {
  ...{ rfm: null, stage: { rhythm: 30 }, 'bg-nbd': null, 'gamma-gamma': null },
  ...{ propensity: null, habits: { reducedShare: 0.1 }, groups: null },
}

/** Whoever comes to look for a discount in more than half of the orders is called by whoever has them. */
function watching() {
  const { nodes, ...rest } = callingJourney('watching')
  const audience = { kind: 'attribute', name: 'score_price_sensitivity', op: 'gte', value: 0.5 }
  const picked = {
    ...nodes.picked,
    type: 'audience_at',
    config: { audience, at: { kind: 'join', present: false } },
  }
  return journeySchema.parse({ ...rest, nodes: { ...nodes, picked } })
}

const buy = (id: string, customerId: string, properties: object) =>
  server.ask('POST', '/events', {
    events: [
      { id, customerId, name: 'order', amount: 9_900, at: new Date(startAt).toISOString(), properties },
    ],
  })
const open = async () => (await server.ask<TaskList>('GET', '/tasks')).body.tasks

test('a score past a threshold makes a task for whoever has the customer, once, and its result is the way on', async () => {
  await server.ask('PUT', '/staff/a', { name: '员工a' })
  await server.ask('PUT', '/customers/m1/owner', { staff: 'a' })
  server.db.sqlite
    .prepare(
      `insert into model_runs (id, fitted, report, last_event) select 1, ?, '{}', coalesce(max(seq), 0) from events`,
    )
    .run(JSON.stringify(fitted))
  await publishJourney(server, watching())
  await buy('full', 'm1', {})
  await buy('other', 'm2', {})
  expect(await open()).toEqual([])
  for (let nth = 0; nth < 8; nth += 1) await buy(`less-${nth}`, 'm1', { coupon: 'M1' })
  const [task, ...others] = await open()
  expect(others).toEqual([])
  expect(task).toMatchObject({ customerId: 'm1', staff: { id: 'a' }, title: '致电 会员1' })
  const id = task?.id ?? ''
  expect((await server.ask('POST', `/tasks/${id}`, { button: 'reached' })).status).toBe(200)
  expect((await server.ask<{ task: Task }>('GET', `/tasks/${id}`)).body.task.state).toBe('done')
  expect((await server.ask('GET', '/customers/m1')).text).toContain('gift')
  await buy('less-again', 'm1', { coupon: 'M1' })
  expect(await open()).toEqual([])
})
