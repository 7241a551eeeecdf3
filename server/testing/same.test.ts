import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../shared/compile/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { begin, playable, shown, type World, worlds } from '../../shared/testing/random-lives.ts'
import { sketchBrand } from '../../shared/testing/sketch.ts'
import { by, sketch } from './sketch.ts'
import { lived, previewed, rehearsed, type Shown, shownOf } from './twins.ts'

// Seeds that once failed stay here.
const runs = { seed: 20_260_819, numRuns: 25, endOnFailure: true }

test('random journeys pass the check', () => {
  fc.assert(
    fc.property(playable, (journey) => {
      const zone = journey.settings.zone ?? 'Asia/Shanghai'
      const result = compile(journey, { registry, now: begin - 1, zone, publishing: true })
      expect(result.ok ? [] : result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    }),
    { ...runs, numRuns: 200 },
  )
})

test('a rehearsal tells what the engine will do: the same steps at the same times, the same messages', async () => {
  await fc.assert(
    fc.asyncProperty(playable, worlds(true), async (journey, world) => {
      const [real, told] = [await lived(journey, world), await rehearsed(journey, world)]
      expect(told).toEqual(real)
    }),
    runs,
  )
})

const inOrder = (some: readonly Shown[]) =>
  [...some].sort((a, b) => a.at - b.at || (a.what < b.what ? -1 : 1))

test('a preview shows what somebody to whom nothing happens will get, at each visit', async () => {
  await fc.assert(
    fc.asyncProperty(shown, worlds(false), async (journey, { events, ...rest }) => {
      const world = { ...rest, events: events.filter(({ event }) => event.at < begin) }
      const [real, looks] = [await lived(journey, world), await previewed(journey, world)]
      const entered = new Set(real.told.map(({ customer }) => customer))
      for (const [customer, look] of Object.entries(looks))
        if (entered.has(customer)) expect(inOrder(look)).toEqual(inOrder(shownOf(real, customer, journey)))
    }),
    runs,
  )
})

const hour = 3_600_000
const brand = sketchBrand({ quietHours: null })
const one: World['people'] = [
  {
    id: 'c0',
    name: '王芳',
    phone: '19900000000',
    email: null,
    city: null,
    birthday: null,
    timezone: null,
    language: 'zh-CN',
    consentSms: true,
    consentEmail: null,
    blacklisted: false,
    attributes: {},
    tags: [],
  },
]
const did = (name: string, id: string, hours: number) => ({
  customerId: 'c0',
  event: { id, name, at: begin + hours * hour, amount: 100, properties: {} },
})

describe('what once differed', () => {
  test('whom the journey itself has put into a list its trigger shuts out from then on', async () => {
    const journey = sketch({
      settings: { reentry: { kind: 'after_leaving' } },
      nodes: {
        ordered: by.event('order', { audience: { kind: 'audience', audience: 'kept', member: false } }),
        hello: by.sms('您好'),
        keep: ['save_audience', { audience: 'kept', name: { en: 'Kept' } }],
        done: by.exit(),
      },
      flow: ['ordered -> hello', 'hello -> keep', 'keep -> done'],
    })
    const world = { brand, people: one, events: [did('order', 'o1', 1), did('order', 'o2', 30)] }
    const [real, told] = [await lived(journey, world), await rehearsed(journey, world)]
    expect(told).toEqual(real)
    expect(told.told.filter(({ how }) => how === 'entered')).toHaveLength(1)
  })

  test('of two events of one moment the one that arrived first lets in', async () => {
    const journey = sketch({
      nodes: {
        carted: by.event('cart'),
        ordered: by.event('order'),
        hello: by.sms('您好'),
        thanks: by.sms('谢谢'),
        done: by.exit(),
      },
      flow: ['carted -> hello', 'ordered -> thanks', 'hello -> done', 'thanks -> done'],
    })
    const world = { brand, people: one, events: [did('order', 'o1', 1), did('cart', 'c1', 1)] }
    const [real, told] = [await lived(journey, world), await rehearsed(journey, world)]
    expect(told).toEqual(real)
    expect(told.told.map(({ what }) => what)).toContain('ordered.entered')
  })

  test('of two who share a phone and come at one moment the one is written to who is there first', async () => {
    const journey = sketch({
      nodes: {
        in: [
          'audience_at',
          {
            audience: { kind: 'tag', tag: 'x', has: false },
            at: { kind: 'date', date: '2027-07-20', time: '10:00' },
          },
        ],
        known: [
          'branch',
          { branches: [{ id: 'yes', name: { en: 'yes' }, when: { kind: 'tag', tag: 'vip' } }] },
        ],
        mark: ['tag', { add: ['seen'] }],
        hello: by.sms('{{ customer.name }}，您好'),
        done: by.exit(),
      },
      flow: [
        'in -> known',
        'known.yes -> hello',
        'known.otherwise -> mark',
        'mark -> hello',
        'hello -> done',
      ],
    })
    const two = one.flatMap((first) => [first, { ...first, id: 'c1', name: '李雷', tags: ['vip'] }])
    const world = { brand, people: two, events: [] }
    const [real, told] = [await lived(journey, world), await rehearsed(journey, world)]
    expect(told).toEqual(real)
    expect(told.told.filter(({ what }) => what === 'hello.sent').map(({ customer }) => customer)).toEqual([
      'c1',
    ])
  })

  test('a preview shows each message of a loop, and those of one moment in their order', async () => {
    const journey = sketch({
      nodes: {
        in: [
          'audience_at',
          {
            audience: { kind: 'tag', tag: 'x', has: false },
            at: { kind: 'date', date: '2027-07-20', time: '10:00' },
          },
        ],
        zeroth: by.sms('零'),
        after: by.sms('又'),
        rest: by.rest('1 day', { maxVisits: 3 }),
        again: by.sms('{{ today | date: "%d" }}'),
        done: by.exit(),
      },
      flow: [
        'in -> zeroth',
        'zeroth -> after',
        'after -> rest',
        'rest.done -> again',
        'rest.limit -> done',
        'again -> rest',
      ],
      settings: { mostPerHour: 10 },
    })
    const world = { brand, people: one, events: [] }
    const look = (await previewed(journey, world)).c0 ?? []
    expect(look.map(({ what }) => what)).toEqual([
      'zeroth #1',
      'after #1',
      'again #1',
      'again #2',
      'again #3',
    ])
    expect(look.map(({ how }) => how.match(/】(\d+)/)?.[1]).slice(2)).toEqual(['21', '22', '23'])
    expect(inOrder(look)).toEqual(inOrder(shownOf(await lived(journey, world), 'c0', journey)))
  })
})

describe('how customers come in one by one', () => {
  const lines = { flow: ['in -> hello', 'hello -> done'], settings: { reentry: { kind: 'after_leaving' } } }
  const buyers = { kind: 'audience', audience: 'buyers', member: true }
  const recent = {
    kind: 'events',
    event: 'order',
    where: [],
    measure: 'count',
    window: { kind: 'last', span: { amount: 2, unit: 'day' }, wholeDays: false },
    op: 'gte',
    value: 1,
  }

  test.each([
    ['joins an audience by what is done', buyers, { kind: 'join', present: false }, 7],
    ['was of it before it began, and is ticked', buyers, { kind: 'join', present: true }, -5],
    ['leaves an audience as time goes by', recent, { kind: 'leave' }, 7],
  ])('who %s comes in at the same time in a rehearsal', async (_how, audience, at, hours) => {
    const journey = sketch({
      ...lines,
      nodes: { in: ['audience_at', { audience, at }], hello: by.sms('您好'), done: by.exit() },
    })
    const world = { brand, people: one, events: [did('order', 'o1', hours), did('view', 'v1', 90)] }
    const [real, told] = [await lived(journey, world), await rehearsed(journey, world)]
    const entered = ({ told: steps }: typeof real) => steps.filter(({ what }) => what === 'in.entered')
    expect(entered(real)).toHaveLength(1)
    const moments = (played: typeof real) => entered(played).map((step) => Math.floor((step.at + 1) / hour))
    expect(moments(told)).toEqual(moments(real))
  })

  test('who lacks something comes in when that is told, in a rehearsal too', async () => {
    const journey = sketch({
      ...lines,
      nodes: {
        in: by.event('cart', {
          unless: { filter: { event: 'order', where: [] }, within: { amount: 3, unit: 'hour' } },
        }),
        hello: by.sms('您好'),
        done: by.exit(),
      },
    })
    const events = [did('cart', 'c1', 1), did('cart', 'c2', 30), did('order', 'o1', 31)]
    const world = { brand, people: one, events }
    const [real, told] = [await lived(journey, world), await rehearsed(journey, world)]
    expect(told).toEqual(real)
    expect(told.told.filter(({ what }) => what === 'in.entered').map(({ at }) => at - begin)).toEqual([
      4 * hour,
    ])
  })
})
