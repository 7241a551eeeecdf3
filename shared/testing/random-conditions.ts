import fc from 'fast-check'
import type { FestivalId } from '../calendar/index.ts'
import {
  type ContactStateId,
  contactChannelIds,
  contactStateIds,
  isDated,
  statesOfChannel,
} from '../conditions/contact.ts'
import {
  type AttributeTypes,
  type Customer,
  type CustomerEvent,
  closures,
  type PropertyValue,
} from '../conditions/customer.ts'
import { leftProperties, lineEvent } from '../conditions/lines.ts'
import type { AskedGood } from '../conditions/picks.ts'
import {
  type Condition,
  type Leaf,
  measures,
  type Operand,
  operators,
  type PickTest,
  type TimeWindow,
} from '../conditions/schema.ts'
import { attributeTypes, formats } from '../conditions/types/index.ts'
import type { TimeContext } from '../conditions/window.ts'

/** Conditions and bases by chance, as large as it takes for tests to part their members. */

export interface Member {
  readonly customer: Customer
  readonly tags: readonly string[]
  readonly lists: readonly string[]
  /** In the order of their arrival. */
  readonly events: readonly CustomerEvent[]
  /** What they would be shown of the products. */
  readonly picks?: readonly AskedGood[]
}

/** Saved audiences: a condition, or null for a list. */
export type Saved = Readonly<Record<string, Condition | null>>

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
  // Halves of an emoji, the sign that stands for them, a NUL, and what other programs write for what is no number.
  '\ud83c',
  'x\udf81',
  '\ufffd',
  'a\0b',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  'null',
  '[1]',
  '{"a":1}',
  '2026-08-05T18:30:00.5+08:00',
  '2026-02-30',
  '0000-01-01',
  '9999-12-30 23:59',
]
const numbers = [
  ...[0, -0, 1, 9, 9.5, 10, -3, 0.1, 0.2, 0.3, 0.7, 1e15, 1e21, 12_345.678_9],
  ...[
    1e-7,
    1.5e-6,
    123_456_789_012,
    1e20,
    2 ** 53,
    2 ** 53 - 1,
    5e-324,
    1.797_693_134_862_315_7e308,
    20_260_805,
  ],
]
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
export const nows = [
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
  fc.constantFrom(...['0001-01-05T00:00:00Z', '1900-01-01T00:00:00Z', '2011-11-06T02:31:30Z'].map(moment)),
)

const properties = [
  ...['category', 'items', 'score', 'a"b', 'constructor', 'days_ago', 'order_id', 'lines', 'amount'],
  ...['a.b', 'a/b', 'a~1', '*', '$', '0', "it's", '属性', 'lines.title'],
]
const line = fc.record({ title: fc.constantFrom(...texts), of: fc.record({ qty: fc.nat(3) }) })
const propertyValue: fc.Arbitrary<PropertyValue> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(line, { maxLength: 3 }) },
  { weight: 1, arbitrary: line },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...texts), { maxLength: 3 }) },
)
const soldLine: fc.Arbitrary<PropertyValue> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .dictionary(
        fc.constantFrom('sku', 'title', 'category', 'score'),
        fc.constantFrom('a', '10', '🎁', '阿芳', 'a|b'),
        { maxKeys: 3 },
      )
      .chain((named) =>
        fc
          .record(
            {
              price: fc.constantFrom(0, 990, 12_345),
              quantity: fc.constantFrom(1, 2, 0.5),
              discount: fc.constantFrom(100),
              amount: fc.constantFrom(1_000),
              status: fc.constantFrom('refunded', '已发货'),
            },
            { requiredKeys: [] },
          )
          .map((counted): PropertyValue => ({ ...named, ...counted })),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom<PropertyValue>('茶', 7, true) },
)
const backLine: fc.Arbitrary<PropertyValue> = fc
  .record(
    {
      sku: fc.constantFrom('a', '10', 10, '🎁', 'none'),
      quantity: fc.constantFrom<PropertyValue>(0, 0.5, 1, 2, 1, 'two'),
      amount: fc.constantFrom(0, 1, 300, 990, 1_000),
    },
    { requiredKeys: ['sku'] },
  )
  .map((one): PropertyValue => one)
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
  sold: fc.option(fc.array(soldLine, { maxLength: 3 }), { freq: 1 }),
  /** Of a refund: the lines that it names. */
  back: fc.option(fc.array(backLine, { maxLength: 3 }), { freq: 1 }),
})

