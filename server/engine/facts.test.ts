import { expect, test } from 'vitest'
import { enrolled } from '../../shared/testing/deciding.ts'
import { sketchBrand } from '../../shared/testing/sketch.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { loadFacts, Overlay } from './facts.ts'

test('a saved condition means the festival of each passage, of the same customer too', async () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  db.sqlite.prepare(`insert into customers (id, shard, updated_at) values ('c1', 0, 0)`).run()
  const bought = {
    kind: 'events',
    event: 'order',
    where: [],
    measure: 'count',
    window: { kind: 'festival', festival: 'qixi', from: { years: 0, days: 0 }, to: { years: 0, days: 1 } },
    op: 'gte',
    value: 1,
  }
  db.sqlite
    .prepare(
      `insert into audiences (key, name, kind, condition, created_at, updated_at) values ('buyers', '{}', 'condition', ?, 0, 0)`,
    )
    .run(JSON.stringify(bought))
  db.sqlite
    .prepare(
      `insert into events (id, customer_id, shard, name, at, received_at, source, pending)
       values ('o1', 'c1', 0, 'order', ?, 0, 'history', 0)`,
    )
    .run(Date.parse('2025-08-29T12:00:00+08:00'))
  const passage = (id: number, qixi: string) =>
    enrolled({ id, entry: { trigger: 'in', timezone: null, event: null, anchors: { qixi } } })
  const [last, next] = [passage(1, '2025-08-29'), passage(2, '2026-08-19')]
  const context = {
    now: Date.parse('2026-09-01T12:00:00+08:00'),
    zone: 'Asia/Shanghai',
    brand: sketchBrand(),
    overlay: new Overlay(),
  }
  for (const group of [
    [last, next],
    [next, last],
  ]) {
    const factsOf = await loadFacts(
      createEngineStore(db, scratchBase(db)),
      group,
      { audiences: ['buyers'] },
      context,
    )
    const at = { now: context.now, zone: context.zone, enteredAt: null, anchors: {} }
    expect(factsOf(last).audiences.has('buyers', at)).toBe(true)
    expect(factsOf(next).audiences.has('buyers', at)).toBe(false)
  }
  db.close()
})
