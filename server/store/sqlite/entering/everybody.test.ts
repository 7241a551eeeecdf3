import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import { baseOf, conditionOver, context, keys, saved } from '../../../../shared/testing/random-conditions.ts'
import { scratchBase } from '../../../brand/scratch-base.ts'
import type { Moment } from '../../../ports/engine.ts'
import type { Look } from '../../../ports/entering.ts'
import { storeMembers } from '../../../testing/stored-members.ts'
import { openDatabase } from '../database.ts'
import { createEngineStore } from '../engine-store.ts'

const db = openDatabase(':memory:', { durability: 'off' })
afterAll(() => db.close())
const base = scratchBase(db)
/** The same base, asked one customer after the other, and asked of the analytical copy. */
const ways = [createEngineStore(db, base, { few: 1_000 }), createEngineStore(db, base, { few: 0 })] as const

const moment: Moment = { now: Date.parse('2026-08-05T10:00:00Z'), zone: 'Asia/Shanghai', anchors: {} }

function save(audiences: Readonly<Record<string, Condition | null>>): void {
  db.sqlite.exec('delete from audiences')
  const insert = db.sqlite.prepare(
    `insert into audiences (key, name, kind, condition, created_at, updated_at) values (?, '{}', ?, ?, 0, 0)`,
  )
  for (const [key, condition] of Object.entries(audiences))
    insert.run(
      key,
      condition === null ? 'list' : 'condition',
      condition === null ? null : JSON.stringify(condition),
    )
}

describe('who comes in', () => {
  test('is the same by asking each customer and by asking the copy, whichever page is asked for', async () => {
    let parted = 0
    const conditions = fc.array(conditionOver(keys), { minLength: 4, maxLength: 4 })
    const property = fc.asyncProperty(
      baseOf(12, 20),
      saved,
      context,
      conditions,
      async (members, audiences, at, asked) => {
        storeMembers(db.sqlite, members)
        save(audiences)
        const { now, zone, anchors } = at
        for (const condition of asked) {
          const [one, other] = await Promise.all(
            ways.map((way) => pages(way, condition, { now, zone, anchors: { ...anchors } })),
          )
          expect(other, JSON.stringify(condition)).toEqual(one)
          if (one !== undefined && one.length > 0 && one.length < members.length) parted += 1
        }
      },
    )
    await fc.assert(property, { seed: 11_30, numRuns: 25 })
    expect(parted).toBeGreaterThan(8)
  })
})

async function pages(
  { select }: (typeof ways)[number],
  condition: Condition,
  at: Moment,
): Promise<readonly string[]> {
  const found: string[] = []
  for (let after: string | null = null; ; ) {
    const ids: readonly string[] = await select(condition, at, { after, limit: 5, continued: after !== null })
    found.push(...ids)
    if (ids.length < 5) return found
    after = ids.at(-1) ?? null
  }
}

