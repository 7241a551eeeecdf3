import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { unit } from '../../../shared/stats/hash.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { createJourney, publish } from '../../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import { memberOf } from '../members.ts'
import { soak } from '../patience.ts'
import { by, sketch } from '../sketch.ts'
import { bundleProgram } from './bundle.ts'
import { count } from './doomed.ts'
import { beginLife, type Life } from './life.ts'
import { fastNow, type Start } from './protocol.ts'

const kills = 8 * soak
/** More than are looked at one by one: who is due is read from the analytical copy. */
const members = 3000
/** A minute of the journeys passes in a tenth of a second. */
const speed = 600
const random = (...parts: readonly (string | number)[]) => unit(20_261_201, ...parts)

const folder = mkdtempSync(join(tmpdir(), 'magpie-firings-'))
const clock = { from: Date.parse('2027-03-01T10:00:00+08:00'), since: Date.now(), speed }
const path = join(folder, 'own.sqlite')
const now = fastNow({ clock })
const brand = brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺', quietHours: null })

const rounds = Array.from({ length: kills }, (_, nth) => `round-${nth}`)
const ids = Array.from({ length: members }, (_, nth) => `m${nth}`)
/** Another half of everybody in each round. */
const dueIn = (round: string) => ids.filter((id) => random(round, id) < 0.5)

let program: string
let start: Start
let db: BrandDatabase
const lives: Life[] = []
/** How far the firings were whose process was killed. */
const killed = { before: 0, midst: 0, after: 0 }

/** The next full minute as a journey says it. */
function nextMinute(at: number): { date: string; time: string } {
  const [date = '', time = ''] = new Date(at + 8 * 3_600_000 + 60_000).toISOString().split('T')
  return { date, time: time.slice(0, 5) }
}

function tag(round: string, whom: readonly string[]): void {
  const insert = db.sqlite.prepare('insert or ignore into tags (customer_id, tag, at) values (?, ?, ?)')
  db.sqlite.transaction(() => whom.map((id) => insert.run(id, round, now()))).immediate()
}

/** Says who is due a moment before they are: the copy has to read it first. */
function announce(round: string): void {
  tag(round, dueIn(round))
  const at = now()
  const journey = sketch({
    id: round,
    nodes: {
      due: [
        'audience_at',
        { audience: { kind: 'tag', tag: round, has: true }, at: { kind: 'date', ...nextMinute(at) } },
      ],
      rest: by.rest('300 days'),
      done: by.exit(),
    },
    flow: ['due -> rest', 'rest -> done'],
  })
  const { id, revision } = createJourney(db, { journey, now: at })
  publish(db, id, { revision, now: at, brand, registry })
}

const entered = (round: string) =>
  count(db, 'select count(*) as n from enrollments where journey_id = ?', round)
const stillDue = (round: string) =>
  count(db, 'select count(*) as n from triggers where journey_id = ? and due_at is not null', round) > 0

/** Kills it before anybody has come in, or when a share of those who are due have, a larger one each time. */
async function liveAndDie(round: string, nth: number): Promise<void> {
  announce(round)
  const life = beginLife(program, start)
  lives.push(life)
  await life.ready
  const share = ((nth + random('share', nth)) / kills) * 1.5 - 0.3
  if (share < 0) await rest(random('lives', nth) * 60)
  else {
    const asked = Math.min(1, share) * dueIn(round).length
    const until = Date.now() + 30_000
    while (entered(round) < asked && Date.now() < until) await rest(1)
  }
  // Half of the times the process of the copy dies with it.
  await life.kill(random('besides', nth) < 0.5)
  if (!stillDue(round)) {
    killed.after += 1
    // Whoever is of the audience from now on has come too late.
    tag(round, ids)
  } else if (entered(round) > 0) killed.midst += 1
  else killed.before += 1
}

async function finish(): Promise<void> {
  const life = beginLife(program, start)
  lives.push(life)
  await life.ready
  const until = Date.now() + 60_000
  while (rounds.some(stillDue) && Date.now() < until) await rest(20)
  await life.kill(true)
}

beforeAll(async () => {
  program = await bundleProgram('process')
  await bundleProgram('copy-process', join('server', 'brand'))
  start = { path, clock, programs: dirname(program) }
  db = openDatabase(path)
  writeBrand(db, brand)
  addCustomers(
    db,
    ids.map((id, nth) => memberOf(id, nth + 1)),
    now(),
  )
  for (const [nth, round] of rounds.entries()) await liveAndDie(round, nth)
  await finish()
})

afterAll(async () => {
  for (const life of lives) await life.kill(true)
  db?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe(`a firing whose process is killed between reading who is due and being done, ${kills} times`, () => {
  test('rule 23: everybody who was due has come in exactly once, and nobody else', () => {
    const cameIn = db.sqlite.prepare<[string], string>(
      'select customer_id from enrollments where journey_id = ? order by customer_id',
    )
    for (const round of rounds) expect(cameIn.pluck().all(round)).toEqual(dueIn(round).sort())
  })

  test('and each is told of and counted once', () => {
    const all = rounds.reduce((sum, round) => sum + dueIn(round).length, 0)
    expect(count(db, `select count(*) as n from traces where outcome = 'entered'`)).toBe(all)
    expect(count(db, `select sum(count) as n from figures where kind = 'out:entered'`)).toBe(all)
    expect(count(db, 'select count(*) as n from triggers where due_at is not null')).toBe(0)
  })

  test('was killed before anybody had come in, in the midst, and when all had', () => {
    expect(killed.before).toBeGreaterThan(0)
    expect(killed.midst).toBeGreaterThan(0)
    expect(killed.after).toBeGreaterThan(0)
    process.stdout.write(
      `      killed ${killed.before} times before, ${killed.midst} in the midst, ${killed.after} after\n`,
    )
  })
})
