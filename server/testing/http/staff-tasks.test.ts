import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StaffReport } from '../../../shared/api/staff.ts'
import type { SystemAnswer } from '../../../shared/api/system.ts'
import type { Task, TaskList } from '../../../shared/api/tasks.ts'
import { openTestApp, startAt, type TestApp } from './harness.ts'
import { askFor, giveTask } from './tasks.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const hire = (id: string, more: object = {}) =>
  server.ask('PUT', `/staff/${id}`, { name: `员工${id}`, ...more })
const own = (customer: string, staff: string) => server.ask('PUT', `/customers/${customer}/owner`, { staff })
const tasks = async (query = '', headers = {}) =>
  (await server.ask<TaskList>('GET', `/tasks${query}`, undefined, headers)).body.tasks
const one = async (id: string) => (await server.ask<{ task: Task }>('GET', `/tasks/${id}`)).body.task
const advance = (days: number) => server.ask('POST', '/clock/advance', { to: startAt + days * 86_400_000 })

describe('a task of a journey', () => {
  beforeEach(async () => {
    await hire('a', { phone: '13800000001' })
    await hire('b')
    await own('m1', 'a')
  })

  test('comes to whoever has the customer, whose result says how the customer goes on', async () => {
    const id = await giveTask(server, ['m1', 'm2'])
    expect(await one(id)).toMatchObject({
      ...{ kind: 'call', state: 'open', staff: { id: 'a' }, title: '致电 会员1', text: '员工a' },
      buttons: [{ id: 'reached' }, { id: 'refused' }],
    })
    expect((await tasks('?whose=mine&staff=a')).map(({ customerId }) => customerId)).toEqual(['m1'])
    expect((await tasks('?whose=team&staff=b')).map(({ customerId }) => customerId)).toEqual(['m2'])
    const answer = { button: 'reached', note: '周末到店', next: '2026-08-20' }
    expect((await server.ask('POST', `/tasks/${id}`, answer)).status).toBe(200)
    expect(await one(id)).toMatchObject({
      state: 'done',
      decision: { button: 'reached', next: '2026-08-20' },
    })
    const { body } = await server.ask<{ timeline: { reason: { code: string } | null }[] }>(
      'GET',
      '/customers/m1',
    )
    expect(body.timeline.map(({ reason }) => reason?.code)).toContain('task-done')
    const told = await server.ask('GET', '/customers/m1/timeline?kinds=tasks')
    expect(told.body).toMatchObject({ entries: [{ kind: 'task', outcome: 'staff' }] })
    expect((await server.ask('GET', '/customers/m1')).text).toContain('gift')
    const report = await server.ask<StaffReport>('GET', '/staff/report')
    expect(report.body.rows).toMatchObject([
      { staff: 'a', done: 1, results: [{ id: 'reached', count: 1 }] },
      { staff: null, open: 1 },
    ])
  })

  test('goes along when the customer is somebody else’s from now on', async () => {
    const id = await giveTask(server, ['m1'])
    await own('m1', 'b')
    expect((await one(id)).staff?.id).toBe('b')
  })

  test('that is late comes to the leader, and leaves by its own way once it is over', async () => {
    await server.ask('PUT', '/teams/east', { name: '华东', leader: 'b' })
    await hire('a', { team: 'east' })
    const id = await giveTask(server, ['m1'])
    expect(await tasks('?whose=mine&staff=b')).toEqual([])
    await advance(2)
    expect(await tasks('?whose=mine&staff=b')).toMatchObject([{ id, state: 'overdue', status: 'open' }])
    await advance(3)
    expect(await one(id)).toMatchObject({ state: 'overdue', status: 'over' })
    const { body } = await server.ask<{ timeline: { outcome: string | null }[] }>('GET', '/customers/m1')
    expect(body.timeline.map(({ outcome }) => outcome)).toContain('overdue')
  })

  test('is nobody’s any more once its customer has left the journey', async () => {
    const id = await giveTask(server, ['m1'])
    await server.ask('POST', '/journeys/calling/stop')
    expect(await one(id)).toMatchObject({ state: 'cancelled', status: 'over' })
    expect((await server.ask('POST', `/tasks/${id}/assign`, { staff: 'b' })).status).toBe(409)
    // It was never late: by the time at which it would have been, nobody had it any more.
    await advance(2)
    expect(await one(id)).toMatchObject({ state: 'cancelled', status: 'over' })
  })

  test('that was late already stays so when its customer leaves', async () => {
    const id = await giveTask(server, ['m1'])
    await advance(2)
    await server.ask('POST', '/journeys/calling/stop')
    expect(await one(id)).toMatchObject({ state: 'overdue', status: 'over' })
  })
})

