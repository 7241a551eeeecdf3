import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { AttributeTypes } from '../../../shared/conditions/customer.ts'
import { measureOf } from '../../../shared/conditions/evaluate.ts'
import { type Condition, conditionSchema, type Leaf, measures } from '../../../shared/conditions/schema.ts'
import { intervalsOf, type TimeContext } from '../../../shared/conditions/window.ts'
import { buyer, inMemory, savedIn } from '../../../shared/testing/conditions-in-memory.ts'
import {
  baseOf,
  closeTest,
  conditionOver,
  context,
  countedGroup,
  keys,
  leaf,
  type Member,
  measured,
  nows,
  picksLeaf,
  type Saved,
  saved,
  sequenceLeaf,
  types,
  window,
} from '../../../shared/testing/random-conditions.ts'
import { knownZone } from '../../store/sqlite/customers/zones.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { truthOf } from '../../store/sqlite/truth/truth.ts'
import { storeMembers } from '../../testing/stored-members.ts'
import { type CopiedTable, columnType, copiedTables } from './columns.ts'
import { CopyAsking, type CopyBase } from './condition.ts'
import { type Found, held } from './found.ts'
import { withPicks } from './picked.ts'

const db = openDatabase(':memory:', { durability: 'off' })
const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
const duck = await instance.connect()
afterAll(() => {
  db.close()
  duck.closeSync()
  instance.closeSync()
})

type Rows = readonly (readonly [person: number, values: readonly DuckDBValue[]])[]

async function lay({ name, columns }: Pick<CopiedTable, 'columns'> & { readonly name: string }, rows: Rows) {
  const made = columns.map((column) => `${column.name} ${column.type}`)
  await duck.run(`create or replace table ${name} (person INTEGER, ${made.join(', ')})`)
  const appender = await duck.createAppender(name)
  for (const [person, values] of rows) {
    appender.appendInteger(person)
    for (const [index, value] of values.entries())
      if (value === null) appender.appendNull()
      else appender.appendValue(value, columnType(columns[index]?.type ?? 'VARCHAR'))
    appender.endRow()
  }
  appender.closeSync()
}

/** Who is in the copy's tables. */
let laid: readonly Member[] = []

/** The copy's tables, made of a brand's database. */
async function copy(members: readonly Member[], own: AttributeTypes): Promise<void> {
  laid = members
  storeMembers(db.sqlite, members)
  const reading = await truthOf(db).read(async (now) => now)
  const people = new Map(members.map(({ customer }, index) => [customer.id, index]))
  for (const table of copiedTables(own)) {
    const { name, reads, values, beside = [] } = table
    const rows = [...reading.rows(name, reads, { kind: 'all' })].map(
      ([id, ...row]) => [people.get(String(id)) ?? -1, row] as const,
    )
    await lay(
      table,
      rows.map(([person, row]) => [person, values(row)]),
    )
    for (const made of beside)
      await lay(
        made,
        rows.flatMap(([person, row]) => made.rows(row).map((one) => [person, one] as const)),
      )
  }
}

async function ids(sql: string, values: Parameters<typeof duck.runAndReadAll>[1]): Promise<string[]> {
  const rows = await duck.runAndReadAll(sql, values)
  return rows.getRows().map(([id]) => String(id))
}

/** Those of whom it was asked what they would be shown. */
const shown = new Set<string>()

/** The copy as a question finds it; what would be picked for somebody is asked of nobody twice. */
function foundOf(base: CopyBase): Found {
  const picks = new Map(laid.map((member) => [member.customer.id, member.picks ?? []]))
  return {
    base,
    rows: async (sql, values) => (await duck.runAndReadAll(sql, [...(values ?? [])])).getRowsJS(),
    async picks(some) {
      for (const id of some) shown.add(id)
      return picks
    },
  }
}

