import fc from 'fast-check'
import type { Brand } from '../journey/brand.ts'
import type { Journey } from '../journey/graph.ts'
import { connected, type Draft, type Drawn, type Node, plain, timed } from './random-journeys.ts'
import { sketchBrand } from './sketch.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A morning three weeks before a festival. */
export const begin = Date.parse('2027-07-19T10:00:00+08:00')
/** Event triggers let in for thirty days in a rehearsal. */
export const finish = begin + 29 * dayMs

const name = { en: 'n', 'zh-CN': '名' }
const time = fc.constantFrom('00:00', '08:30', '10:00', '21:30', '23:59')
const soon = fc
  .integer({ min: 1, max: 20 })
  .map((day) => `2027-${day > 11 ? '08' : '07'}-${day > 11 ? String(day - 10).padStart(2, '0') : 20 + day}`)
const span = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit: fc.constant('minute') }),
  fc.record({ amount: fc.integer({ min: 1, max: 40 }), unit: fc.constant('hour') }),
  fc.record({ amount: fc.integer({ min: 1, max: 5 }), unit: fc.constantFrom('day', 'week') }),
)
const visits = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null })
const amountTest = fc.record({
  property: fc.constant('amount'),
  op: fc.constantFrom('gte', 'lt'),
  value: fc.constantFrom(1000, 5000),
})
const shopTest = fc.record({
  property: fc.constant('shop'),
  op: fc.constantFrom('eq', 'ne', 'in'),
  value: fc.constantFrom('a', '1'),
})
const where = fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, fc.tuple(fc.oneof(amountTest, shopTest)))
const filter = fc.record({ event: fc.constantFrom('order', 'order', 'view', 'cart'), where })

const window = fc.oneof(
  fc.constant({ kind: 'ever' }),
  fc.record({ kind: fc.constant('last'), span, wholeDays: fc.boolean() }),
)
const leaf = fc.oneof(
  fc.record({ kind: fc.constant('tag'), tag: fc.constantFrom('vip', 'seen'), has: fc.boolean() }),
  fc.record({
    kind: fc.constant('attribute'),
    name: fc.constantFrom('points', 'code'),
    op: fc.constantFrom('gte', 'lt', 'eq', 'ne'),
    value: fc.constantFrom(10, 100),
  }),
  fc.record({
    kind: fc.constant('attribute'),
    name: fc.constantFrom('city', 'name', 'phone'),
    op: fc.constantFrom('is_set', 'not_set'),
  }),
  fc.record({
    kind: fc.constant('attribute'),
    name: fc.constant('city'),
    op: fc.constantFrom('eq', 'ne', 'in'),
    value: fc.constant('杭州'),
  }),
  fc.record({
    kind: fc.constant('audience'),
    audience: fc.constantFrom('kept', 'buyers'),
    member: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('events'),
    event: fc.constantFrom('order', 'view'),
    where,
    measure: fc.constant('count'),
    window,
    op: fc.constantFrom('gte', 'eq', 'lt'),
    value: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('events'),
    event: fc.constant('order'),
    measure: fc.constantFrom('sum', 'average'),
    property: fc.constant('amount'),
    window,
    op: fc.constantFrom('gte', 'lt'),
    value: fc.constantFrom(1000, 5000),
  }),
  fc.record({
    kind: fc.constant('events'),
    event: fc.constant('order'),
    measure: fc.constant('distinct'),
    property: fc.constant('amount'),
    window,
    op: fc.constantFrom('gte', 'lt'),
    value: fc.constantFrom(1, 2),
  }),
  fc.record({
    kind: fc.constant('anniversary'),
    name: fc.constant('birthday'),
    days: fc.integer({ min: 0, max: 20 }),
    within: fc.boolean(),
    own: fc.boolean(),
  }),
)
/** A condition on somebody who has not come in yet. */
const condition = fc.oneof(
  { weight: 3, arbitrary: leaf },
  fc.record({ kind: fc.constantFrom('all', 'any'), of: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
  fc.record({ kind: fc.constant('not'), of: leaf }),
)
/** What only somebody on the way can be asked. */
const inside = fc.oneof(
  { weight: 3, arbitrary: condition },
  fc.record({
    kind: fc.constant('history'),
    node: fc.constant('n0'),
    op: fc.constantFrom('gte', 'lt'),
    value: fc.constantFrom(1, 2),
  }),
  fc.record({
    kind: fc.constant('events'),
    event: fc.constant('order'),
    window: fc.constant({ kind: 'since_entry' }),
    op: fc.constant('gte'),
    value: fc.constant(1),
  }),
)

const weekDays = fc.oneof(
  fc.constantFrom('any', 'weekday', 'weekend'),
  fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
)
const until = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('duration'), span }) },
  fc.record({ kind: fc.constant('date'), date: soon, time }),
  fc.record({
    kind: fc.constant('festival'),
    festival: fc.constant('qixi'),
    days: fc.integer({ min: -15, max: 3 }),
    time,
  }),
  fc.record({
    kind: fc.constant('weekday'),
    days: weekDays,
    from: time,
    to: time,
    inside: fc.constantFrom('go_on', 'next'),
  }),
  fc.record({ kind: fc.constant('time'), time, days: weekDays }),
  fc.record({
    kind: fc.constant('customer_date'),
    attribute: fc.constantFrom('birthday', 'due', 'due'),
    days: fc.integer({ min: -5, max: 5 }),
    time: fc.option(time, { nil: null }),
    minutes: fc.constantFrom(0, 0, -90, 45),
    repeat: fc.constantFrom('yearly', 'once'),
  }),
)
/** Whether time surely passes at every visit, so that a loop may lead here. */
const takesTime = (config: { readonly until: { readonly kind: string; readonly inside?: string } }) =>
  ['duration', 'time'].includes(config.until.kind) || config.until.inside === 'next'
