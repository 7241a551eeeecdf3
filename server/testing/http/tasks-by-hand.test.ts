import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StaffList, StaffReport } from '../../../shared/api/staff.ts'
import type { Task, TaskList } from '../../../shared/api/tasks.ts'
import { limits } from '../../../shared/limits.ts'
import { openTestApp, startAt, type TestApp } from './harness.ts'
import { giveByHand, giveTask } from './tasks.ts'

const day = 86_400_000
let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.ask('PUT', '/teams/east', { name: '华东', leader: null })
  await server.ask('PUT', '/staff/a', { name: '员工a', team: 'east' })
  await server.ask('PUT', '/staff/b', { name: '员工b', active: false })
  await server.ask('PUT', '/customers/m1/owner', { staff: 'a' })
})
afterEach(() => server.close())

const one = async (id: string) => (await server.ask<{ task: Task }>('GET', `/tasks/${id}`)).body.task
const list = async (query = '') => (await server.ask<TaskList>('GET', `/tasks${query}`)).body
const advance = (days: number) => server.ask('POST', '/clock/advance', { to: startAt + days * day })
const told = async (customer: string) =>
  (
    await server.ask<{ entries: { outcome: string | null; title: string }[] }>(
      'GET',
      `/customers/${customer}/timeline?kinds=tasks`,
    )
  ).body.entries

describe('a task that somebody makes by hand', () => {
  test('is whose the customer is, of no journey, and stands among the others', async () => {
    const { id } = await giveByHand(server, 'm1', { priority: 'high' })
    expect(await one(id)).toMatchObject({
      ...{ kind: 'call', state: 'open', status: 'open', priority: 'high', title: '问问新品合不合适' },
      ...{ staff: { id: 'a', name: '员工a' }, team: { id: 'east' }, journeyId: null, node: null },
      ...{ customerId: 'm1', customerName: '会员1', createdAt: startAt, dueAt: startAt + day },
      buttons: [{ id: 'reached' }, { id: 'not_reached' }, { id: 'refused' }],
    })
    const journeys = await giveTask(server, ['m1'])
    expect((await list()).tasks.map((task) => task.id).sort()).toEqual([id, journeys].sort())
    expect(await list('?whose=mine&staff=a')).toMatchObject({ open: 2 })
    expect((await list('?journey=calling')).tasks.map((task) => task.id)).toEqual([journeys])
    const { body } = await server.ask<StaffList>('GET', '/staff')
    expect(body.staff.find((member) => member.id === 'a')?.openTasks).toBe(2)
  })

  test('is of whom it names: one, a team, and of a customer whom nobody has anybody’s', async () => {
    const whose = async (customer: string, whom: object) => {
      const { staff, team } = await one((await giveByHand(server, customer, { for: whom })).id)
      return [staff?.id ?? null, team?.id ?? null]
    }
    expect(await whose('m2', { to: 'staff', staff: 'a' })).toEqual(['a', null])
    expect(await whose('m2', { to: 'team', team: 'east' })).toEqual([null, 'east'])
    expect(await whose('m2', { to: 'owner' })).toEqual([null, null])
  })

  test.each([
    ['somebody who has left', { for: { to: 'staff', staff: 'b' } }, 'no-such-staff'],
    ['a team that is none', { for: { to: 'team', team: 'west' } }, 'no-such-team'],
    ['a customer who is none', { customerId: 'nobody' }, 'unknown-customer'],
    ['a moment that is over', { due: startAt }, 'task-due-unfit'],
    ['a moment too far', { due: startAt + (limits.taskAhead.value + 1) * day }, 'task-due-unfit'],
    ['no title', { title: ' ' }, 'invalid-request'],
  ])('is refused for %s', async (_what, more, code) => {
    const { answer } = await giveByHand(server, 'm1', more)
    expect(answer).toMatchObject({ body: { code } })
    expect((await list()).tasks).toEqual([])
  })

  test('is done once, with what came of it on the customer’s page and in the report', async () => {
    const { id } = await giveByHand(server, 'm1')
    const answer = { button: 'reached', note: '周末到店', next: '2026-08-20' }
    expect((await server.ask('POST', `/tasks/${id}`, answer)).status).toBe(200)
    expect(await one(id)).toMatchObject({ state: 'done', decision: { button: 'reached', note: '周末到店' } })
    expect(await server.ask('POST', `/tasks/${id}`, answer)).toMatchObject({ body: { code: 'task-decided' } })
    expect((await list('?status=decided')).tasks.map((task) => task.id)).toEqual([id])
    expect(await told('m1')).toMatchObject([
      { outcome: 'done', text: '周末到店', reason: { name: { en: 'Reached' }, next: '2026-08-20' } },
      { outcome: 'staff', title: '问问新品合不合适' },
    ])
    const { body } = await server.ask<StaffReport>('GET', '/staff/report')
    expect(body.rows).toMatchObject([
      { staff: 'a', done: 1, open: 0, results: [{ id: 'reached', name: { en: 'Reached' }, count: 1 }] },
    ])
  })

  test('can still be done when it is late, and is over after a while', async () => {
    const { id } = await giveByHand(server, 'm1')
    await advance(2)
    expect(await one(id)).toMatchObject({ state: 'overdue', status: 'open' })
    await advance(2 + limits.taskLate.value)
    expect(await one(id)).toMatchObject({ state: 'overdue', status: 'over' })
  })

  test('can be taken back while it is open, as none of a journey can', async () => {
    const { id } = await giveByHand(server, 'm1')
    expect((await server.ask('POST', `/tasks/${id}/cancel`)).status).toBe(200)
    await advance(3)
    expect(await one(id)).toMatchObject({ state: 'cancelled', status: 'over' })
    expect((await list()).open).toBe(0)
    expect(await server.ask('POST', `/tasks/${id}`, { button: 'reached' })).toMatchObject({
      body: { code: 'task-over' },
    })
    expect((await told('m1')).map(({ outcome }) => outcome)).toEqual(['cancelled', 'staff'])
    const ofJourney = await giveTask(server, ['m1'])
    expect(await server.ask('POST', `/tasks/${ofJourney}/cancel`)).toMatchObject({
      body: { code: 'task-of-journey' },
    })
  })

  test('comes in pages with those of journeys, each once', async () => {
    await giveTask(server, ['m1', 'm2', 'm3'])
    for (const hours of [30, 48, 50, 24])
      await giveByHand(server, 'm4', { due: startAt + hours * 3_600_000, title: String(hours) })
    const seen: string[] = []
    for (const status of ['open', 'decided']) {
      let after = ''
      for (let pages = 0; pages < 9; pages += 1) {
        const page = await list(`?status=${status}&limit=2${after}`)
        seen.push(...page.tasks.map((task) => task.id))
        if (page.next === null) break
        after = `&after=${page.next}`
      }
    }
    expect(seen).toHaveLength(7)
    expect(new Set(seen).size).toBe(7)
  })

  test('leaves nothing of its words once the customer is erased', async () => {
    const { id } = await giveByHand(server, 'm1', { text: '生日是八月五日' })
    await server.ask('DELETE', '/customers/m1')
    await expect
      .poll(() =>
        server.db.sqlite.prepare('select count(*) from tasks where request is not null').pluck().get(),
      )
      .toBe(0)
    expect((await server.ask('GET', `/tasks/${id}`)).status).toBe(404)
    expect((await list()).open).toBe(0)
  })
})