describe('who joins and leaves', () => {
  const vip: Condition = { kind: 'tag', tag: 'vip', has: true }
  const looked = (more: Partial<Look>): Look => ({
    ...{
      watch: { journeyId: 'j', node: 'n', version: 1, state: 'going', lookedAt: null },
      condition: vip,
      moment,
    },
    ...{ on: 'join', present: false, goesOn: false, since: null, limit: 1_000, ...more },
  })
  const begin = () => {
    for (const table of ['customers', 'tags', 'events', 'watches', 'watch_members', 'coming', 'journeys'])
      db.sqlite.exec(`delete from ${table}`)
    db.sqlite.exec(
      `insert into journeys (id, name, status, draft, revision, live_version, created_at, updated_at)
         values ('j', '{}', 'live', '{}', 1, 1, 0, 0);
       insert into watches (journey_id, node, version, state) values ('j', 'n', 1, 'published')`,
    )
    const customer = db.sqlite.prepare('insert into customers (id, shard, updated_at) values (?, 0, 0)')
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) customer.run(id)
  }
  const put = (...ids: string[]) => {
    for (const id of ids)
      db.sqlite.prepare(`insert into tags (customer_id, tag, at) values (?, 'vip', 0)`).run(id)
  }
  const take = (...ids: string[]) => {
    for (const id of ids) db.sqlite.prepare('delete from tags where customer_id = ?').run(id)
  }
  const listed = (table: 'watch_members' | 'coming') =>
    db.sqlite.prepare<[], string>(`select customer_id from ${table} order by customer_id`).pluck().all()

  test.each([
    ['by asking each customer', ways[0]],
    ['by asking the copy', ways[1]],
  ])('is noticed %s', async (_way, { look }) => {
    begin()
    put('a', 'b')
    const watch = { journeyId: 'j', node: 'n', version: 1, lookedAt: null }
    expect(await look(looked({ watch: { ...watch, state: 'published' } }))).toMatchObject({ changed: 2 })
    expect([listed('watch_members'), listed('coming')]).toEqual([['a', 'b'], []])
    take('a')
    put('e', 'f')
    expect(await look(looked({ limit: 2 }))).toMatchObject({ changed: 2 })
    expect(await look(looked({}))).toMatchObject({ changed: 1 })
    expect(await look(looked({}))).toMatchObject({ changed: 0 })
    expect([listed('watch_members'), listed('coming')]).toEqual([
      ['b', 'e', 'f'],
      ['e', 'f'],
    ])
    take('b')
    expect(await look(looked({ on: 'leave' }))).toMatchObject({ changed: 1 })
    expect(listed('coming')).toEqual(['b', 'e', 'f'])
  })

  test.each([
    [
      'a score that models say anew',
      { kind: 'attribute', name: 'score_churn', op: 'gte', value: 0.8 },
      `insert into scores (customer_id, at, scores, reasons, contents) values ('c', 0, '{"score_churn":0.9}', '[]', '[]')`,
      `update scores set scores = '{"score_churn":0.2}' where customer_id = 'c'`,
    ],
    [
      'a tag',
      vip,
      `insert into tags (customer_id, tag, at) values ('c', 'vip', 0)`,
      `delete from tags where customer_id = 'c'`,
    ],
    [
      'a list',
      { kind: 'audience', audience: 'listed', member: true },
      `insert into audience_members (audience, customer_id, at) values ('listed', 'c', 0)`,
      `delete from audience_members where customer_id = 'c'`,
    ],
    [
      'an attribute',
      { kind: 'attribute', name: 'city', op: 'eq', value: '杭州' },
      `update customers set city = '杭州' where id = 'c'`,
      `update customers set city = null where id = 'c'`,
    ],
  ] as const satisfies (readonly [string, Condition, string, string])[])(
    'by %s is noticed by a look at those alone of whom something was written',
    async (_what, condition, join, leave) => {
      begin()
      save({ listed: null })
      db.sqlite.exec(`delete from scores; update watches set state = 'going'`)
      const [{ look }] = ways
      // Nothing of what is written here says when: it is another clock's.
      const later = (since: Look['since'], on: Look['on'] = 'join') =>
        look(looked({ condition, since, on, moment: { ...moment, now: moment.now + 60_000 } }))
      const { mark } = await look(looked({ condition }))
      expect(await later(mark)).toMatchObject({ changed: 0 })
      db.sqlite.exec(join)
      const joined = await later(mark)
      expect([joined.changed, listed('watch_members'), listed('coming')]).toEqual([1, ['c'], ['c']])
      db.sqlite.exec(leave)
      expect(await later(joined.mark, 'leave')).toMatchObject({ changed: 1 })
      expect(listed('watch_members')).toEqual([])
    },
  )

  test('is asked of everybody where the log of changes does not reach back as far', async () => {
    begin()
    db.sqlite.exec(`update watches set state = 'going'`)
    const [{ look }] = ways
    const { mark } = await look(looked({}))
    put('a')
    db.sqlite.exec(
      `delete from changes; insert into changes (seq, part, customer_id) values (1000000, 'tags', 'b')`,
    )
    expect(await look(looked({ since: mark }))).toMatchObject({ changed: 1 })
    expect(listed('coming')).toEqual(['a'])
  })

  test('is told of nobody where the journey was published anew while the copy was asked', async () => {
    begin()
    const slow = createEngineStore(
      db,
      {
        async ask(kind, asked, signal) {
          db.sqlite.exec(`update watches set version = 2, state = 'published'`)
          return base.ask(kind, asked, signal)
        },
      },
      { few: 0 },
    )
    put('a')
    db.sqlite.exec(`update watches set state = 'going'`)
    expect(await slow.look(looked({}))).toMatchObject({ changed: 0 })
    expect([listed('watch_members'), listed('coming')]).toEqual([[], []])
  })
})
