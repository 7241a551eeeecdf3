import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actEventNames } from '../../../shared/conditions/acts.ts'
import { type Condition, conditionSchema, type Leaf, measures } from '../../../shared/conditions/schema.ts'
import { buyer } from '../../../shared/testing/conditions-in-memory.ts'
import { nows, window } from '../../../shared/testing/random-conditions.ts'
import { holdingReader } from '../../store/sqlite/audiences/holding.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { truthOf } from '../../store/sqlite/truth/truth.ts'
import { storeMembers } from '../../testing/stored-members.ts'
import { passageStorer, type StoredPassage } from '../../testing/stored-passages.ts'
import { AnalyticalCopy } from './copy.ts'

const now = nows[1] ?? 0
const moment = { now, zone: 'Asia/Shanghai', anchors: {} }
const people = Array.from({ length: 12 }, (_, index) => `${index}`)

let db: BrandDatabase
let copy: AnalyticalCopy
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  copy = new AnalyticalCopy({ truth: truthOf(db), file: ':memory:' })
})
afterEach(async () => {
  await copy.close()
  db.close()
})

const byCopy = async (condition: Condition, at: typeof moment = moment) => [
  ...(await copy.ask('select', { condition, moment: at })),
]
const byMemory = (condition: Condition, at: typeof moment = moment) => [
  ...(holdingReader(db.sqlite).ask({ ids: people, conditions: [condition], at }).inside[0] ?? []),
]

const hour = 3_600_000
const instant = fc.constantFrom(
  ...[0, 1, hour, 24 * hour, 40 * 24 * hour, 400 * 24 * hour, -hour].map((back) => now - back),
)
const passage: fc.Arbitrary<StoredPassage> = fc.record({
  journey: fc.constantFrom('qixi', 'welcome'),
  customer: fc.constantFrom(...people.slice(0, 9)),
  at: instant,
  control: fc.boolean(),
  ended: fc.option(
    fc.record({ at: instant, ending: fc.constantFrom('end', 'bought', 'exit_rule', 'stopped') }),
  ),
  messages: fc.array(
    fc.record({
      node: fc.constantFrom('sms-1', 'mail-1'),
      channel: fc.constantFrom('sms', 'email'),
      status: fc.constantFrom('queued', 'sent', 'unknown', 'failed', 'cancelled', 'held'),
      error: fc.option(fc.constantFrom('opted_out', 'invalid')),
      at: instant,
    }),
    { maxLength: 3 },
  ),
  withheld: fc.array(
    fc.record({
      node: fc.constantFrom('sms-1', 'mail-1'),
      gate: fc.constantFrom('cap', 'consent'),
      at: instant,
    }),
    { maxLength: 2 },
  ),
  goals: fc.array(
    fc.record({ goal: fc.constantFrom('bought', 'opened'), at: instant, value: fc.constantFrom(0, 990) }),
    { maxLength: 2 },
  ),
})

const propertyTest = fc.oneof(
  fc.constantFrom(
    ...[
      { property: 'journey_id', op: 'eq' as const, value: 'qixi' },
      { property: 'node', op: 'eq' as const, value: 'sms-1' },
      { property: 'channel', op: 'in' as const, value: ['sms', 'in_app'] },
      { property: 'channel', op: 'not_set' as const },
      { property: 'reason', op: 'eq' as const, value: 'cap' },
      { property: 'control', op: 'eq' as const, value: true },
      { property: 'message_id', op: 'is_set' as const },
    ],
  ),
)
const filter = fc.record({
  event: fc.constantFrom(...actEventNames, ...actEventNames, 'order'),
  where: fc.oneof(
    { weight: 2, arbitrary: fc.array(propertyTest, { maxLength: 0 }) },
    fc.array(propertyTest, { maxLength: 2 }),
  ),
})
const eventsLeaf = fc
  .record({
    filter,
    measure: fc.constantFrom(...measures),
    property: fc.constantFrom(undefined, 'node', 'days_ago', 'channel', 'journey_id'),
    window: fc.oneof(fc.constant({ kind: 'ever' as const }), window),
    test: fc.constantFrom(
      { op: 'gte' as const, value: 1 },
      { op: 'eq' as const, value: 0 },
      { op: 'eq' as const, value: 'sms-1' },
      { op: 'lte' as const, value: 2 },
      { op: 'is_set' as const },
    ),
  })
  .map(
    ({ filter: of, property, test: asked, ...rest }): Leaf => ({
      ...{ kind: 'events', ...of, ...rest, ...asked },
      ...(property === undefined ? {} : { property }),
    }),
  )
const later = fc
  .record({ filter, within: fc.constantFrom(undefined, { amount: 2, unit: 'hour' as const }) })
  .map(({ filter: of, within }) => (within === undefined ? of : { ...of, within }))
