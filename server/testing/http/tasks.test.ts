import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Task, TaskList } from '../../../shared/api/tasks.ts'
import type { TimelinePage } from '../../../shared/api/timeline.ts'
import { expectProblem, openTestApp, startAt, type TestApp } from './harness.ts'
import { askFor } from './tasks.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const list = async (query = '') => (await server.ask<TaskList>('GET', `/tasks${query}`)).body
const decide = (id: string, body: object) => server.ask<{ task: Task }>('POST', `/tasks/${id}`, body)
const count = async () => (await server.ask<{ open: number }>('GET', '/tasks/count')).body.open
const customer = async (id: string) =>
  (await server.ask<{ customer: { tags: string[] } }>('GET', `/customers/${id}`)).text
const hours = (amount: number) => server.ask('POST', '/clock/advance', { to: startAt + amount * 3_600_000 })

describe('a task for a colleague (rule 5)', () => {
  test('is listed with its words, its buttons and its deadline', async () => {
    await askFor(server, ['m1', 'm2'])
    const { tasks, open, next } = await list()
    expect([open, next, await count()]).toEqual([2, null, 2])
    expect(tasks[0]).toMatchObject({
      status: 'open',
      customerId: 'm1',
      journeyName: { en: 'Asking' },
      nodeName: { en: 'Ask' },
      title: '会员1：送礼还是致电',
      buttons: [{ id: 'gift' }, { id: 'call' }],
      createdAt: startAt,
      until: startAt + 48 * 3_600_000,
      decision: null,
    })
  })

  test('is told in the customer’s story, page by page', async () => {
    await askFor(server, ['m1'])
    const page = await server.ask<TimelinePage>('GET', '/customers/m1/timeline?kinds=tasks&limit=1')
    expect(page.body.entries).toMatchObject([{ kind: 'task', at: startAt, title: '会员1：送礼还是致电' }])
    const all = await server.ask<TimelinePage>('GET', '/customers/m1/timeline')
    expect(all.status, all.text).toBe(200)
    expect(all.body.entries.map(({ kind }) => kind)).toContain('task')
  })

  test('rule 17: what is a task waits for a colleague, whose word sends the customer on at once, with a note and by whom', async () => {
    const id = await askFor(server, ['m1', 'm2'])
    const { status, body } = await decide(id, { button: 'gift', note: ' 老客户 ' })
    expect(status).toBe(200)
    expect(body.task).toMatchObject({
      status: 'decided',
      decision: { button: 'gift', by: 'local', at: startAt, note: '老客户' },
    })
    expect(await customer('m1')).toContain('"gift"')
    expect(await customer('m2')).not.toContain('"tags":["gift"]')
    expect((await list()).tasks.map(({ customerId }) => customerId)).toEqual(['m2'])
    expect((await list('?status=decided')).tasks.map((task) => task.id)).toEqual([id])
  })

  test('can be decided once: the first decision holds', async () => {
    const id = await askFor(server, ['m1'])
    await decide(id, { button: 'call' })
    expectProblem(await decide(id, { button: 'gift' }), 409, 'task-decided')
    expect((await server.ask<{ task: Task }>('GET', `/tasks/${id}`)).body.task.decision?.button).toBe('call')
    expect(await customer('m1')).not.toContain('"tags":["gift"]')
  })

  test('of two who press at the same moment one is told that the other has', async () => {
    const id = await askFor(server, ['m1'])
    const both = await Promise.all([decide(id, { button: 'gift' }), decide(id, { button: 'call' })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('rule 17: a task may never be done: when its time is over the customer goes on as not decided', async () => {
    const id = await askFor(server, ['m1'])
    await hours(49)
    expectProblem(await decide(id, { button: 'gift' }), 409, 'task-over')
    expect([await count(), (await list('?status=over')).tasks[0]?.status]).toEqual([0, 'over'])
    expect(await customer('m1')).toContain('not-decided')
  })

  test('is taken back when the journey is stopped', async () => {
    const id = await askFor(server, ['m1'])
    await server.ask('POST', '/journeys/asking/stop')
    expect(await count()).toBe(0)
    expectProblem(await decide(id, { button: 'gift' }), 409, 'task-over')
  })

  test('is heard when a paused journey goes on, if it was decided in time', async () => {
    const id = await askFor(server, ['m1'])
    await server.ask('POST', '/journeys/asking/pause')
    expect((await decide(id, { button: 'gift' })).status).toBe(200)
    expect(await customer('m1')).not.toContain('"decided"')
    await hours(60)
    await server.ask('POST', '/journeys/asking/resume')
    expect(await customer('m1')).toContain('"decided"')
  })

  test('comes page by page, and of one journey alone', async () => {
    await askFor(server, ['m1', 'm2', 'm3', 'm4', 'm5'])
    const first = await list('?limit=2')
    const second = await list(`?limit=2&after=${first.next}`)
    const third = await list(`?limit=2&after=${second.next}`)
    expect([...first.tasks, ...second.tasks, ...third.tasks].map(({ customerId }) => customerId)).toEqual([
      'm1',
      'm2',
      'm3',
      'm4',
      'm5',
    ])
    expect(third.next).toBe(null)
    expect((await list('?journey=other')).tasks).toEqual([])
  })

  test('that there is not, or a button that it has not, is refused with what is wrong', async () => {
    const id = await askFor(server, ['m1'])
    expectProblem(await decide('99.ask.1', { button: 'gift' }), 404, 'not-found')
    expectProblem(await decide(id, { button: 'refund' }), 422, 'no-such-button')
    expect((await decide('nonsense', { button: 'gift' })).status).toBe(400)
    expect((await decide(id, { button: 'gift', note: 'x'.repeat(1001) })).status).toBe(400)
    expect(await count()).toBe(1)
  })

  test('of somebody without a name is not written, and nobody is troubled', async () => {
    await askFor(server, ['m6'])
    expect(await count()).toBe(0)
    expect(await customer('m6')).toContain('not-asked')
  })
})