/** Who passes by the copy's SQL. */
async function byCopy(condition: Condition, audiences: Saved, at: TimeContext, own: AttributeTypes) {
  const zones = await ids('select distinct timezone from customers where timezone is not null', [])
  const base = { saved: savedIn(audiences), types: own, zones, picked: new Map() }
  const known = await withPicks(foundOf(base), [condition], at)
  const { sql, values } = held(known, condition, at)
  return ids(`select c.id from customers c join (${sql}) using (person) order by c.id`, [...values])
}

/** A zone that is none is nobody's, as the store reads customers; and nobody has entered anything. */
function byMemory(
  condition: Condition,
  audiences: Saved,
  at: TimeContext,
  members: readonly Member[],
  own: AttributeTypes,
) {
  const known = members.map(({ customer, ...rest }) => ({
    ...rest,
    customer: { ...customer, timezone: knownZone(customer.timezone) },
  }))
  return inMemory(condition, audiences, { ...at, enteredAt: null }, known, own)
}

const declared = (own: AttributeTypes | undefined, at: TimeContext): AttributeTypes =>
  own ?? { zone: at.zone, currency: 'CNY', of: {} }

const shanghai: TimeContext = { now: nows[0] ?? 0, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }
const nothing: AttributeTypes = { zone: 'Asia/Shanghai', currency: 'CNY', of: {} }
const bought: Extract<Leaf, { kind: 'events' }> = {
  kind: 'events',
  event: 'order',
  where: [],
  measure: 'count',
  window: { kind: 'ever' },
  op: 'gte',
  value: 1,
}
/** One who has bought and one who has not. */
const pair = [buyer('none', [], []), buyer('some', [0, 1, 2], [1, 2, 3])]