const sequenceLeaf = fc
  .record({
    first: filter,
    next: fc.array(later, { maxLength: 2 }),
    without: fc.option(later, { nil: undefined }),
  })
  .map(
    ({ without, ...rest }): Leaf => ({
      ...{ kind: 'sequence', window: { kind: 'ever' }, ...rest },
      ...(without === undefined ? {} : { without }),
    }),
  )

const asks = (given: object): Condition =>
  conditionSchema.parse({ kind: 'events', op: 'gte', value: 1, ...given })

describe('conditions over messages and journeys', () => {
  test('hold in the copy for the same people as one by one, also after more has been done', async () => {
    const store = passageStorer(db.sqlite)
    const orders = people.map((id) => buyer(id, [0], [now - 2 * hour]))
    let parted = 0
    const property = fc.asyncProperty(
      fc.array(passage, { minLength: 10, maxLength: 20 }),
      fc.array(passage, { minLength: 1, maxLength: 8 }),
      fc.array(fc.oneof(eventsLeaf, eventsLeaf, sequenceLeaf), { minLength: 10, maxLength: 10 }),
      async (first, second, asked) => {
        db.sqlite.exec(
          'delete from goal_hits; delete from traces; delete from messages; delete from enrollments',
        )
        storeMembers(db.sqlite, orders)
        const compare = async () => {
          for (const condition of asked) {
            const found = await byCopy(condition)
            expect(found, JSON.stringify(condition)).toEqual(byMemory(condition).sort())
            if (found.length > 0 && found.length < people.length) parted += 1
          }
        }
        const ids = store(first)
        await compare()
        store(second)
        // Ends, messages taken back, people made one: what was known is told anew.
        db.sqlite.prepare(`update messages set status = 'failed' where enrollment_id = ?`).run(ids[0])
        db.sqlite.prepare(`update enrollments set customer_id = '11' where id = ?`).run(ids[1])
        db.sqlite.prepare('delete from goal_hits where enrollment_id = ?').run(ids[2])
        await compare()
      },
    )
    await fc.assert(property, { seed: 9_30, numRuns: 10 })
    expect(parted).toBeGreaterThan(25)
  })

  test('say who is in a journey at a moment, and who was', async () => {
    storeMembers(
      db.sqlite,
      people.map((id) => buyer(id, [], [])),
    )
    const empty = { control: false, messages: [], withheld: [], goals: [] }
    passageStorer(db.sqlite)([
      { ...empty, journey: 'qixi', customer: '1', at: now - hour, ended: null },
      { ...empty, journey: 'qixi', customer: '2', at: now - hour, ended: { at: now - 1, ending: 'end' } },
      { ...empty, journey: 'welcome', customer: '3', at: now - hour, ended: null },
    ])
    const isIn = asks({
      event: '$journey_current',
      where: [{ property: 'journey_id', op: 'eq', value: 'qixi' }],
    })
    for (const holds of [byCopy, byMemory]) {
      expect(await holds(isIn)).toEqual(['1'])
      expect(await holds(isIn, { ...moment, now: now - 2 })).toEqual(['1', '2'])
      expect(await holds(isIn, { ...moment, now: now - 2 * hour })).toEqual([])
    }
    // One that goes on has begun before, at the same moment.
    const [entered, current] = [{ event: '$journey_entered' }, { event: '$journey_current' }]
    for (const gap of [{}, { within: { amount: 1, unit: 'hour' } }])
      for (const holds of [byCopy, byMemory]) {
        const then = (first: object, next: object) =>
          conditionSchema.parse({ kind: 'sequence', first, next: [{ ...next, ...gap }] })
        expect(await holds(then(entered, current))).toEqual(['1', '3'])
        expect(await holds(then(current, entered))).toEqual([])
      }
  })

  test('know by which channel a message was withheld, from the journey as it was', async () => {
    storeMembers(
      db.sqlite,
      people.map((id) => buyer(id, [], [])),
    )
    const nodes = { 'sms-1': { type: 'send', config: { channel: 'sms' } } }
    db.sqlite
      .prepare(
        `insert into versions (journey_id, number, hash, graph, transitions, published_at) values ('qixi', 1, '', ?, '{}', 0)`,
      )
      .run(JSON.stringify({ nodes }))
    const kept = { node: 'sms-1', gate: 'cap', at: now - hour }
    passageStorer(db.sqlite)([
      ...[{ journey: 'qixi', customer: '1', at: now - hour, ended: null, control: false, messages: [] }].map(
        (one) => ({ ...one, withheld: [kept], goals: [] }),
      ),
    ])
    const by = (channel: string) =>
      asks({ event: '$message_withheld', where: [{ property: 'channel', op: 'eq', value: channel }] })
    for (const holds of [byCopy, byMemory]) {
      expect(await holds(by('sms'))).toEqual(['1'])
      expect(await holds(by('email'))).toEqual([])
    }
  })
})
