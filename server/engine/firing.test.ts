import { afterEach, describe, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { registry } from '../../shared/nodes/index.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import type { Base, BaseQuestion } from '../ports/base.ts'
import { alone } from '../ports/claims.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { createJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { testClock } from '../testing/clock.ts'
import { by, sketch } from '../testing/sketch.ts'
import { createEngine } from './engine.ts'
import { planCache } from './runtime.ts'

const start = Date.parse('2027-03-01T10:00:00+08:00')
const due = Date.parse('2027-03-02T10:00:00+08:00')
const brand = brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺' })
const tagged = { kind: 'tag', tag: 'vip', has: true }
const journey = sketch({
  nodes: {
    vips: ['audience_at', { audience: tagged, at: { kind: 'date', date: '2027-03-02', time: '10:00' } }],
    rest: by.rest('5 day'),
    done: by.exit(),
  },
  flow: ['vips -> rest', 'rest -> done'],
})

const open: BrandDatabase[] = []
afterEach(() => {
  for (const db of open.splice(0)) db.close()
})

/** Forty customers, of whom each but the tenth, twentieth, … is of the audience. */
function world(): BrandDatabase {
  const db = openDatabase(':memory:', { durability: 'off' })
  open.push(db)
  const customer = db.sqlite.prepare('insert into customers (id, shard, updated_at) values (?, 0, 0)')
  const tag = db.sqlite.prepare(`insert into tags (customer_id, tag, at) values (?, 'vip', 0)`)
  for (let index = 1; index <= 40; index += 1) {
    const id = `m${String(index).padStart(2, '0')}`
    customer.run(id)
    if (index % 10 !== 0) tag.run(id)
  }
  const { revision } = createJourney(db, { journey, now: start })
  publish(db, journey.id, { revision, now: start, brand, registry })
  return db
}

interface Told {
  readonly level: 'warn' | 'error'
  readonly text: string
}

/** An engine as a process has one; everybody is asked by `base`, seven at a time, and let in three at a time. */
function engineOver(db: BrandDatabase, base: Base, told: Told[] = []) {
  const store = createEngineStore(db, base, { few: 0 })
  const clock = testClock(start)
  const engine = createEngine({
    ...{ store, registry, batchSize: 3, entrantsPage: 7 },
    by: alone(clock),
    brand: () => brand,
    askModel: () => false,
    realNow: () => start,
    log: {
      info: () => undefined,
      warn: (_details: unknown, text?: string) => void told.push({ level: 'warn', text: text ?? '' }),
      error: (_details: unknown, text?: string) => void told.push({ level: 'error', text: text ?? '' }),
    },
    planFor: planCache(store, registry),
  })
  return { engine, clock }
}

const entered = (db: BrandDatabase) =>
  db.sqlite.prepare<[], string>('select customer_id from enrollments order by id').pluck().all()
const everyVip = Array.from({ length: 40 }, (_, index) => index + 1)
  .filter((index) => index % 10 !== 0)
  .map((index) => `m${String(index).padStart(2, '0')}`)

/** A base that counts what it is asked, and is away for as long as it is told so. */
function counted(db: BrandDatabase) {
  const own = scratchBase(db)
  const state = { away: false, asked: [] as BaseQuestion[], continued: [] as boolean[] }
  const base: Base = {
    async ask(kind, asked, signal) {
      state.asked.push(kind)
      state.continued.push('continued' in asked && asked.continued === true)
      if (state.away) throw new Problem('copy-building', { rows: 1, of: 2 })
      return own.ask(kind, asked, signal)
    },
  }
  return { base, state }
}

describe('a firing over more people than are read at once', () => {
  test('lets each in once, in the order of ids, and reads a page for some batches', async () => {
    const db = world()
    const { base, state } = counted(db)
    await engineOver(db, base).engine.tick(due)
    expect(entered(db)).toEqual(everyVip)
    // 36 people are five whole pages of seven and one that is not full.
    expect(state.asked).toHaveLength(6)
    // What the first pages' people have had since is nothing that the later ones wait for.
    expect(state.continued).toEqual([false, true, true, true, true, true])
    expect(db.sqlite.prepare('select due_at, cursor from triggers').all()).toEqual([
      { due_at: null, cursor: null },
    ])
  })

  test('goes on where it was when the process died between two batches', async () => {
    for (let batches = 1; batches <= 12; batches += 1) {
      const db = world()
      const first = engineOver(db, scratchBase(db)).engine
      for (let batch = 0; batch < batches; batch += 1) await first.batch(due)
      await engineOver(db, scratchBase(db)).engine.tick(due + 60_000)
      expect([batches, entered(db)]).toEqual([batches, everyVip])
    }
  })

  test('is made up whole when nobody could say who is to come in, at its start or on its way', async () => {
    for (const before of [0, 3]) {
      const db = world()
      const { base, state } = counted(db)
      const told: Told[] = []
      const { engine, clock } = engineOver(db, base, told)
      for (let batch = 0; batch < before; batch += 1) await engine.batch(due)
      const inside = entered(db).length
      state.away = true
      state.asked = []
      for (let tick = 0; tick < 3; tick += 1) await engine.tick(due + tick)
      expect(entered(db).length).toBeLessThan(everyVip.length)
      expect(entered(db).length - inside).toBeLessThan(7)
      // It is said once, and not tried at every beat.
      expect(told).toEqual([{ level: 'warn', text: 'a firing waits: nobody can say who is to come in' }])
      expect(state.asked).toHaveLength(1)
      state.away = false
      clock.advance(5_000)
      await engine.tick(due + 5_000)
      expect([before, entered(db)]).toEqual([before, everyVip])
    }
  })

  test('does not ask what a page said before the journey stood still', async () => {
    const db = world()
    const { base, state } = counted(db)
    const { engine } = engineOver(db, base)
    await engine.batch(due)
    db.sqlite.exec(`delete from tags where customer_id = 'm05'`)
    await engine.tick(due + 3_600_000)
    expect(entered(db)).toEqual(everyVip.filter((id) => id !== 'm05'))
    expect(state.asked.length).toBeGreaterThan(1)
    expect(state.continued[1]).toBe(false)
  })
})
