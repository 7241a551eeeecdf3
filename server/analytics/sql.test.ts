import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { FestivalId } from '../../shared/calendar/index.ts'
import { reachedFrom, type SavedAudience } from '../../shared/conditions/audiences.ts'
import type {
  AttributeTypes,
  Customer,
  CustomerEvent,
  PropertyValue,
} from '../../shared/conditions/customer.ts'
import { evaluate } from '../../shared/conditions/evaluate.ts'
import { noHistory } from '../../shared/conditions/history.ts'
import { HeldMemberships } from '../../shared/conditions/memberships.ts'
import {
  type Condition,
  conditionSchema,
  type Leaf,
  type Operand,
  operators,
  type TimeWindow,
} from '../../shared/conditions/schema.ts'
import { attributeTypes, formats } from '../../shared/conditions/types/index.ts'
import { intervalsOf, type TimeContext } from '../../shared/conditions/window.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { conditionSql, type Fragment } from './sql.ts'
import { Asking } from './where.ts'

interface Member {
  readonly customer: Customer
  readonly tags: readonly string[]
  readonly lists: readonly string[]
  /** In the order of their arrival. */
  readonly events: readonly CustomerEvent[]
}

/** Saved audiences: a condition, or null for a list. */
type Saved = Readonly<Record<string, Condition | null>>

const db = openDatabase(':memory:', { durability: 'off' })
afterAll(() => db.close())

