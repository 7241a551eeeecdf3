import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { qualityChecks } from '../../shared/api/quality.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { demoClockStart } from './generator/index.ts'
import { seedDemoFile } from './seeding.ts'

let folder: string
let db: BrandDatabase
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-demo-quality-'))
  const path = join(folder, 'demo.sqlite')
  seedDemoFile(path, { members: 150 }, sealDatabase)
  db = openDatabase(path)
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

test('nothing of the demo brand is faulty, neither what has happened nor what is still to come', async () => {
  db.sqlite.exec(
    `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
     select 'to-come-' || p.rowid, p.customer_id, 0, p.name, ${demoClockStart} - 1 - p.rowid, 0, p.amount, p.properties,
       'history', 0 from planned_events p join customers c on c.id = p.customer_id`,
  )
  const { findings } = await scratchBase(db).ask('quality', { now: demoClockStart, zone: 'Asia/Shanghai' })
  expect(findings.filter(({ check }) => qualityChecks[check].weight === 'fault')).toEqual([])
})