const wait = fc
  .record({
    until,
    maxVisits: visits,
    late: fc.constantFrom('go_on', 'skip', 'leave'),
    lateBy: fc.option(span, { nil: null }),
    missing: fc.constantFrom('leave', 'skip'),
  })
  .map(({ maxVisits, ...config }) => {
    const own = config.until.kind === 'customer_date' && config.missing === 'skip' ? ['no_date'] : []
    const ports = config.late === 'skip' ? ['done', 'late', ...own] : ['done', ...own]
    const counted = takesTime(config) ? maxVisits : null
    return timed(['wait', { ...config, maxVisits: counted }], ports, counted, ['done'])
  })
const waitEvent = fc
  .record({
    filter,
    also: fc.array(fc.record({ filter, port: fc.constantFrom(null, 'other') }), { maxLength: 2 }),
    limit: span,
    maxVisits: visits,
    since: fc.constantFrom('wait', 'entry'),
    bound: fc.boolean(),
    graceMinutes: fc.constantFrom(0, 0, 90),
  })
  .map(({ maxVisits, also, ...config }) => {
    // Of two ways out one name each: the second of a name is the first event's.
    const ways = also.map((one, at) => (at > 0 ? { ...one, port: null } : one))
    const own = ways.flatMap(({ port }) => (port === null ? [] : [port]))
    const ports = ['happened', ...own, 'timeout']
    return timed(['wait_event', { ...config, also: ways, maxVisits }], ports, maxVisits, ['timeout'])
  })
/** Nobody decides, here or in a rehearsal. */
const decision = fc.record({ limit: span, said: fc.boolean() }).map(({ limit, said }) => {
  const text = said ? '{{ customer.name }}' : '{{ customer.id }}'
  const buttons = ['yes', 'no'].map((id) => ({ id, name, share: 0 }))
  return plain(['decision', { title: text, buttons, limit }], ['yes', 'no', 'timeout'])
})
const branch = fc.array(inside, { minLength: 1, maxLength: 3 }).map((conditions) => {
  const branches = conditions.map((when, at) => ({ id: `b${at}`, name, when }))
  return plain(['branch', { branches }], [...branches.map(({ id }) => id), 'otherwise'])
})
const split = fc.constantFrom(2, 4).map((count) => {
  const variants = Array.from({ length: count }, (_, at) => ({ id: `v${at}`, name, weight: 100 / count }))
  return plain(
    ['split', { variants }],
    variants.map(({ id }) => id),
  )
})
const texts = [
  '您好',
  '{{ customer.name }}，您好',
  "{{ customer.name | default: '朋友' }}，{{ today | date: '%m月%d日' }}见",
  '您有 {{ customer.points }} 分',
  "券码 {{ coupon.code | default: '没有' }}",
]
const send = fc
  .record({
    channel: fc.constantFrom('sms', 'sms', 'email', 'in_app'),
    text: fc.constantFrom(...texts),
    purpose: fc.constantFrom('marketing', 'marketing', 'service'),
    quiet: fc.constantFrom('defer', 'skip'),
    english: fc.boolean(),
  })
  .map(({ text, english, ...config }) => {
    const words = english ? { 'zh-CN': text, en: `Hello, ${text}` } : { 'zh-CN': text }
    const subject = config.channel === 'email' ? { 'zh-CN': '给 {{ customer.name }}' } : null
    return plain(['send', { ...config, subject, text: words }], ['sent', 'not_sent'])
  })
