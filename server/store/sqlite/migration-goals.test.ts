import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Database } from './driver.ts'
import { enrollmentReader } from './enrollments/enrollments.ts'

const folder = join(import.meta.dirname, '../../../migrations/sqlite')
const steps = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
const first = steps.findIndex((name) => name.endsWith('_goals_after_leaving.sql'))
const day = 86_400_000

test('goals of the last release keep what reached them, and those who have left go on counting', async () => {
  const sqlite = new Database(':memory:')
  const run = (names: readonly string[]) => {
    for (const name of names)
      for (const statement of readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'))
        sqlite.exec(statement)
  }
  run(steps.slice(0, first))
  const goal = (window: object) => ({ type: 'goal', config: { filter: { event: 'order' }, window } })
  const graph = (...windows: object[]) =>
    JSON.stringify({ nodes: Object.fromEntries(windows.map((window, index) => [`g${index}`, goal(window)])) })
  const version = sqlite.prepare(`insert into versions values ('j', ?, 'h', ?, '{}', 0)`)
  version.run(1, graph({ kind: 'journey' }, { kind: 'span', span: { amount: 2, unit: 'week' } }))
  version.run(2, graph({ kind: 'journey' }))
  version.run(3, graph({ kind: 'festival', festival: 'qixi', from: -1, to: 3 }))
  version.run(4, graph())
  sqlite.exec(`insert into journeys (id, name, status, draft, revision, created_at, updated_at)
    values ('j', '{}', 'live', '{}', 1, 0, 0)`)
  const enroll = sqlite.prepare(
    `insert into enrollments (id, shard, journey_id, version, customer_id, entry_key, state, status, entered_at, arrived_at,
       control, steps, entry, data, ended_at) values (?, 0, 'j', ?, 'c', ?, 'done', ?, 0, 0, 0, 3, '{}', ?, ?)`,
  )
  enroll.run(1, 1, 'a', 'ended', '{"h":{},"g":["g0"]}', day)
  enroll.run(2, 2, 'b', 'ended', '{"h":{},"g":["g0"]}', day)
  enroll.run(3, 3, 'c', 'ended', '{"h":{}}', day)
  enroll.run(4, 4, 'd', 'ended', '{"h":{}}', day)
  enroll.run(5, 1, 'e', 'live', '{"h":{},"g":["g0"]}', null)
  const hit = sqlite.prepare(`insert into goal_hits values (?, 'g0', 'j', 1, 0, 'A1', 7, 100, 'c', 'order')`)
  hit.run(1)
  hit.run(5)
  run(steps.slice(first))
  const reader = enrollmentReader(sqlite)
  const known = await reader.enrollmentsById([1, 2, 3, 4, 5])
  const reached = { g0: { name: 'order', id: 'A1', at: 7, value: 100 } }
  // What a refund had taken back may be reached again.
  expect(known.map(({ enrollment }) => enrollment.goals)).toEqual([reached, {}, {}, {}, reached])
  const counting = async (at: number) =>
    (await reader.stillCounting([{ customerId: 'c', at }])).map(({ enrollment: { id } }) => id)
  expect(await counting(day - 1)).toEqual([1, 2, 3])
  expect(await counting(13 * day)).toEqual([1, 3])
  expect(await counting(500 * day)).toEqual([])
  sqlite.close()
})