function store(members: readonly Member[]): void {
  const { sqlite } = db
  for (const table of ['customers', 'events', 'tags', 'audience_members']) sqlite.exec(`delete from ${table}`)
  const flag = (value: boolean | null) => (value === null ? null : value ? 1 : 0)
  const addCustomer = sqlite.prepare(
    `insert into customers (id, shard, name, phone, email, gender, birthday, city, registered_at, timezone, language,
       consent_sms, consent_email, attributes, updated_at) values (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  )
  const addEvent = sqlite.prepare(
    `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
     values (?, ?, 0, ?, ?, 0, ?, ?, 'history', 0)`,
  )
  const addTag = sqlite.prepare('insert into tags (customer_id, tag, at) values (?, ?, 0)')
  const addMember = sqlite.prepare(
    'insert into audience_members (audience, customer_id, at) values (?, ?, 0)',
  )
  sqlite.transaction(() => {
    for (const { customer: c, tags, lists, events } of members) {
      addCustomer.run(
        c.id,
        c.name,
        c.phone,
        c.email,
        c.gender,
        c.birthday,
        c.city,
        c.registeredAt,
        c.timezone,
        c.language,
        flag(c.consentSms),
        flag(c.consentEmail),
        JSON.stringify(c.attributes),
      )
      for (const tag of tags) addTag.run(c.id, tag)
      for (const list of lists) addMember.run(list, c.id)
      for (const event of events)
        addEvent.run(event.id, c.id, event.name, event.at, event.amount, JSON.stringify(event.properties))
    }
  })()
}

/** A customer without data but orders at some of the times, of 10 yuan each. */
function buyer(id: string, indices: readonly number[], times: readonly number[]): Member {
  const known = { name: null, phone: null, email: null, gender: null, birthday: null, city: null }
  const unknown = { registeredAt: null, timezone: null, language: null, consentSms: null, consentEmail: null }
  const customer = {
    id,
    ...known,
    ...unknown,
    blacklisted: false,
    unsubscribed: [],
    closed: {},
    attributes: {},
  }
  const events = indices.flatMap((index) => {
    const at = times[index]
    return at === undefined
      ? []
      : [{ id: `${id}-${index}`, name: 'order', at, amount: 1_000, properties: {} }]
  })
  return { customer, tags: [], lists: [], events }
}

const savedIn =
  (saved: Saved): SavedAudience =>
  (key) =>
    Object.hasOwn(saved, key) ? saved[key] : undefined

/** Who passes by the whole base's SQL. */
function bySql(condition: Condition, saved: Saved, context: TimeContext, types?: AttributeTypes): string[] {
  const numbers = ({ sql, values }: Fragment) =>
    db.sqlite
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...values)
  const { members } = new Asking({ saved: savedIn(saved), types, numbers }, context, {
    conditions: [condition],
  })
  const { sql, values } = conditionSql(condition, { ...context, members, types })
  return db.sqlite
    .prepare<unknown[], { id: string }>(`select c.id from customers c where ${sql} order by c.id`)
    .all(...values)
    .map(({ id }) => id)
}

/** Who passes by the evaluation of one customer at a time. */
function inMemory(
  condition: Condition,
  saved: Saved,
  context: TimeContext,
  members: readonly Member[],
  types?: AttributeTypes,
) {
  const named = reachedFrom(Object.keys(saved), savedIn(saved))
  const holds = (asked: Condition, member: Member): boolean => {
    const known = {
      customer: types === undefined ? member.customer : { ...member.customer, types },
      tags: new Set(member.tags),
      events: member.events
        .map((event, arrival) => ({ event, arrival }))
        .sort((left, right) => left.event.at - right.event.at || left.arrival - right.arrival)
        .map(({ event }) => event),
    }
    const audiences = new HeldMemberships(new Set(member.lists), named, known)
    return evaluate(asked, { ...known, audiences, history: noHistory, entry: {} }, context)
  }
  return members
    .filter((member) => holds(condition, member))
    .map(({ customer }) => customer.id)
    .sort()
}

const texts = [
  '',
  'a',
  'A',
  'ab',
  '阿芳',
  '10',
  '9',
  '010',
  '9.5',
  '-3',
  '1e3',
  'true',
  '%',
  '_',
  'it"s\\',
  '🎁',
  '１０',
  ' 10',
  '1,280.00',
  '¥2000',
  '2781230000000000123',
  '2781230000000000124',
  '是',
  'a|b',
  'a、b',
  '2026/8/5',
  '20260805',
  '05/08/2026',
  '46239',
  '2026-08-05 18:30',
  '2026-08-05T10:30:00Z',
  '--02-29',
  '8月5日',
]
const numbers = [0, 1, 9, 9.5, 10, -3, 0.1, 0.2, 0.3, 0.7, 1e15, 1e21, 12_345.678_9]
const scalar = fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...numbers), fc.boolean())
const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
)
const comparison = fc
  .record({ op: fc.constantFrom(...operators), value: fc.option(operand, { nil: undefined, freq: 8 }) })
  .map(({ op, value }) => (value === undefined ? { op } : { op, value }))

const moment = (text: string) => Date.parse(text)
const day = 86_400_000
const nows = [
  '2026-08-05T02:00:00Z',
  '2026-08-18T16:00:00Z',
  '2026-11-01T06:30:00Z',
  '2027-02-27T20:00:00Z',
  '2028-02-28T03:00:00Z',
].map(moment)
/** Times on which windows begin and end, in several zones. */
const marks = [
  ...nows,
  ...['2024-08-09T16:00:00Z', '2025-08-28T16:00:00Z', '2026-08-18T16:00:00Z', '2026-08-04T16:00:00Z'].map(
    moment,
  ),
]
const instant = fc.oneof(
  fc
    .record({ mark: fc.constantFrom(...marks), off: fc.constantFrom(-1, 0, 1, -day, day) })
    .map(({ mark, off }) => mark + off),
  fc.integer({ min: moment('2023-06-01T00:00:00Z'), max: moment('2028-12-31T00:00:00Z') }),
)

const properties = ['category', 'items', 'score', 'a"b', 'constructor', 'days_ago', 'order_id', 'lines']
const line = fc.record({ title: fc.constantFrom(...texts), of: fc.record({ qty: fc.nat(3) }) })
const propertyValue: fc.Arbitrary<PropertyValue> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(line, { maxLength: 3 }) },
  { weight: 1, arbitrary: line },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...texts), { maxLength: 3 }) },
)
const dictionary = <T>(names: readonly string[], value: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), { selector: ([name]) => name, maxLength: 4 })
    .map((entries): Record<string, T> => Object.fromEntries(entries))

const event = fc.record({
  name: fc.constantFrom('order', 'order', 'refund', 'page_view'),
  at: instant,
  /** Of a refund: which of the customer's events it is of. */
  of: fc.nat(8),
  amount: fc.option(fc.constantFrom(0, 1, 990, 1_000, 20_000, 123_456), { freq: 5 }),
  properties: dictionary(properties, propertyValue),
})

const attributes = ['tier', 'level', 'expires', 'a"b', 'constructor']
const dates = [
  '1990-02-28',
  '1990-02-29',
  '1992-08-05',
  '2001-08-19',
  '2000-03-01',
  '1990-2-28',
  'x1990-02-28',
  '--08-05',
  '1990/8/5',
  '20260805',
  '1992年8月5日',
  '46239',
  '2026-08-05 02:30:00',
  '',
]
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 })
const text = fc.constantFrom(...texts)
const member = fc.record({
  customer: fc.record({
    name: maybe(text),
    phone: maybe(text),
    email: fc.constant(null),
    gender: maybe(fc.constantFrom('female', 'male')),
    birthday: maybe(fc.constantFrom(...dates)),
    city: maybe(text),
    registeredAt: maybe(instant),
    timezone: maybe(fc.constantFrom('Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Auckland', 'nowhere')),
    language: maybe(fc.constantFrom('zh-CN', 'en')),
    consentSms: maybe(fc.boolean()),
    consentEmail: fc.constant(null),
    blacklisted: fc.boolean(),
    unsubscribed: fc.constant<string[]>([]),
    closed: fc.constant({}),
    attributes: dictionary(attributes, fc.oneof(scalar, fc.constantFrom(...dates))),
  }),
  tags: fc.uniqueArray(fc.constantFrom('vip', '新客', "o'clock")),
  lists: fc.uniqueArray(fc.constantFrom('list-a', 'list-b')),
  events: fc.array(event, { maxLength: 8 }),
})
const base = fc.array(member, { minLength: 1, maxLength: 6 }).map((members): Member[] =>
  members.map(({ customer, events, ...rest }, index) => ({
    ...rest,
    customer: { ...customer, id: `${index}` },
    events: events.map(({ of, ...one }, number) => ({
      ...one,
      id: `${index}-${number}`,
      ...(one.name === 'refund' ? { properties: { ...one.properties, order_id: `${index}-${of}` } } : {}),
    })),
  })),
)

const festival = fc.constantFrom<FestivalId>('qixi', 'spring_festival', 'laba', 'new_year')
const festivalDay = fc.record({
  years: fc.integer({ min: -3, max: 1 }),
  days: fc.integer({ min: -40, max: 40 }),
})
const bound = fc.constantFrom(
  '2024-08-10',
  '2025-08-29 00:00',
  '2026-08-05T10:00:00+08:00',
  '2026-8-19',
  'soon',
  '',
)
const window: fc.Arbitrary<TimeWindow> = fc.oneof(
  fc.constant<TimeWindow>({ kind: 'ever' }),
  fc.record({ from: fc.option(bound, { nil: undefined }), to: fc.option(bound, { nil: undefined }) }).map(
    ({ from, to }): TimeWindow => ({
      kind: 'between',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    }),
  ),
  fc.record({
    kind: fc.constant('last' as const),
    span: fc.record({
      amount: fc.integer({ min: 0, max: 40 }),
      unit: fc.constantFrom(
        'minute' as const,
        'hour' as const,
        'day' as const,
        'month' as const,
        'year' as const,
      ),
    }),
    wholeDays: fc.boolean(),
  }),
  fc.constant<TimeWindow>({ kind: 'since_entry' }),
  fc
    .record({ festival, from: festivalDay, to: festivalDay, past: fc.option(fc.integer({ min: 1, max: 3 })) })
    .map(
      ({ past, ...rest }): TimeWindow => ({ kind: 'festival', ...rest, ...(past === null ? {} : { past }) }),
    ),
)

const propertyName = fc.constantFrom('amount', 'lines.title', 'lines.of.qty', ...properties)
const propertyTest = fc
  .record({ property: propertyName, test: comparison })
  .map(({ property, test: made }) => ({ property, ...made }))
const eventsLeaf = fc
  .record({
    event: fc.constantFrom('order', 'page_view', 'never'),
    where: fc.array(propertyTest, { maxLength: 2 }),
    measure: fc.constantFrom('count' as const, 'sum' as const, 'first' as const, 'last' as const),
    property: fc.option(propertyName, { nil: undefined }),
    window,
    test: comparison,
  })
  .map(
    ({ property, test: made, ...rest }): Leaf => ({
      kind: 'events',
      ...rest,
      ...(property === undefined ? {} : { property }),
      ...made,
    }),
  )

const columns = ['customer_id', 'name', 'gender', 'birthday', 'city', 'registered_at', 'language']
const audienceKey = (keys: readonly string[]) => fc.constantFrom('list-a', 'list-b', 'unknown', ...keys)
const leaf = (keys: readonly string[]): fc.Arbitrary<Leaf> =>
  fc.oneof(
    { weight: 4, arbitrary: eventsLeaf },
    {
      weight: 3,
      arbitrary: fc
        .record({ name: fc.constantFrom(...columns, ...attributes), test: comparison })
        .map(({ name, test: made }): Leaf => ({ kind: 'attribute', name, ...made })),
    },
    fc.record({
      kind: fc.constant('tag' as const),
      tag: fc.constantFrom('vip', '新客', "o'clock", 'none'),
      has: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('audience' as const), audience: audienceKey(keys), member: fc.boolean() }),
    fc.record({
      kind: fc.constant('anniversary' as const),
      name: fc.constantFrom('birthday', 'expires', 'registered_at', 'tier'),
      days: fc.oneof(fc.constantFrom(0, 1, 14), fc.integer({ min: -366, max: 366 })),
      repeat: fc.constantFrom('yearly' as const, 'once' as const),
      within: fc.boolean(),
      own: fc.boolean(),
    }),
    comparison.map((made): Leaf => ({ kind: 'history', node: 'send', ...made })),
    comparison.map((made): Leaf => ({ kind: 'entry', property: 'amount', ...made })),
  )
const conditionOver = (keys: readonly string[]): fc.Arbitrary<Condition> =>
  fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf(keys),
      fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
      fc.record({ kind: fc.constant('all' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
      fc.record({ kind: fc.constant('any' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    ),
  })).condition

/** Saved conditions may refer to each other, also in circles. */
const keys = ['first', 'second', 'third', 'fourth']
const saved = fc
  .record({
    first: conditionOver([]),
    second: conditionOver(['first']),
    third: conditionOver(['first', 'second']),
    fourth: conditionOver(keys),
  })
  .map((conditions): Saved => ({ ...conditions, 'list-a': null, 'list-b': null }))

/** Types that attributes are declared to be; of some none is. */
const types: fc.Arbitrary<AttributeTypes | undefined> = fc.option(
  fc.record({
    zone: fc.constantFrom('Asia/Shanghai', 'America/New_York'),
    currency: fc.constantFrom('CNY', 'JPY'),
    of: dictionary(
      attributes,
      fc.record({ type: fc.constantFrom(...attributeTypes), format: fc.option(fc.constantFrom(...formats)) }),
    ),
  }),
  { nil: undefined, freq: 5 },
)

const context: fc.Arbitrary<TimeContext> = fc.record({
  now: fc.constantFrom(...nows),
  zone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'),
  enteredAt: fc.option(instant),
  anchors: fc.constantFrom({}, { qixi: '2026-08-19' }, { qixi: '2025-08-29', laba: '2026-01-26' }),
})

type EventsLeaf = Extract<Leaf, { kind: 'events' }>
const ever: EventsLeaf = {
  kind: 'events',
  event: 'order',
  where: [],
  measure: 'count',
  window: { kind: 'ever' },
  op: 'is_set',
}
const birthday: Leaf = { kind: 'anniversary', name: 'birthday', days: 0 }
const scores: EventsLeaf = { ...ever, property: 'score' }
const listed: EventsLeaf = { ...ever, op: 'gte', value: 1 }
const has = { property: 'categories' } as const

/** Tests whose answer turns on a single event. */
const closeTest: fc.Arbitrary<EventsLeaf> = fc.oneof(
  fc
    .record({ op: fc.constantFrom('gte' as const, 'eq' as const), value: fc.integer({ min: 0, max: 4 }) })
    .map((made): EventsLeaf => ({ ...ever, ...made })),
  fc
    .integer({ min: 0, max: 4 })
    .map((many): EventsLeaf => ({ ...ever, measure: 'sum', op: 'gt', value: many * 1_000 })),
  fc
    .record({
      measure: fc.constantFrom('first' as const, 'last' as const),
      days: fc.constantFrom(0, 1, 30, 400),
    })
    .map(
      ({ measure, days }): EventsLeaf => ({ ...ever, measure, property: 'days_ago', op: 'lte', value: days }),
    ),
)

describe('a condition', () => {
  test('holds for the same customers by SQL over the base and by evaluation of each', () => {
    const conditions = fc.array(conditionOver(keys), { minLength: 8, maxLength: 8 })
    const property = fc.property(
      base,
      saved,
      context,
      types,
      conditions,
      (members, audiences, at, own, asked) => {
        store(members)
        for (const condition of asked)
          expect(bySql(condition, audiences, at, own), JSON.stringify(condition)).toEqual(
            inMemory(condition, audiences, at, members, own),
          )
      },
    )
    fc.assert(property, { seed: 7_07, numRuns: 400 })
  })

  test('takes in and leaves out the same events at the very ends of a window', () => {
    const picks = fc.array(fc.subarray([...Array(24).keys()]), { minLength: 4, maxLength: 4 })
    const asked = fc.array(closeTest, { minLength: 4, maxLength: 4 })
    let parted = 0
    const property = fc.property(window, context, picks, asked, (span, at, chosen, tests) => {
      const ends = intervalsOf(span, at).flatMap(([from, to]) => [from, to].filter(Number.isFinite))
      const times = [...ends, at.now, at.now + 1].flatMap((end) => [end - 1, end, end + 1])
      const members = chosen.map((indices, index) => buyer(`${index}`, indices, times))
      store(members)
      for (const asking of tests) {
        const condition: Condition = { ...asking, window: span }
        const found = bySql(condition, {}, at)
        expect(found, JSON.stringify(condition)).toEqual(inMemory(condition, {}, at, members))
        if (found.length > 0 && found.length < members.length) parted += 1
      }
    })
    fc.assert(property, { seed: 7_07, numRuns: 400 })
    expect(parted).toBeGreaterThan(400)
  })

  test('that asks many things of one event is answered in one walk over it, and as each by itself', () => {
    const counted = eventsLeaf.map(
      (made): Leaf =>
        made.kind === 'events'
          ? { ...made, event: 'order', measure: made.measure === 'first' ? 'count' : made.measure }
          : made,
    )
    const groups = fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(fc.oneof({ weight: 4, arbitrary: counted }, leaf([])), { minLength: 5, maxLength: 12 }),
    })
    const property = fc.property(base, context, types, groups, (members, at, own, condition) => {
      store(members)
      const turned: Condition = { kind: 'not', of: condition }
      for (const asked of [condition, turned])
        expect(bySql(asked, {}, at, own), JSON.stringify(asked)).toEqual(
          inMemory(asked, {}, at, members, own),
        )
    })
    fc.assert(property, { seed: 7_07, numRuns: 400 })
    const { sql } = conditionSql(
      { kind: 'any', of: Array.from({ length: 50 }, (_, index) => ({ ...listed, value: index })) },
      { now: 0, zone: 'UTC', enteredAt: null, anchors: {}, members: () => null, types: undefined },
    )
    expect(sql.match(/from events e/g)).toHaveLength(1)
  })

  test.each<[string, Condition, string[]]>([
    ['a missing birthday is not today', { kind: 'not', of: birthday }, ['none']],
    [
      'decimals add up in the order of the events',
      { ...scores, measure: 'sum', op: 'eq', value: 0.1 + 0.2 + 0.3 },
      ['some'],
    ],
    [
      'a sum is not rounded before it is compared',
      { ...scores, measure: 'sum', op: 'lt', value: 0.6 },
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
    ['one of a list is enough', { ...listed, where: [{ ...has, op: 'eq', value: '箱包' }] }, ['some']],
    ['none of a list may be equal', { ...listed, where: [{ ...has, op: 'ne', value: '箱包' }] }, []],
  ])('%s', (_rule, condition, expected) => {
    const at: TimeContext = { now: nows[0] ?? 0, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }
    const [none, some] = [buyer('none', [], []), buyer('some', [0, 1, 2], [1, 2, 3])]
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
    store(members)
    expect(bySql(condition, {}, at)).toEqual(expected)
    expect(inMemory(condition, {}, at, members)).toEqual(expected)
  })

  test('is made in every form that the schema knows', () => {
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
    expect(kinds.size).toBe(10 + 4 * 5)
  })
})