const attributes = [
  'tier',
  'level',
  'expires',
  'a"b',
  'constructor',
  'a.b',
  'a/b~',
  '*',
  '0',
  "it's",
  '__proto__x',
]
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
  '2028-02-29',
  '0001-01-05',
  '9999-12-30',
  '',
]
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 })
/** A column of a database holds no half of an emoji; JSON does. */
const text = fc.constantFrom(...texts.filter((one) => !/\p{Surrogate}/u.test(one)))
const member = fc.record({
  customer: fc.record({
    name: maybe(text),
    phone: maybe(text),
    email: maybe(fc.constantFrom('wang@example.com', 'Wang@Example.com')),
    gender: maybe(fc.constantFrom('female', 'male')),
    birthday: maybe(fc.constantFrom(...dates)),
    city: maybe(fc.oneof(text, fc.constantFrom(...dates))),
    registeredAt: maybe(instant),
    timezone: maybe(
      fc.constantFrom('Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Auckland', '+05:45', 'nowhere'),
    ),
    language: maybe(fc.constantFrom('zh-CN', 'en')),
    consentSms: maybe(fc.boolean()),
    consentEmail: maybe(fc.boolean()),
    blacklisted: fc.boolean(),
    unsubscribed: fc.constant<string[]>([]),
    closed: fc.dictionary(fc.constantFrom('sms', 'email', 'in_app'), fc.constantFrom(...closures), {
      maxKeys: 2,
    }),
    closedSince: fc.dictionary(fc.constantFrom('sms', 'email', 'in_app', '*'), instant),
    addressTimes: fc.dictionary(fc.constantFrom('sms verified', 'email verified'), instant),
    attributes: dictionary(attributes, fc.oneof(scalar, fc.constantFrom(...dates))),
  }),
  tags: fc.uniqueArray(fc.constantFrom('vip', '新客', "o'clock")),
  lists: fc.uniqueArray(fc.constantFrom('list-a', 'list-b')),
  events: fc.array(event, { maxLength: 8 }),
  picks: fc.array(
    fc.record({
      id: fc.constantFrom('TEA', 'POT', 'CUP'),
      category: fc.option(fc.constantFrom('茶', '茶具')),
      price: fc.option(fc.constantFrom(990, 5_900)),
    }),
    { maxLength: 3 },
  ),
})
/** Since when channels are closed, of those that are; of a doubt nobody says when it arose. */
function sinceOf({
  blacklisted,
  closed,
  closedSince,
}: Pick<Customer, 'blacklisted' | 'closed' | 'closedSince'>) {
  const isClosed = (channel: string) =>
    channel === '*' ? blacklisted : closed[channel] !== undefined && closed[channel] !== 'doubtful'
  return Object.fromEntries(Object.entries(closedSince ?? {}).filter(([channel]) => isClosed(channel)))
}

/** Which addresses are verified, and since when, of those that there are. */
function verifiedOf({ phone, email, addressTimes }: Pick<Customer, 'phone' | 'email' | 'addressTimes'>) {
  const address = (name: string) => (name === 'sms verified' ? phone : email)
  return Object.fromEntries(Object.entries(addressTimes ?? {}).filter(([name]) => address(name)))
}