const couponOf = (validDays: number) =>
  plain(['coupon', { name, value: 100, validDays }], ['issued', 'not_issued'])
const coupon = fc.constantFrom(3, 40).map(couponOf)
const tag = fc
  .record({ add: fc.subarray(['vip', 'seen']), remove: fc.subarray(['vip', 'seen']) })
  .filter(({ add, remove }) => add.length + remove.length > 0)
  .map((config) => plain(['tag', config], ['done']))
const saved = fc.constant(plain(['save_audience', { audience: 'kept', name }], ['done']))
const call = fc.constantFrom('otherwise', 'failed', 'yes').map((rehearse) =>
  plain(
    [
      'webhook_call',
      {
        url: 'https://example.com/',
        body: '{}',
        path: 'code',
        cases: [{ id: 'yes', name, values: ['1'] }],
        rehearse,
      },
    ],
    ['yes', 'otherwise', 'failed'],
  ),
)
const step: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 3, arbitrary: wait },
  { weight: 3, arbitrary: waitEvent },
  { weight: 7, arbitrary: send },
  { weight: 2, arbitrary: branch },
  split,
  coupon,
  tag,
  saved,
  call,
  decision,
)

const firing = fc.oneof(
  fc.record({ kind: fc.constant('date'), date: soon, time }),
  fc.record({
    kind: fc.constant('festival'),
    festival: fc.constant('qixi'),
    days: fc.integer({ min: -15, max: 0 }),
    time,
  }),
)
const everybody = fc.constant({ kind: 'tag', tag: 'nobody', has: false })
const timely: fc.Arbitrary<Node> = fc
  .record({ audience: fc.oneof(condition, everybody), at: firing })
  .map((config) => ['audience_at', config])
const trigger: fc.Arbitrary<Node> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .record({ filter, audience: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, condition) })
      .map((config): Node => ['event', config]),
  },
  fc
    .record({ filter, missing: filter, within: span, restart: fc.boolean() })
    .map(
      ({ missing, within, restart, ...config }): Node => [
        'event',
        { ...config, unless: { filter: missing, within, restart } },
      ],
    ),
  timely,
)
const goal: fc.Arbitrary<Node> = fc
  .record({
    filter,
    window: fc.oneof(
      fc.constant({ kind: 'journey' }),
      fc.record({ kind: fc.constant('span'), span }),
      fc.constant({ kind: 'festival', festival: 'qixi', from: -10, to: 3 }),
    ),
    ends: fc.boolean(),
    bound: fc.boolean(),
  })
  .map((config) => ['goal', config])
const settings = fc.record({
  reentry: fc.oneof(
    fc.constantFrom({ kind: 'never' }, { kind: 'after_leaving' }, { kind: 'keyed', property: 'shop' }),
    fc.record({ kind: fc.constant('after_days'), days: fc.integer({ min: 1, max: 6 }) }),
  ),
  exitWhen: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.tuple(filter)),
  controlGroup: fc.constantFrom(
    { percent: 0, salt: '' },
    { percent: 0, salt: '' },
    { percent: 50, salt: 's' },
  ),
  zone: fc.constantFrom('Asia/Shanghai', 'America/New_York'),
  // The breaker has tests of its own.
  mostPerHour: fc.constant(1000),
})

/** Texts may name a coupon that has been given for sure: by the first node, where all come in. */
function withCoupons(drawn: Drawn): Journey {
  const named = JSON.stringify(drawn.drafts.map(({ node }) => node)).includes('coupon.code')
  const drafts = named ? [couponOf(7), ...drawn.drafts] : drawn.drafts
  const triggers = named ? drawn.triggers.slice(0, 1) : drawn.triggers
  return connected({ ...drawn, drafts, triggers, variables: { 'customer.points': {} } })
}

/** Journeys of all that a rehearsal can walk, entered by events and at times. */
export const playable: fc.Arbitrary<Journey> = fc
  .record({
    drafts: fc.array(step, { minLength: 2, maxLength: 9 }),
    draws: fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }),
    triggers: fc.array(trigger, { minLength: 1, maxLength: 2 }),
    goals: fc.array(goal, { maxLength: 2 }),
    settings,
  })
  .map(withCoupons)

/** Journeys that bring an audience at one time, as previews look at them. */
export const shown: fc.Arbitrary<Journey> = fc
  .record({
    drafts: fc.array(step, { minLength: 2, maxLength: 9 }),
    draws: fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }),
    triggers: fc.tuple(timely),
    goals: fc.constant([]),
    settings,
  })
  .map(withCoupons)

