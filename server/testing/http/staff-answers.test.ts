import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RehearsalReport } from '../../../shared/api/rehearsal.ts'
import { scratchBase } from '../../brand/scratch-base.ts'
import { rehearse } from '../../rehearsal/index.ts'
import { rehearsalPorts } from '../../store/sqlite/rehearsal.ts'
import { openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'
import { callingJourney, giveByHand } from './tasks.ts'

let server: TestApp
const ids = Array.from({ length: 24 }, (_one, at) => `c${at + 1}`)
beforeEach(async () => {
  server = await openTestApp()
  await server.ask(
    'POST',
    '/customers',
    ids.map((id) => ({ id, name: id })),
  )
})
afterEach(() => server.close())

const reportOf = (journey = callingJourney(), start = startAt + 86_400_000): Promise<RehearsalReport> =>
  rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
    ...{ journey, brand: server.own.brand(), start, until: null, assume: 'rates', controlGroup: false },
    people: { customers: ids },
  })
const done = (id: string, button: string) => server.ask('POST', `/tasks/${id}`, { button })
/** Of every four one is refused. */
const wayOf = (at: number) => (at % 4 === 0 ? 'refused' : 'reached')

test('a task that nobody has done yet is assumed to come out each way alike, which the report says', async () => {
  const report = await reportOf()
  expect(report.answers).toEqual([
    { node: 'ask', from: 'even', tasks: 0, shares: { reached: 50, refused: 50 } },
  ])
  const { reached = 0, refused = 0 } = report.nodes.ask?.ports ?? {}
  expect(reached + refused).toBe(24)
  expect(Math.min(reached, refused)).toBeGreaterThan(3)
})

test('it comes out as tasks of its kind did so far, whoever gave them', async () => {
  for (const [at, id] of ids.entries()) await done((await giveByHand(server, id)).id, wayOf(at))
  const report = await reportOf()
  expect(report.answers).toEqual([
    { node: 'ask', from: 'same_kind', tasks: 24, shares: { reached: 75, refused: 25, overdue: 0 } },
  ])
  const [visit] = (await reportOf(callingJourney('visiting', { kind: 'visit' }))).answers
  expect(visit?.from).toBe('even')
})

test('it comes out as those of this very node did, late ones among them, before all others', async () => {
  for (const id of ids) await done((await giveByHand(server, id)).id, 'refused')
  const { id } = await publishJourney(server, callingJourney())
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ids })
  const { body } = await server.ask<{ tasks: { id: string }[] }>('GET', '/tasks?limit=100')
  const six = body.tasks.slice(0, 6)
  for (const task of six) await done(task.id, 'reached')
  await server.ask('POST', '/clock/advance', { to: startAt + 4 * 86_400_000 })
  const report = await reportOf(
    callingJourney('calling', { limit: { amount: 1, unit: 'hour' } }),
    startAt + 5 * 86_400_000,
  )
  expect(report.answers).toEqual([
    { node: 'ask', from: 'same_node', tasks: 24, shares: { reached: 25, refused: 0, overdue: 75 } },
  ])
})

test('what the node says itself holds, whatever came of others', async () => {
  for (const [at, id] of ids.entries()) await done((await giveByHand(server, id)).id, wayOf(at))
  const results = [
    { id: 'reached', name: { en: 'Reached', 'zh-CN': '已联系' }, share: 0 },
    { id: 'refused', name: { en: 'Refused', 'zh-CN': '拒绝' }, share: 100 },
  ]
  const report = await reportOf(callingJourney('calling', { results }))
  expect(report.answers).toMatchObject([{ from: 'by_hand', shares: { reached: 0, refused: 100 } }])
  expect(report.nodes.ask?.ports).toEqual({ refused: 24 })
})