/** So many members at most, each with a number for an id; refunds are of orders of their own. */
export const baseOf = (minLength: number, maxLength: number): fc.Arbitrary<Member[]> =>
  fc.array(member, { minLength, maxLength }).map((members): Member[] =>
    members.map(({ customer, events, ...rest }, index) => ({
      ...rest,
      customer: {
        ...customer,
        ...{ closedSince: sinceOf(customer), addressTimes: verifiedOf(customer), id: `${index}` },
      },
      events: events.map(({ of, sold, back, ...one }, number) => ({
        ...one,
        id: `${index}-${number}`,
        properties: {
          ...one.properties,
          ...(sold === null ? {} : { items: sold }),
          ...(one.name === 'refund' ? { order_id: `${index}-${of}` } : {}),
          ...(one.name === 'refund' && back !== null ? { lines: back } : {}),
        },
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
  '0001-01-03',
  '9999-12-30',
  'soon',
  '',
)
export const window: fc.Arbitrary<TimeWindow> = fc.oneof(
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

const propertyName = fc.constantFrom(
  'amount',
  'lines.title',
  'lines.of.qty',
  'lines.of',
  ...['items.title', 'sku', 'title', 'quantity', 'price', ...leftProperties],
  ...properties,
)
const propertyTest = fc
  .record({ property: propertyName, test: comparison })
  .map(({ property, test: made }) => ({ property, ...made }))
export const eventsLeaf = fc
  .record({
    event: fc.constantFrom('order', lineEvent, 'page_view', 'never'),
    where: fc.array(propertyTest, { maxLength: 2 }),
    measure: fc.constantFrom(...measures),
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

const gap = fc.record({
  amount: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('minute' as const, 'hour' as const, 'day' as const, 'week' as const),
})
const propertyTests = (maxLength: number) => fc.array(propertyTest, { maxLength })
/** Mostly of events that there are and without much that narrows them down, so that some come after others. */
const filter = fc.record({
  event: fc.constantFrom('order', lineEvent, 'page_view', 'page_view', 'refund', 'never'),
  where: fc.oneof({ weight: 3, arbitrary: propertyTests(0) }, { weight: 1, arbitrary: propertyTests(1) }),
})
const laterStep = fc
  .record({ filter, within: fc.option(gap, { nil: undefined }) })
  .map(({ filter: made, within }) => (within === undefined ? made : { ...made, within }))
export const sequenceLeaf = fc
  .record({
    first: filter,
    next: fc.array(laterStep, { maxLength: 2 }),
    without: fc.option(laterStep, { nil: undefined, freq: 2 }),
    window: fc.oneof(fc.constant<TimeWindow>({ kind: 'ever' }), window),
  })
  .map(
    ({ without, ...rest }): Leaf => ({
      kind: 'sequence',
      ...rest,
      ...(without === undefined ? {} : { without }),
    }),
  )

export const picksLeaf = fc
  .record({
    where: fc.array(
      fc.oneof(
        fc.constantFrom<PickTest>(
          { field: 'category', op: 'is_set' },
          { field: 'category', op: 'eq', value: '茶具' },
          { field: 'sku', op: 'in', value: ['TEA', 'CUP'] },
          { field: 'price', op: 'lte', value: 990 },
        ),
      ),
      { maxLength: 2 },
    ),
    first: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
    least: fc.integer({ min: 1, max: 2 }),
  })
  .map(
    ({ where, first, least }): Leaf => ({
      kind: 'picks',
      where,
      least: Math.min(least, first ?? least),
      ...(first === undefined ? {} : { first }),
    }),
  )

const columns = [
  ...['customer_id', 'name', 'phone', 'email', 'gender', 'birthday', 'city', 'registered_at', 'language'],
]
const audienceKey = (keys: readonly string[]) => fc.constantFrom('list-a', 'list-b', 'unknown', ...keys)
const contact = (states: readonly ContactStateId[]) =>
  fc.constantFrom(...contactChannelIds).chain((channel) =>
    fc.record({
      kind: fc.constant('contact' as const),
      channel: fc.constant(channel),
      state: fc.constantFrom(...states.filter((state) => statesOfChannel(channel).includes(state))),
    }),
  )

export const leaf = (keys: readonly string[]): fc.Arbitrary<Leaf> =>
  fc.oneof(
    { weight: 4, arbitrary: eventsLeaf },
    { weight: 2, arbitrary: sequenceLeaf },
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
    contact(contactStateIds),
    fc.tuple(contact(contactStateIds.filter(isDated)), window).map(([asked, within]) => ({
      ...asked,
      window: within,
    })),
    fc.record({ kind: fc.constant('audience' as const), audience: audienceKey(keys), member: fc.boolean() }),
    fc.record({
      kind: fc.constant('anniversary' as const),
      name: fc.constantFrom('birthday', 'expires', 'registered_at', 'tier', 'level', 'city', 'customer_id'),
      days: fc.oneof(fc.constantFrom(0, 1, 14), fc.integer({ min: -366, max: 366 })),
      repeat: fc.constantFrom('yearly' as const, 'once' as const),
      within: fc.boolean(),
      own: fc.boolean(),
    }),
    comparison.map((made): Leaf => ({ kind: 'history', node: 'send', ...made })),
    comparison.map((made): Leaf => ({ kind: 'entry', property: 'amount', ...made })),
    { weight: 2, arbitrary: picksLeaf },
  )
export const conditionOver = (keys: readonly string[]): fc.Arbitrary<Condition> =>
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
export const keys = ['first', 'second', 'third', 'fourth']
export const saved = fc
  .record({
    first: conditionOver([]),
    second: conditionOver(['first']),
    third: conditionOver(['first', 'second']),
    fourth: conditionOver(keys),
  })
  .map((conditions): Saved => ({ ...conditions, 'list-a': null, 'list-b': null }))

/** Types that attributes are declared to be; of some none is. */
export const types: fc.Arbitrary<AttributeTypes | undefined> = fc.option(
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

export const context: fc.Arbitrary<TimeContext> = fc.record({
  now: fc.constantFrom(...nows),
  zone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'America/St_Johns'),
  enteredAt: fc.option(instant),
  anchors: fc.constantFrom({}, { qixi: '2026-08-19' }, { qixi: '2025-08-29', laba: '2026-01-26' }),
})

export type EventsLeaf = Extract<Leaf, { kind: 'events' }>
export const ever: EventsLeaf = {
  kind: 'events',
  event: 'order',
  where: [],
  measure: 'count',
  window: { kind: 'ever' },
  op: 'is_set',
}
/** Tests whose answer turns on a single event. */
export const closeTest: fc.Arbitrary<EventsLeaf> = fc.oneof(
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

/** Some property of all events of a name. */
export const measured: fc.Arbitrary<EventsLeaf> = fc
  .record({ event: fc.constantFrom('order', 'page_view'), property: propertyName })
  .map((made) => ({ ...ever, ...made }))

const counted = eventsLeaf.map(
  (made): Leaf =>
    made.kind === 'events'
      ? { ...made, event: 'order', measure: made.measure === 'first' ? 'count' : made.measure }
      : made,
)
/** Many tests of one event among a few others, in one group. */
export const countedGroup: fc.Arbitrary<Condition> = fc.record({
  kind: fc.constantFrom('all' as const, 'any' as const),
  of: fc.array(fc.oneof({ weight: 4, arbitrary: counted }, leaf([])), { minLength: 5, maxLength: 12 }),
})
