import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffSave } from '../../../shared/api/staff.ts'
import { terminalActor } from '../../../shared/audit/actor.ts'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { assignRule } from '../../../shared/staff/rules.ts'
import { unit } from '../../../shared/stats/hash.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { movedTables } from '../../store/sqlite/persons/tables-moved.ts'
import { addCustomers, addHistory } from '../../store/sqlite/seed.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import { staffStore } from '../../store/sqlite/staff/store.ts'
import { memberOf } from '../members.ts'
import { soak } from '../patience.ts'
import { bundleProgram } from './bundle.ts'
import { count } from './doomed.ts'
import { beginLife } from './life.ts'
import { fastNow, type Start } from './protocol.ts'

const kills = 6 * soak
const pairs = 60 * soak
/** Customers whom the one who leaves has beside them, so that handing them over takes many batches. */
const others = 1500
const random = (...parts: readonly (string | number)[]) => unit(20_261_130, ...parts)

const folder = mkdtempSync(join(tmpdir(), 'magpie-merges-'))
const clock = { from: Date.parse('2027-03-01T10:00:00+08:00'), since: Date.now(), speed: 1 }
const start: Start = { path: join(folder, 'own.sqlite'), clock }
const now = fastNow(start)

let program: string
/** What was wrong between two lives. */
const faults: string[] = []
let half = 0

async function within<T>(work: (db: BrandDatabase) => T | Promise<T>): Promise<T> {
  const db = openDatabase(start.path)
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

const numbered = (length: number, name: string) => Array.from({ length }, (_, nth) => `${name}-${nth}`)

/** Everybody has an owner, who leaves; of each pair the one who stays has none. */
async function prepare(db: BrandDatabase): Promise<void> {
  writeBrand(db, brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺', quietHours: null }))
  const ids = [...numbered(pairs, 'stays'), ...numbered(pairs, 'goes'), ...numbered(others, 'other')]
  addCustomers(
    db,
    ids.map((id, nth) => memberOf(id, nth + 1)),
    now(),
  )
  const history = ids.flatMap((customerId) => [1, 2, 3].map((nth) => ({ customerId, nth })))
  addHistory(
    db,
    history.map(({ customerId, nth }) => ({
      ...{ id: `${customerId}-${nth}`, customerId, name: 'order', amount: 8800 },
      ...{ at: now() - nth * 86_400_000, properties: {} },
    })),
  )
  // To hand customers over nothing is asked over the whole base.
  const store = staffStore(db, { ask: () => Promise.reject(new Error('nobody asks')) })
  const act = { actor: terminalActor, at: now(), realAt: now() }
  for (const id of ['leaves', 'one', 'two', 'three'])
    await store.save(act, id, staffSave.parse({ name: id, team: null }))
  await store.saveRules(act, [assignRule.parse({ id: 'turns', name: 'turns', to: {} })])
  db.sqlite.exec(`insert into owners (customer_id, staff, since, by)
    select id, 'leaves', ${now()}, 'person' from customers where id not like 'stays-%';
    delete from to_give`)
  await store.beginGiving(act, {
    ...{ way: { kind: 'rules' }, source: 'leaves', leaves: true, unowned: false, ids: null },
  })
}

/** Each merge has been done whole or not at all. */
function look(db: BrandDatabase): void {
  const left = count(db, `select count(*) as n from customers where id like 'goes-%'`)
  if (left > 0 && left < pairs) half += 1
  const counted = {
    aliases: count(db, 'select count(*) as n from aliases'),
    merges: count(db, 'select count(distinct other_id) as n from merges'),
    told: count(db, `select count(*) as n from audit where action = 'customer.merged'`),
  }
  for (const [what, found] of Object.entries(counted))
    if (found !== pairs - left) faults.push(`${found} ${what} of ${pairs - left} who are gone`)
  for (const { name } of movedTables) {
    const lost = count(
      db,
      `select count(*) as n from ${name} where customer_id is not null and customer_id not in (select id from customers)`,
    )
    if (lost > 0) faults.push(`${lost} rows of ${name} are of nobody`)
  }
}

beforeAll(async () => {
  program = await bundleProgram('merging-process')
  await within(prepare)
  for (let nth = 0; nth < kills; nth += 1) {
    const life = beginLife(program, start)
    await life.ready
    await rest(random('lives', nth) * 150)
    await life.kill()
    await within(look)
  }
  const last = beginLife(program, start)
  const open = `select (select count(*) from to_give) + (select count(*) from customers where id like 'goes-%') as n`
  await within(async (db) => {
    const until = Date.now() + 60_000
    while (count(db, open) > 0 && Date.now() < until) await rest(20)
  })
  await last.kill()
  await within(look)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe(`customers who are made one, while their owner hands them over, with ${kills} kills in between`, () => {
  test('are each one or two, and never half of it', () => {
    expect(faults).toEqual([])
    expect(half).toBeGreaterThan(0)
  })

  test('have all that was theirs, once', async () => {
    await within((db) => {
      expect(count(db, `select count(*) as n from customers where id like 'goes-%'`)).toBe(0)
      expect(count(db, 'select count(*) as n from events')).toBe(3 * (2 * pairs + others))
      expect(count(db, `select count(*) as n from events where customer_id like 'stays-%'`)).toBe(6 * pairs)
    })
  })

  test('have one owner each who is there, and were handed over once', async () => {
    await within((db) => {
      expect(count(db, 'select count(*) as n from to_give')).toBe(0)
      expect(count(db, `select count(*) as n from owners where until is null and staff = 'leaves'`)).toBe(0)
      expect(count(db, 'select count(*) as n from owners where until is null')).toBe(pairs + others)
      expect(count(db, `select count(*) as n from owners where ended = 'left'`)).toBe(pairs + others)
    })
  })
})
