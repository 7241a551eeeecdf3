import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Certificate } from '../../../shared/api/erasures.ts'
import { terminalActor } from '../../../shared/audit/actor.ts'
import { unit } from '../../../shared/stats/hash.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { listCertificates } from '../../store/sqlite/erasure/certificates.ts'
import { erasureStore } from '../../store/sqlite/erasure/store.ts'
import { soak } from '../patience.ts'
import { bundleProgram } from './bundle.ts'
import { count, doomedId, found, live, ofOthers } from './doomed.ts'
import { beginLife } from './life.ts'
import { fastNow, type Start } from './protocol.ts'

const kills = 8 * soak
/** So many people are erased at once, over and over. */
const group = 15
const members = 300
const random = (...parts: readonly (string | number)[]) => unit(20_270_810, ...parts)

const folder = mkdtempSync(join(tmpdir(), 'magpie-erasures-'))
const clock = { from: Date.parse('2027-03-01T10:00:00+08:00'), since: Date.now(), speed: 1 }
const startIn = (name: string): Start => {
  const place = join(folder, name)
  return { path: join(place, 'own.sqlite'), clock, log: join(place, 'magpie.log') }
}
const calm = startIn('calm')
const killed = startIn('killed')
const now = fastNow(calm)

let program: string
let before: ReturnType<typeof ofOthers>
let half = 0

async function within<T>({ path }: Start, work: (db: BrandDatabase) => T | Promise<T>): Promise<T> {
  const db = openDatabase(path)
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

/** Has the next ones erased; from here on nothing may forget that. */
function ask(start: Start, nth: number): Promise<unknown> {
  const customerIds = Array.from({ length: group }, (_, index) => doomedId(nth * group + index))
  const act = { actor: terminalActor, at: now(), realAt: now() }
  const id = `${String(nth).padStart(8, '0')}-erasure`
  return within(start, (db) => erasureStore(db).ask(act, { id, customerIds, remember: nth % 2 === 0 }))
}

/** Lives until everybody is forgotten, the free space of the file included; answers how long that took (ms). */
async function finish(start: Start): Promise<number> {
  const life = beginLife(program, start)
  await life.ready
  const began = Date.now()
  await within(start, async (db) => {
    const open = 'select count(*) as n from erasures where swept_at is null'
    while (count(db, open) > 0 && Date.now() < began + 60_000) await rest(20)
  })
  const took = Date.now() - began
  await life.kill()
  return took
}

async function liveAndDie(nth: number, usual: number): Promise<void> {
  await ask(killed, nth)
  const life = beginLife(program, killed)
  if (random('early', nth) >= 0.1) await life.ready
  await rest(random('lives', nth) * usual)
  await life.kill()
  await within(killed, (db) => {
    half += count(
      db,
      `select count(*) as n from erasures where status = 'asked' and json_extract(removed, '$.tables') <> '{}'`,
    )
  })
}

beforeAll(async () => {
  program = await bundleProgram('process')
  mkdirSync(join(folder, 'calm'))
  await live(calm, { members, doomed: kills * group, orders: 120 })
  before = await within(calm, ofOthers)
  cpSync(join(folder, 'calm'), join(folder, 'killed'), { recursive: true })

  for (let nth = 0; nth < kills; nth += 1) await ask(calm, nth)
  const usual = (await finish(calm)) / kills
  for (let nth = 0; nth < kills; nth += 1) await liveAndDie(nth, 2 * usual)
  await finish(killed)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a certificate says beside its times. */
const told = ({ id, status, records, remembered, removed }: Certificate) => ({
  ...{ id, status, records, remembered, removed },
})

describe(`rule 20: an erasure that is killed half-way, ${kills} times`, () => {
  test('leaves nothing of anybody in any table, log or file, as one that was left alone', () => {
    expect(found(join(folder, 'killed'))).toEqual([])
    expect(found(join(folder, 'calm'))).toEqual([])
  })

  test('has its certificate once, which says the same as if nothing had come between', async () => {
    const [of, ofCalm] = await Promise.all(
      [killed, calm].map((start) =>
        within(start, (db) => listCertificates(db, { limit: 1000 }).erasures.map(told)),
      ),
    )
    expect(of).toHaveLength(kills)
    expect(of).toEqual(ofCalm)
    expect(of?.every(({ status }) => status === 'done')).toBe(true)
    await within(killed, (db) => {
      for (const action of ['erasure.asked', 'customer.erased']) {
        const rows = 'select count(*) as n, count(distinct object_id) as ids from audit where action = ?'
        expect(db.sqlite.prepare(rows).get(action)).toEqual({ n: kills, ids: kills })
      }
    })
    process.stdout.write(`      after ${kills} kills, ${half} of them between two parts of an erasure\n`)
  })

  test('touches nobody else', async () => {
    expect(before.customers).toHaveLength(members + 1)
    expect(before.traces?.length).toBeGreaterThan(members * 3)
    expect(await within(killed, ofOthers)).toEqual(before)
    await within(killed, (db) => {
      expect(count(db, 'select count(*) as n from customers')).toBe(members + 1)
      expect(count(db, `select sum(count) as n from figures where kind = 'waiting'`)).toBe(members + 1)
    })
  })
})
