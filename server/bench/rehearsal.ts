import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brandSchema } from '../../shared/journey/brand.ts'
import { parseJourney } from '../../shared/journey/file.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { rehearse } from '../rehearsal/index.ts'
import { demoBrand, demoClockStart } from '../sandbox/generator/index.ts'
import { seedDemo } from '../sandbox/seeding.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'

/** The Qixi template over the demo brand, 35 days under *rates*: members of the base per second. */
export async function runRehearsal(
  path: string,
): Promise<{ members: number; entered: number; seconds: number }> {
  const db = openDatabase(path, { durability: 'off' })
  seedDemo(db)
  const file = fileURLToPath(new URL('../../templates/qixi-gift-box.journey.json', import.meta.url))
  const parsed = parseJourney(readFileSync(file, 'utf8'))
  if (!parsed.ok) throw new Error(`the Qixi template cannot be read: ${JSON.stringify(parsed.problems)}`)
  const members = db.sqlite.prepare<[], { n: number }>('select count(*) as n from customers').get()?.n ?? 0
  const brand = brandSchema.parse(demoBrand)
  // As in a server, where the copy is made ahead.
  const base = scratchBase(db)
  const moment = { now: demoClockStart, zone: brand.zone, anchors: {} }
  await base.ask('count', { condition: { kind: 'all', of: [] }, moment })
  const report = await rehearse(rehearsalPorts(db, base), {
    journey: parsed.journey,
    start: demoClockStart,
    until: null,
    assume: 'rates',
    controlGroup: true,
    brand,
  })
  db.close()
  return { members, entered: report.entered, seconds: report.seconds }
}
