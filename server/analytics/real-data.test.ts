import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluate, needsOf } from '../../shared/conditions/evaluate.ts'
import { noHistory } from '../../shared/conditions/history.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { TimeContext } from '../../shared/conditions/window.ts'
import { boughtForQixi, qixiCondition } from '../../shared/testing/qixi.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { importFile } from '../imports/index.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'

const data = resolve(fileURLToPath(new URL('../../../shared/data', import.meta.url)))
const absent = !existsSync(data)

describe.skipIf(absent).each([
  [
    'superstore-cn',
    '2017-08-14T10:00:00+08:00',
    { customers: 790, orders: 4_979, bought: 113, audience: 112 },
  ],
  ['cdnow', '1998-08-14T10:00:00+08:00', { customers: 23_570, orders: 69_659, bought: 1_381, audience: 760 }],
])(
  `Qixi on %s (${absent ? 'skipped: ../shared/data is absent' : 'published figures'})`,
  (name, start, expected) => {
    let db: BrandDatabase
    const context: TimeContext = {
      now: Date.parse(start),
      zone: 'Asia/Shanghai',
      enteredAt: null,
      anchors: {},
    }
    const found = (condition: Condition) =>
      scratchBase(db).ask('select', {
        condition,
        moment: { now: context.now, zone: context.zone, anchors: {} },
      })

    beforeAll(async () => {
      db = openDatabase(':memory:', { durability: 'off' })
      for (const kind of ['customers', 'orders'] as const) {
        const source = join(data, name, `${kind}.csv`)
        const report = await importFile(db, {
          kind,
          source,
          zone: 'Asia/Shanghai',
          currency: 'CNY',
          receivedAt: context.now,
        })
        expect(report).toMatchObject({ imported: expected[kind], rejected: 0 })
      }
    })
    afterAll(() => db.close())

    test('finds who bought in the 14 days before either of the past two', async () => {
      expect(await found(boughtForQixi)).toHaveLength(expected.bought)
    })

    test('finds who of them spent over 200 in the two years before', async () => {
      expect(await found(qixiCondition)).toHaveLength(expected.audience)
    })

    test('finds the same customers one by one', async () => {
      const { source } = rehearsalPorts(db, scratchBase(db))
      const ids = db.sqlite.prepare<[], { id: string }>('select id from customers order by id').all()
      const members = await source.members(
        ids.map(({ id }) => id),
        needsOf([qixiCondition]),
        null,
      )
      const passing = ids.filter(({ id }) => {
        const facts = members.get(id)
        return (
          facts !== undefined && evaluate(qixiCondition, { ...facts, history: noHistory, entry: {} }, context)
        )
      })
      expect(passing.map(({ id }) => id)).toEqual(await found(qixiCondition))
    })
  },
)
