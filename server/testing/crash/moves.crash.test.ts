import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { unit } from '../../../shared/stats/hash.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { createJourney, getJourney, publish, saveDraft } from '../../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import { memberOf } from '../members.ts'
import { soak } from '../patience.ts'
import { by, sketch } from '../sketch.ts'
import { bundleProgram } from './bundle.ts'
import { beginLife } from './life.ts'
import { fastNow, type Start } from './protocol.ts'

const kills = 16 * soak
const members = 2000
const random = (...parts: readonly (string | number)[]) => unit(20_270_809, ...parts)

const folder = mkdtempSync(join(tmpdir(), 'magpie-moves-'))
const path = join(folder, 'own.sqlite')
const start: Start = {
  path,
  clock: { from: Date.parse('2027-03-01T10:00:00+08:00'), since: Date.now(), speed: 1 },
}
const now = fastNow(start)
const brand = brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺', quietHours: null })
const joined = Array.from({ length: members }, (_, index) => ({
  customerId: `m${index}`,
  event: { id: `j${index}`, name: 'joined', at: now(), amount: null, properties: {} },
}))

/** The place where all wait is called otherwise in every other version, and each version waits longer. */
const placeOf = (version: number) => (version % 2 === 0 ? 'even' : 'odd')
const drawn = (version: number) => {
  const place = placeOf(version)
  return sketch({
    id: 'moves',
    nodes: { joined: by.event('joined'), [place]: by.rest(`${30 + version} days`), done: by.exit() },
    flow: [`joined -> ${place}`, `${place} -> done`],
  })
}

let program: string
let published = 1

function within<T>(work: (db: BrandDatabase) => T): T {
  const db = openDatabase(path)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

function count(db: BrandDatabase, sql: string, ...values: readonly unknown[]): number {
  return db.sqlite.prepare<unknown[], { n: number }>(sql).get(...values)?.n ?? 0
}

const open = 'select count(*) as n from moves where done_at is null'

function publishNext(): void {
  within((db) => {
    if (count(db, open) > 0) return
    const { revision } = getJourney(db, 'moves')
    const journey = drawn(published + 1)
    const saved = saveDraft(db, 'moves', { journey, revision, now: now() })
    publish(db, 'moves', {
      ...{ revision: saved.revision, now: now(), brand, registry },
      choice: { fate: 'move', mapping: { [placeOf(published)]: placeOf(published + 1) } },
    })
    published += 1
  })
}

/** Lives until everything that is asked of the data is so. */
async function liveUntil(sql: string, n: number): Promise<void> {
  const life = beginLife(program, start)
  await life.ready
  if (sql.includes('enrollments')) await life.give(joined)
  const until = Date.now() + 60_000
  const db = openDatabase(path)
  while (count(db, sql) !== n && Date.now() < until) await rest(50)
  db.close()
  await life.kill()
}

beforeAll(async () => {
  program = await bundleProgram('process')
  within((db) => {
    writeBrand(db, brand)
    addCustomers(
      db,
      Array.from({ length: members }, (_, index) => memberOf(`m${index}`, index + 1)),
      now(),
    )
    const { id, revision } = createJourney(db, { journey: drawn(1), now: now() })
    publish(db, id, { revision, now: now(), brand, registry })
  })
  await liveUntil('select count(*) as n from enrollments', members)
  for (let nth = 1; nth <= kills; nth += 1) {
    publishNext()
    const life = beginLife(program, start)
    await life.ready
    await rest(random('lives', nth) * 60)
    await life.kill()
  }
  await liveUntil(open, 0)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe(`a move that is killed half-way, ${kills} times`, () => {
  test('goes on where it was: everybody is on the last version, each moved once by each publication', () => {
    within((db) => {
      expect(published).toBeGreaterThan(1)
      expect(count(db, 'select count(*) as n from enrollments where version = ?', published)).toBe(members)
      const moves = published - 1
      const wrong = count(
        db,
        `select count(*) as n from enrollments e where steps <> 1 + @moves
           or (select count(*) from traces t where t.enrollment_id = e.id and t.outcome = 'moved') <> @moves`,
        { moves },
      )
      expect(wrong).toBe(0)
      expect(count(db, 'select sum(moved) as n from moves')).toBe(members * moves)
    })
  })

  test('and the figures of all versions together count each once', () => {
    within((db) => {
      const waiting = `select sum(count) as n from figures where kind = 'waiting'`
      expect(count(db, waiting)).toBe(members)
      expect(count(db, `${waiting} and version = ? and node = ?`, published, placeOf(published))).toBe(
        members,
      )
      expect(count(db, `select sum(count) as n from figures where kind = 'out:entered'`)).toBe(members)
    })
  })
})
