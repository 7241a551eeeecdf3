import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { GivingPreview } from '../../../shared/api/staff.ts'
import type { Task } from '../../../shared/api/tasks.ts'
import type { BrandSettings } from '../../../shared/journey/brand.ts'
import { openTestApp, publishJourney, type TestApp } from './harness.ts'
import { callingJourney } from './tasks.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

/** The clock stands on a Tuesday, the 11th of August, at ten. */
const off = (...days: number[]) => days.map((day) => ({ day: `2026-08-${day}`, works: false }))
const setWork = async (more: object) => {
  const { body } = await server.ask<BrandSettings>('GET', '/settings/brand')
  return server.ask('PUT', '/settings/brand', { ...body, work: { ...body.work, ...more } })
}

describe('the brand’s working time', () => {
  test('is Monday to Friday from nine to six until somebody says otherwise, and refused over midnight', async () => {
    const { body } = await server.ask<BrandSettings>('GET', '/settings/brand')
    expect(body.work).toEqual({ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', exceptions: [] })
    expect(await setWork({ from: '22:00', to: '06:00' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', title: expect.stringContaining('work.to') },
    })
    expect(await setWork({ exceptions: [...off(12), { day: '2026-08-12', works: true }] })).toMatchObject({
      status: 400,
    })
    expect((await setWork({ exceptions: off(12) })).status).toBe(200)
  })

  test('says when a task is late', async () => {
    await setWork({ exceptions: off(12) })
    const journey = callingJourney('calling', {
      hours: 'brand',
      dayEnd: true,
      limit: { amount: 1, unit: 'day' },
    })
    const { id } = await publishJourney(server, journey)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    const { body } = await server.ask<{ tasks: Task[] }>('GET', '/tasks')
    expect(body.tasks.map(({ dueAt }) => new Date(dueAt).toISOString())).toEqual(['2026-08-13T10:00:00.000Z'])
  })

  test('says who may be given customers: whoever is there on the next day of work', async () => {
    await setWork({ exceptions: off(11, 12, 13) })
    await server.ask('PUT', '/staff/a', { name: '员工a', away: { from: '2026-08-14', to: '2026-08-14' } })
    await server.ask('PUT', '/staff/b', { name: '员工b', away: { from: '2026-08-11', to: '2026-08-13' } })
    await server.ask('PUT', '/assignment-rules', {
      rules: [{ id: 'all', name: '轮流', to: { staff: ['a', 'b'] } }],
    })
    const { body } = await server.ask<GivingPreview>('POST', '/owners/preview', {})
    expect(body.staff.filter(({ customers }) => customers > 0).map(({ id }) => id)).toEqual(['b'])
  })
})