describe('a condition over the copy', () => {
  test('holds for the same customers as by evaluation of each', async () => {
    const conditions = fc.array(conditionOver(keys), { minLength: 8, maxLength: 8 })
    let parted = 0
    const property = fc.asyncProperty(
      baseOf(20, 30),
      saved,
      context,
      types,
      conditions,
      async (members, audiences, at, typed, asked) => {
        const own = declared(typed, at)
        await copy(members, own)
        for (const condition of asked) {
          const found = await byCopy(condition, audiences, at, own)
          expect(found, JSON.stringify(condition)).toEqual(byMemory(condition, audiences, at, members, own))
          if (found.length > 0 && found.length < members.length) parted += 1
        }
      },
    )
    await fc.assert(property, { seed: 9_01, numRuns: 30 })
    expect(parted).toBeGreaterThan(15)
  })

  test('that asks for picks reckons them of those alone whom the rest leaves open', async () => {
    const part = fc.oneof(picksLeaf, leaf(keys))
    const group = fc
      .record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(part, { minLength: 1, maxLength: 3 }),
      })
      .chain((made) => fc.constantFrom<Condition>(made, { kind: 'not', of: made }))
    const asked = fc.array(
      fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(group, { minLength: 2, maxLength: 3 }),
      }),
      { minLength: 8, maxLength: 8 },
    )
    const picked = fc.record({ first: group, second: group })
    let [parted, fewer] = [0, 0]
    const property = fc.asyncProperty(
      baseOf(20, 30),
      picked,
      context,
      asked,
      async (members, audiences, at, conditions) => {
        const own = declared(undefined, at)
        await copy(members, own)
        for (const one of conditions) {
          const named = { kind: 'audience', audience: 'second', member: false } as const
          const condition: Condition = { kind: 'any', of: [one, { kind: 'all', of: [named, ...one.of] }] }
          shown.clear()
          const found = await byCopy(condition, audiences, at, own)
          expect(found, JSON.stringify(condition)).toEqual(byMemory(condition, audiences, at, members, own))
          if (found.length > 0 && found.length < members.length) parted += 1
          if (shown.size > 0 && shown.size < members.length) fewer += 1
        }
      },
    )
    await fc.assert(property, { seed: 9_02, numRuns: 30 })
    expect(parted).toBeGreaterThan(40)
    expect(fewer).toBeGreaterThan(15)
  })

  test('takes in and leaves out the same events at the very ends of a window', async () => {
    const picks = fc.array(fc.subarray([...Array(24).keys()]), { minLength: 12, maxLength: 12 })
    const asked = fc.array(closeTest, { minLength: 4, maxLength: 4 })
    let parted = 0
    const property = fc.asyncProperty(window, context, picks, asked, async (span, at, chosen, tests) => {
      const ends = intervalsOf(span, at).flatMap(([from, to]) => [from, to].filter(Number.isFinite))
      const times = [...ends, at.now, at.now + 1].flatMap((end) => [end - 1, end, end + 1])
      const members = chosen.map((indices, index) => buyer(`${index}`, indices, times))
      await copy(members, nothing)
      for (const asking of tests) {
        const condition: Condition = { ...asking, window: span }
        const found = await byCopy(condition, {}, at, nothing)
        expect(found, JSON.stringify(condition)).toEqual(byMemory(condition, {}, at, members, nothing))
        if (found.length > 0 && found.length < members.length) parted += 1
      }
    })
    await fc.assert(property, { seed: 9_02, numRuns: 30 })
    expect(parted).toBeGreaterThan(25)
  })

  test('that asks many things of one event is answered as each of them by itself', async () => {
    const property = fc.asyncProperty(
      baseOf(20, 30),
      context,
      types,
      countedGroup,
      async (members, at, typed, condition) => {
        const own = declared(typed, at)
        await copy(members, own)
        for (const asked of [condition, { kind: 'not' as const, of: condition }])
          expect(await byCopy(asked, {}, at, own), JSON.stringify(asked)).toEqual(
            byMemory(asked, {}, at, members, own),
          )
      },
    )
    await fc.assert(property, { seed: 9_03, numRuns: 15 })
  })

  test('of one thing after another goes by their order, and by the gaps between them', async () => {
    const gaps = fc.array(fc.constantFrom<number>(0, 1, 3_599_999, 3_600_000, 3_600_001, 86_400_000), {
      minLength: 1,
      maxLength: 7,
    })
    const lives = fc.array(
      fc.array(fc.record({ gap: gaps, name: fc.constantFrom('order', 'page_view', 'refund') }), {
        maxLength: 6,
      }),
      { minLength: 20, maxLength: 20 },
    )
    const asked = fc.array(sequenceLeaf, { minLength: 4, maxLength: 4 })
    let parted = 0
    const property = fc.asyncProperty(context, lives, asked, async (at, chosen, tests) => {
      const members = chosen.map((life, index): Member => {
        let time = at.now
        const events = life.map(({ gap, name }, number) => {
          time -= gap.reduce((sum, one) => sum + one, 0)
          return {
            ...{ id: `${index}-${number}`, name, at: time, amount: 1_000 },
            properties: name === 'refund' ? { order_id: `${index}-0` } : {},
          }
        })
        return { ...buyer(`${index}`, [], []), events }
      })
      await copy(members, nothing)
      for (const test of tests) {
        const found = await byCopy(test, {}, at, nothing)
        expect(found, JSON.stringify(test)).toEqual(byMemory(test, {}, at, members, nothing))
        if (found.length > 0 && found.length < members.length) parted += 1
      }
    })
    await fc.assert(property, { seed: 9_05, numRuns: 40 })
    expect(parted).toBeGreaterThan(30)
  })

  test('of one thing after another is answered alike of those who did thousands, many at one moment', async () => {
    // The database reads some two thousand rows at a time: what came before stands in another of its chunks.
    const lives = [1, 5, 40, 700, 2_500, 3_000].map((count, one): Member => {
      const draws = fc.sample(fc.integer({ min: 0, max: 999 }), { seed: 9_06 + one, numRuns: count })
      const events = draws.map((draw, number) => {
        const name = draw < 8 ? 'page_view' : draw < 12 ? 'refund' : 'order'
        return {
          ...{ id: `${one}-${number}`, name, amount: 1_000 },
          at: shanghai.now - Math.floor(((number * 7_919) % count) / 6) * 86_400_000 - (draw % 2) * 3_600_000,
          properties: name === 'refund' ? { order_id: `${one}-${number - 1}` } : {},
        }
      })
      return { ...buyer(`${one}`, [], []), events }
    })
    await copy(lives, nothing)
    let parted = 0
    for (const condition of fc.sample(sequenceLeaf, { seed: 9_07, numRuns: 60 })) {
      const found = await byCopy(condition, {}, shanghai, nothing)
      expect(found, JSON.stringify(condition)).toEqual(byMemory(condition, {}, shanghai, lives, nothing))
      if (found.length > 0 && found.length < lives.length) parted += 1
    }
    expect(parted).toBeGreaterThan(12)
  })

  test.each(measures.filter((one) => one !== 'first' && one !== 'last'))(
    'finds the %s of each to the last digit',
    async (measure) => {
      const found = new Set<number>()
      const property = fc.asyncProperty(baseOf(10, 20), context, measured, async (members, at, asking) => {
        await copy(members, nothing)
        const asked = { ...asking, measure }
        const values = members.map(({ events }) =>
          measureOf(
            asked,
            [...events].sort((left, right) => left.at - right.at),
            at,
            {},
          ),
        )
        for (const value of new Set(values.filter((one) => typeof one === 'number'))) {
          found.add(value)
          const condition: Condition = { ...asked, op: 'eq', value }
          expect(await byCopy(condition, {}, at, nothing), JSON.stringify(condition)).toEqual(
            byMemory(condition, {}, at, members, nothing),
          )
        }
      })
      await fc.assert(property, { seed: 9_04, numRuns: 25 })
      // Nobody does so many different things: none, one, two and three tell the counts apart.
      expect(found.size).toBeGreaterThan(3)
    },
  )

  test('of two hundred tests goes through the events in a few walks, not in two hundred', async () => {
    const tests = Array.from({ length: 200 }, (_, value): Condition => ({ ...bought, value: value + 3 }))
    const groups = [0, 50, 100, 150].map(
      (from): Condition => ({ kind: 'any', of: tests.slice(from, from + 50) }),
    )
    const condition = conditionSchema.parse({ kind: 'any', of: groups })
    await copy(pair, nothing)
    expect(await byCopy(condition, {}, shanghai, nothing)).toEqual(['some'])
    const base = { saved: savedIn({}), types: nothing, zones: [], picked: new Map() }
    const { sql } = new CopyAsking(base, shanghai, { conditions: [condition] }).holds(condition)
    expect(sql.match(/from events e/g)?.length).toBeLessThanOrEqual(200 / 32 + 1)
  })

  test('of two hundred sums that differ by their bounds alone adds up once', async () => {
    const sum = { ...bought, measure: 'sum' as const }
    const tests = Array.from({ length: 50 }, (_, value): Condition => ({ ...sum, value: value * 100 }))
    const elsewhere = tests.map((one) => ({
      ...one,
      window: { kind: 'last', span: { amount: 30, unit: 'day' } },
    }))
    const condition = conditionSchema.parse({
      ...{
        kind: 'any',
        of: [
          { kind: 'all', of: tests },
          { kind: 'all', of: elsewhere },
        ],
      },
    })
    await copy(pair, nothing)
    expect(await byCopy(condition, {}, shanghai, nothing)).toEqual(
      byMemory(condition, {}, shanghai, pair, nothing),
    )
    const base = { saved: savedIn({}), types: nothing, zones: [], picked: new Map() }
    const { sql } = new CopyAsking(base, shanghai, { conditions: [condition] }).holds(condition)
    expect(sql.match(/from events e/g)).toHaveLength(1)
    expect(sql.match(/sum\(amount\) filter/g)).toHaveLength(2)
  })

  test.each([7, 1_000])('nested %i levels deep is answered like any other', async (levels) => {
    let condition: Condition = bought
    for (let level = 0; level < levels; level += 1)
      condition =
        level % 3 === 0
          ? { kind: 'not', of: condition }
          : { kind: level % 3 === 1 ? 'all' : 'any', of: [condition] }
    await copy(pair, nothing)
    expect(await byCopy(condition, {}, shanghai, nothing)).toEqual(
      byMemory(condition, {}, shanghai, pair, nothing),
    )
  })

  test('lists a thousand values, each as long as one may be', async () => {
    const value = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(1_000, '长'))
    const [none, some] = pair
    if (none === undefined || some === undefined) throw new Error('two people')
    const known = { ...some, customer: { ...some.customer, attributes: { tier: value[999] ?? '' } } }
    await copy([none, known], nothing)
    const condition = conditionSchema.parse({ kind: 'attribute', name: 'tier', op: 'in', value })
    expect(await byCopy(condition, {}, shanghai, nothing)).toEqual(['some'])
    expect(conditionSchema.safeParse({ ...condition, value: [...value, 'more'] }).success).toBe(false)
  })

  test('lists as many values of a column, of which none, one or all is meant', async () => {
    const [none, some] = pair
    if (none === undefined || some === undefined) throw new Error('two people')
    const own: AttributeTypes = { ...nothing, of: { size: { type: 'number', format: null } } }
    const known = { ...some, customer: { ...some.customer, city: '999', attributes: { size: 999 } } }
    await copy([none, known], own)
    const texts = Array.from({ length: 1_000 }, (_, index) => `${index}`)
    const numbers = texts.map(Number)
    for (const [op, name, value] of [
      ['in', 'city', texts],
      ['not_in', 'city', texts],
      ['in', 'city', texts.slice(0, 500)],
      ['in', 'customer_id', ['some', ...texts]],
      ['in', 'size', numbers],
      ['not_in', 'size', numbers],
    ] as const) {
      const condition: Condition = { kind: 'attribute', name, op, value: [...value] }
      for (const asked of [condition, { kind: 'not' as const, of: condition }])
        expect(await byCopy(asked, {}, shanghai, own), JSON.stringify([op, name])).toEqual(
          byMemory(asked, {}, shanghai, [none, known], own),
        )
    }
  })

  test.each([["o'clock; drop table customers; --"], ['$1'], ['a\0b'], ['\u{1F381}'], ['名'.repeat(100)]])(
    'asks for a name as it is written: %j',
    async (name) => {
      const [none, some] = pair
      if (none === undefined || some === undefined) throw new Error('two people')
      const known = { ...some, customer: { ...some.customer, attributes: { [name]: name } }, tags: [name] }
      await copy([none, known], nothing)
      const tests: Leaf[] = [
        { kind: 'attribute', name, op: 'eq', value: name },
        { kind: 'attribute', name, op: 'contains', value: name.slice(0, 2) },
        { kind: 'tag', tag: name, has: true },
        { kind: 'audience', audience: name, member: false },
        { ...bought, event: name, op: 'eq', value: 0 },
        { ...bought, where: [{ property: name, op: 'not_set' }] },
      ]
      const audiences: Saved = { [name]: null }
      for (const condition of tests)
        expect(await byCopy(condition, audiences, shanghai, nothing), JSON.stringify(condition)).toEqual(
          byMemory(condition, audiences, shanghai, [none, known], nothing),
        )
    },
  )

  const birthday: Leaf = { kind: 'anniversary', name: 'birthday', days: 0 }
  const scores = { ...bought, property: 'score' } as const
  const has = { property: 'categories' } as const
  test.each<[string, Condition, string[]]>([
    ['a missing birthday is not today', { kind: 'not', of: birthday }, ['none']],
    [
      'decimals add up in the order of the events',
      { ...scores, measure: 'sum', op: 'eq', value: 0.1 + 0.2 + 0.3 },
      ['some'],
    ],
    [
      'as many sums of decimals as there are add up in the order of the events',
      {
        kind: 'all',
        of: Array.from({ length: 9 }, (_, nth) => ({
          ...{ ...scores, where: [{ property: 'score', op: 'gt', value: -nth }] },
          ...{ measure: 'sum', op: nth === 8 ? 'gt' : 'eq', value: nth === 8 ? 0.6 : 0.1 + 0.2 + 0.3 },
        })),
      },
      ['some'],
    ],
    [
      'a sum is not rounded before it is compared',
      { ...scores, measure: 'sum', op: 'lt', value: 0.6 },
      ['none'],
    ],
    [
      'an average divides what was added up in the order of the events',
      { ...scores, measure: 'average', op: 'eq', value: (0.1 + 0.2 + 0.3) / 3 },
      ['some'],
    ],
    [
      'an average is not rounded before it is compared',
      { ...scores, measure: 'average', op: 'lte', value: 0.2 },
      [],
    ],
    ['nobody without any has an average', { ...scores, measure: 'average', op: 'not_set' }, ['none']],
    [
      'each member of a list is one of the different things',
      { ...bought, ...{ measure: 'distinct', property: 'categories' }, op: 'eq', value: 2 },
      ['some'],
    ],
    [
      'without any there are no different things',
      { ...bought, ...{ measure: 'distinct', property: 'categories' }, op: 'eq', value: 0 },
      ['none'],
    ],
    [
      'a number as text is a text, and over nothing',
      { kind: 'attribute', name: 'tier', op: 'gt', value: 9 },
      [],
    ],
    [
      'a text is the same as a number only letter by letter',
      { kind: 'attribute', name: 'tier', op: 'eq', value: 10 },
      ['some'],
    ],
    ['one of a list is enough', { ...bought, where: [{ ...has, op: 'eq', value: '箱包' }] }, ['some']],
    ['none of a list may be equal', { ...bought, where: [{ ...has, op: 'ne', value: '箱包' }] }, []],
  ])('%s', async (_rule, condition, expected) => {
    const [none, some] = pair
    if (none === undefined || some === undefined) throw new Error('two people')
    const members: Member[] = [
      none,
      {
        ...some,
        customer: { ...some.customer, birthday: '1990-08-05', attributes: { tier: '10' } },
        events: some.events.map((one, index) => ({
          ...one,
          properties: { score: [0.1, 0.2, 0.3][index] ?? 0, categories: ['箱包', '文具'] },
        })),
      },
    ]
    await copy(members, nothing)
    expect(await byCopy(condition, {}, shanghai, nothing)).toEqual(expected)
    expect(byMemory(condition, {}, shanghai, members, nothing)).toEqual(expected)
  })

  test('is asked in every form that the schema knows', () => {
    const made = fc.sample(conditionOver(['first', 'second']), { seed: 7_07, numRuns: 2_000 })
    for (const condition of made) expect(conditionSchema.safeParse(condition).success).toBe(true)
    const kinds = new Set<string>()
    const visit = (condition: Condition): void => {
      kinds.add(condition.kind)
      if (condition.kind === 'all' || condition.kind === 'any') condition.of.forEach(visit)
      else if (condition.kind === 'not') visit(condition.of)
      else if (condition.kind === 'events') kinds.add(`${condition.measure} ${condition.window.kind}`)
    }
    made.forEach(visit)
    expect(kinds.size).toBe(13 + measures.length * 5)
  })

  test('on attributes that nobody can read is answered neither by yes nor by no', async () => {
    await copy(pair, nothing)
    const condition: Condition = { kind: 'attribute', name: 'tier', op: 'not_set' }
    db.sqlite.prepare(`update customers set attributes = '{"tier":' where id = 'some'`).run()
    const [customers] = copiedTables(nothing)
    const [, ...row] =
      db.sqlite
        .prepare<[], unknown[]>(`select ${customers?.reads} from customers t where id = 'some'`)
        .raw()
        .get() ?? []
    const values = customers?.values(row) ?? []
    expect(values[customers?.columns.findIndex(({ name }) => name === 'attributes') ?? 0]).toBeNull()
    await duck.run(`update customers set attributes = null where id = 'some'`)
    expect(await byCopy(condition, {}, shanghai, nothing)).toEqual(['none'])
    expect(await byCopy({ kind: 'not', of: condition }, {}, shanghai, nothing)).toEqual([])
  })
})
