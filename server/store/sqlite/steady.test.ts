import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type BrandDatabase, openDatabase } from './database.ts'
import { Database } from './driver.ts'
import { createSteady, steadied } from './steady.ts'

let folder = ''
let db: BrandDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-steady-'))
  db = openDatabase(join(folder, 'own.sqlite'))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const put = (key: string) =>
  db.sqlite.transaction(() => {
    db.sqlite.prepare('insert into meta (key, value) values (?, ?)').run(key, '1')
  }).immediate

/** Another program, with the lock in its hand. */
function otherWriter() {
  const other = new Database(db.path)
  other.exec('begin immediate')
  return { letGo: () => other.exec('rollback'), close: () => other.close() }
}

const kept = () => db.sqlite.prepare('select key from meta order by key').pluck().all()

describe('while another program has the lock', () => {
  test('a change waits without blocking, and is made once when the lock is free', async () => {
    const other = otherWriter()
    let asked = 0
    const change = db.steady.run(async () => {
      asked += 1
      put('mine')()
    })
    while (asked < 3) await new Promise((resolve) => setImmediate(resolve))
    expect(kept()).not.toContain('mine')
    other.letGo()
    await change
    expect(kept().filter((key) => key === 'mine')).toEqual(['mine'])
    expect(db.steady.trouble()).toBeNull()
    other.close()
  })

  test('changes are refused with the reason after a while, and made again by themselves as soon as it is free', async () => {
    const steady = createSteady(db.sqlite, { path: db.path, patienceMs: 50 })
    const told: (string | null)[] = []
    steady.watch((trouble) => told.push(trouble?.code ?? null))
    const other = otherWriter()
    const work = () => steady.run(async () => put('mine')())
    for (const answer of await Promise.allSettled([work(), work()]))
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'store-busy' } })
    expect(told).toEqual(['store-busy'])
    expect(await steady.run(async () => kept())).not.toContain('mine')
    other.letGo()
    await expect.poll(() => steady.trouble(), { timeout: 20_000 }).toBeNull()
    expect(told).toEqual(['store-busy', null])
    await work()
    expect(kept()).toContain('mine')
    steady.close()
    other.close()
  })
})

test('whether a trouble is over is looked for now and then, however long it lasts', () => {
  const other = otherWriter()
  const asked = vi.spyOn(db.sqlite, 'exec')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    db.steady.note('store-busy', 'SQLITE_BUSY')
    vi.advanceTimersByTime(60_000)
    expect(asked.mock.calls.length).toBeGreaterThan(5)
    expect(asked.mock.calls.length).toBeLessThan(30)
    expect(db.steady.trouble()).toMatchObject({ code: 'store-busy' })
    other.letGo()
    vi.advanceTimersByTime(10_000)
    expect(db.steady.trouble()).toBeNull()
  } finally {
    vi.useRealTimers()
    other.close()
  }
})

describe('where there is no room', () => {
  const fill = () => db.sqlite.pragma(`max_page_count = ${db.sqlite.pragma('page_count', { simple: true })}`)
  const free = () => db.sqlite.pragma('max_page_count = 1000000')
  const large = () =>
    db.steady.run(async () =>
      db.sqlite
        .transaction(() => {
          const insert = db.sqlite.prepare('insert into meta (key, value) values (?, ?)')
          insert.run('first', '1')
          insert.run('large', JSON.stringify('x'.repeat(200_000)))
        })
        .immediate(),
    )

  test('nothing of a change is kept, reading goes on, and it is over by itself when there is', async () => {
    fill()
    await expect(large()).rejects.toMatchObject({ code: 'disk-full', details: { file: 'own.sqlite' } })
    expect(kept()).not.toContain('first')
    expect(db.steady.trouble()).toMatchObject({ code: 'disk-full' })
    expect(await db.steady.run(async () => kept().length)).toBeGreaterThanOrEqual(0)
    expect(db.steady.trouble()).toMatchObject({ code: 'disk-full' })
    free()
    await expect.poll(() => db.steady.trouble(), { timeout: 20_000 }).toBeNull()
    await large()
    expect(kept()).toEqual(expect.arrayContaining(['first', 'large']))
    expect(kept()).not.toContain('probe')
  })

  test('a write that goes through shows that it is over', async () => {
    fill()
    await expect(large()).rejects.toMatchObject({ code: 'disk-full' })
    free()
    await large()
    expect(db.steady.trouble()).toBeNull()
  })
})

test('an error of our own is none of the surroundings', async () => {
  const failing = steadied<{ break(): Promise<void>; parts: { also(): Promise<void> } }>(db.steady, {
    break: async () => {
      throw new RangeError('ours')
    },
    parts: {
      also: async () => void db.sqlite.exec('select * from nowhere'),
    },
  })
  await expect(failing.break()).rejects.toThrow('ours')
  await expect(failing.parts.also()).rejects.toThrow('no such table')
  expect(db.steady.trouble()).toBeNull()
})

test('a file that is gone takes no more, as nobody would find it', async () => {
  db.steady.note('store-gone', 'ENOENT')
  await expect(db.steady.run(async () => put('mine')())).rejects.toMatchObject({ code: 'store-gone' })
  expect(kept()).not.toContain('mine')
})
