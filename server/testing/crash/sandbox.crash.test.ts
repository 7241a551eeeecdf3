import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseJourney } from '../../../shared/journey/file.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { unit } from '../../../shared/stats/hash.ts'
import { demoClockStart } from '../../sandbox/generator/index.ts'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { createJourney, publish } from '../../store/sqlite/journeys/journeys.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { readBrand } from '../../store/sqlite/settings/meta.ts'
import { soak } from '../patience.ts'
import { bundleProgram } from './bundle.ts'

const kills = 12 * soak
const members = 2500
const seed = 20_270_808
const until = demoClockStart + 4 * 86_400_000

const folder = mkdtempSync(join(tmpdir(), 'magpie-crash-'))
const fresh = join(folder, 'fresh.sqlite')
let program: string

function launchTemplate(path: string, name: string): void {
  const db = openDatabase(path)
  const parsed = parseJourney(readFileSync(join('templates', `${name}.journey.json`), 'utf8'))
  if (!parsed.ok) throw new Error(`${name} is no journey`)
  const now = demoClockStart
  const { id, revision } = createJourney(db, { journey: parsed.journey, now })
  publish(db, id, { revision, now, brand: readBrand(db), registry })
  db.close()
}

function startOver(path: string) {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, CRASH_PATH: path, CRASH_UNTIL: String(until) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { child, ended: once(child, 'exit').then(([code]) => code === 0) }
}

/** All that a brand has become: what was done, sent, received, and is still to come. */
function storyOf(path: string) {
  const db = openDatabase(path)
  const rows = (sql: string) => db.sqlite.prepare(sql).raw().all()
  const story = {
    clock: rows(`select value from meta where key = 'clock'`),
    traces: rows('select * from traces order by enrollment_id, seq'),
    messages: rows(
      'select id, customer_id, node, visit, status, body, created_at, sent_at from messages order by id',
    ),
    // A process that begins anew is another life of the data, whose name stands in the keys of what it makes.
    phone: rows(
      "select 'demo' || substr(delivery_key, length('demo-0123456789abcdef') + 1), at from inbox order by 1, 2",
    ),
    events: rows("select name, id, at, pending from events where source <> 'history' order by name, id"),
    receipts: rows('select id, message_id, at from receipts order by id'),
    planned: rows('select id, at from planned_events order by id'),
    figures: rows('select * from figures order by 1, 2, 3, 4'),
    customers: rows('select count(*) from customers'),
  }
  db.close()
  return story
}

beforeAll(async () => {
  program = await bundleProgram('sandbox-process')
  seedDemoFile(fresh, { members }, sealDatabase)
  for (const name of ['qixi-gift-box', 'cart-rescue', 'new-member-welcome']) launchTemplate(fresh, name)
  const db = openDatabase(fresh)
  sealDatabase(db)
  db.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test(`a sandbox killed ${kills} times on its way becomes the same brand as one that was left alone`, async () => {
  const calm = join(folder, 'calm.sqlite')
  copyFileSync(fresh, calm)
  const began = Date.now()
  expect(await startOver(calm).ended).toBe(true)
  const usual = Date.now() - began

  const killed = join(folder, 'killed.sqlite')
  copyFileSync(fresh, killed)
  for (let nth = 0; nth < kills; nth += 1) {
    const { child, ended } = startOver(killed)
    await rest(200 + unit(seed, nth) * (usual / kills) * 2)
    child.kill('SIGKILL')
    await ended
  }
  expect(await startOver(killed).ended).toBe(true)

  const story = storyOf(calm)
  expect(story.messages.length).toBeGreaterThan(300)
  expect(story.receipts.length).toBeGreaterThan(300)
  expect(storyOf(killed)).toEqual(story)
})