export interface Person {
  readonly id: string
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly city: string | null
  readonly birthday: string | null
  readonly timezone: string | null
  readonly language: string | null
  readonly consentSms: boolean | null
  readonly consentEmail: boolean | null
  readonly blacklisted: boolean
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  readonly tags: readonly string[]
}

export interface Happening {
  readonly customerId: string
  readonly event: {
    readonly id: string
    readonly name: string
    readonly at: number
    readonly amount: number | null
    readonly properties: Readonly<Record<string, string | number | boolean>>
  }
}

/** `shared`: of few phones and mailboxes, so that some people bear one. */
const people = (shared: boolean) =>
  fc
    .array(
      fc.record({
        name: fc.constantFrom('王芳', '李雷', null),
        phone: fc.constantFrom(0, 1, 2, 0, null),
        email: fc.constantFrom(0, 1, null),
        city: fc.constantFrom('杭州', '北京', null),
        birthday: fc.constantFrom('1990-07-25', '1988-02-29', null),
        timezone: fc.constantFrom(null, 'America/New_York', 'Asia/Tokyo'),
        language: fc.constantFrom('zh-CN', 'en', null),
        consentSms: fc.constantFrom(true, true, null, false),
        consentEmail: fc.constantFrom(true, true, null, false),
        blacklisted: fc.integer({ min: 0, max: 9 }).map((one) => one === 9),
        attributes: fc.record(
          {
            points: fc.constantFrom(5, 10, '120', '1,280', 'many'),
            code: fc.constantFrom('010', '10', 'x'),
            due: fc.constantFrom('2027-07-25', '2027-08-03 15:30', '2027-06-01', '8月1日', 'soon'),
          },
          { requiredKeys: [] },
        ),
        tags: fc.subarray(['vip', 'seen']),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((rows) =>
      rows.map((row, index): Person => {
        const place = (one: number | null) => (one === null ? null : shared ? one : index)
        const phone = place(row.phone)
        const email = place(row.email)
        return {
          ...row,
          id: `c${index}`,
          phone: phone === null ? null : String(19_900_000_000 + phone),
          email: email === null ? null : `m${email}@example.com`,
        }
      }),
    )

/** At whole hours, where timers end too, and at odd moments; some before the begin. */
const moment = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 72 }), fc.integer({ min: -72, max: 28 * 24 })),
    fc.constantFrom(0, 0, 1, 61_007, 1_234_567),
  )
  .map(([hours, odd]) => begin + hours * hourMs + odd)
const happenings = fc.array(
  fc.record({
    who: fc.nat(3),
    name: fc.constantFrom('order', 'order', 'view', 'cart', 'cart', 'refund'),
    at: moment,
    amount: fc.constantFrom(null, 500, 1000, 9900),
    shop: fc.constantFrom('a', 'b', 1, undefined),
    of: fc.nat(5),
  }),
  { minLength: 3, maxLength: 16 },
)

export interface World {
  readonly brand: Brand
  readonly people: readonly Person[]
  /** In the order of their time. */
  readonly events: readonly Happening[]
}

const brand = fc
  .record({
    caps: fc.constantFrom(
      [],
      [{ channel: null, messages: 2, days: 1 }],
      [
        { channel: 'sms', messages: 1, days: 3 },
        { channel: null, messages: 3, days: 7 },
      ],
    ),
    quietHours: fc.constantFrom(null, { from: '21:00', to: '09:00' }),
    consent: fc.constantFrom('address_known', 'address_known', 'explicit'),
    language: fc.constantFrom('zh-CN', 'en'),
  })
  .map(sketchBrand)

/** A brand with a few customers and what they do. */
export const worlds = (shared: boolean): fc.Arbitrary<World> =>
  fc.record({ brand, people: people(shared), told: happenings }).map(({ brand, people, told }) => {
    const orders = told.flatMap(({ name, who }, index) =>
      name === 'order' ? [{ id: `e${index}`, who }] : [],
    )
    const events = told.map(({ who, name, at, amount, shop, of }, index): Happening => {
      const order = orders[of % Math.max(1, orders.length)]
      const refund = name === 'refund' && order !== undefined ? order : null
      const customer = (refund?.who ?? who) % people.length
      const properties = {
        ...(shop === undefined ? {} : { shop }),
        ...(refund === null ? {} : { order_id: refund.id }),
      }
      const money = name === 'order' || name === 'refund' ? amount : null
      return { customerId: `c${customer}`, event: { id: `e${index}`, name, at, amount: money, properties } }
    })
    return { brand, people, events: events.sort((a, b) => a.event.at - b.event.at) }
  })