describe('a staff login', () => {
  const password = 'correct horse battery'
  const logIn = async (id: string, given: string) => {
    const answer = await server.ask('POST', '/api/v1/session', {
      password: given,
      staff: { brand: 'own', id },
    })
    return { status: answer.status, cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' }
  }
  let task: string
  let mine: { cookie: string }
  beforeEach(async () => {
    await hire('a')
    await hire('b')
    await own('m1', 'a')
    await own('m2', 'b')
    task = await giveTask(server, ['m1', 'm2', 'm3'])
    await askFor(server, ['m4'])
    await server.ask('PUT', '/staff/a/login', { password: 'password of a' })
    await server.restart(password)
    mine = { cookie: (await logIn('a', 'password of a')).cookie }
  })
  const status = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
    (await server.ask(method, path, body, mine)).status

  test('opens with its own password alone, and to nobody without one', async () => {
    expect((await logIn('a', 'something else')).status).toBe(401)
    expect((await logIn('a', password)).status).toBe(401)
    expect((await logIn('b', 'password of a')).status).toBe(401)
    expect((await logIn('none', password)).status).toBe(401)
    const { body } = await server.ask<SystemAnswer>('GET', '/api/v1/system', undefined, mine)
    expect(body).toMatchObject({ staff: { id: 'a', brand: 'own' }, loginRequired: false })
  })

  test('sees its own tasks and what anybody may take, and nothing that is another’s', async () => {
    const seen = await tasks('', mine)
    expect(seen.map(({ customerId }) => customerId).sort()).toEqual(['m1', 'm3'])
    const asOther = await tasks('?whose=mine&staff=b', mine)
    expect(asOther.map(({ customerId }) => customerId)).toEqual(['m1'])
    expect(await status('GET', '/customers/m1')).toBe(200)
    for (const path of [
      '/customers/m2',
      '/customers',
      '/staff',
      '/journeys',
      '/settings/brand',
      '/audiences',
    ])
      expect([path, await status('GET', path)]).toEqual([path, 403])
    expect(await status('GET', '/api/v1/sessions')).toBe(403)
    expect(await status('PUT', '/staff/a', { name: '店长' })).toBe(403)
    expect(await status('GET', '/api/v1/brands/demo/tasks')).toBe(403)
  })

  test('sees contacts masked whatever it asks by, and is shown those of its own customers alone, which the log says', async () => {
    const phone = '19900000001'
    const told = await server.ask('GET', '/customers/m1', undefined, mine)
    expect(told.body).toMatchObject({ contacts: 'masked', customer: { phone: '199****0001' } })
    expect((await server.ask('GET', '/tasks', undefined, mine)).text).not.toContain(phone)
    expect(await status('POST', '/customers/m2/reveal', { kind: 'phone' })).toBe(403)
    const shown = await server.ask('POST', '/customers/m1/reveal', { kind: 'phone' }, mine)
    expect(shown.body).toMatchObject({ addresses: [{ address: phone }] })
    const { entries } = await server.own.stores.audit.page({ limit: 1 })
    expect(entries).toMatchObject([{ action: 'customer.revealed', actor: { id: 'staff:a' } }])
  })

  test('changes nothing of a customer, be it its own', async () => {
    const changes: readonly (readonly ['POST' | 'PUT' | 'PATCH' | 'DELETE', string, object?])[] = [
      ['PATCH', '/customers/m1', { name: '新名' }],
      ['PUT', '/customers/m1', { name: '新名' }],
      ['DELETE', '/customers/m1'],
      ['PUT', '/customers/m1/owner', { staff: 'a' }],
      ['POST', '/customers', { customers: [{ id: 'x' }] }],
      ['POST', '/addresses/close', { kind: 'phone', address: '19900000001', channel: 'sms' }],
      ['POST', '/blacklist', { entries: [{ kind: 'phone', address: '19900000001', reason: null }] }],
      ['POST', '/erasures', { customerIds: ['m1'] }],
      ['PUT', '/customers/m1/events/order/o1', { amount: 1 }],
      ['DELETE', '/customers/m1/events/order/o1'],
    ]
    for (const [method, path, body] of changes) {
      const answer = await server.ask(method, path, body, mine)
      expect([method, path, answer.status, answer.body]).toMatchObject([
        ...[method, path, 403],
        { code: 'staff-only' },
      ])
    }
    for (const path of ['/customers?search=199', '/export/customers.csv', '/customers/m1/timeline'])
      expect([path, await status('GET', path)]).toEqual([path, 403])
  })

  test('takes and does its tasks, as itself', async () => {
    const free = (await tasks('', mine)).find(({ customerId }) => customerId === 'm3')
    expect(await status('POST', `/tasks/${free?.id}/assign`, { staff: 'b' })).toBe(409)
    expect(await status('POST', `/tasks/${free?.id}/assign`, { staff: 'a' })).toBe(200)
    const done = await server.ask<{ task: Task }>('POST', `/tasks/${task}`, { button: 'refused' }, mine)
    expect(done.body.task.decision).toMatchObject({ button: 'refused', by: 'staff:a' })
  })

  test('is over at once where it is taken away', async () => {
    expect(await status('GET', '/tasks')).toBe(200)
    await server.own.stores.staff.login(
      server.own.act({ kind: 'person', id: 'owner', via: 'api' }),
      'a',
      null,
    )
    expect(await status('GET', '/tasks')).toBe(401)
  })
})
