import { describe, expect, test } from 'vitest'
import type { Journey } from '../journey/graph.ts'
import { registry } from '../nodes/index.ts'
import { sketch } from '../testing/sketch.ts'
import { type CheckOptions, check } from './check.ts'
import { checkAudience } from './check-conditions.ts'
import type { KnownNames } from './check-names.ts'
import { placesOf, type ReferenceKind } from './references.ts'

const now = Date.parse('2026-08-01T10:00:00+08:00')
const zone = 'Asia/Shanghai'
const known = (...there: readonly string[]): KnownNames => ({
  customers: 10,
  has: (kind, name) => there.includes(`${kind} ${name}`),
})
const options: CheckOptions = {
  ...{ registry, now, zone, publishing: true },
  names: known(),
  audiences: () => undefined,
  contents: [],
  assets: [],
  coupons: [],
  hasJourney: () => false,
}
const codesOf = (journey: Journey, more: Partial<CheckOptions> = {}) =>
  check(journey, { ...options, ...more }).map(({ code, severity, node }) => ({ code, severity, node }))

const branchOn = (when: unknown) =>
  sketch({
    nodes: {
      in: ['manual'],
      it: ['branch', { branches: [{ id: 'yes', name: { en: 'Yes' }, when }] }],
      out: ['exit'],
    },
    edges: { 'in.entered': 'it', 'it.yes': 'out', 'it.otherwise': 'out' },
  })
const sendBy = (channel: string) =>
  sketch({
    nodes: { in: ['manual'], it: ['send', { channel, text: { en: 'Hello' } }], out: ['exit'] },
    edges: { 'in.entered': 'it', 'it.sent': 'out', 'it.not_sent': 'out' },
  })

const taskFor = (whom: object) =>
  sketch({
    nodes: {
      in: ['manual'],
      it: [
        'task',
        {
          ...{ title: 'Call', for: whom, limit: { amount: 1, unit: 'day' } },
          results: [{ id: 'won', name: { en: 'Won' } }],
        },
      ],
      out: ['exit'],
    },
    edges: { 'in.entered': 'it', 'it.won': 'out', 'it.overdue': 'out' },
  })

/** One journey for each kind of name, that names what is not there, and what is said of it. */
const samples: Readonly<Record<ReferenceKind, { journey: Journey; code: string; severity: string }>> = {
  audience: {
    journey: branchOn({ kind: 'audience', audience: 'gone' }),
    ...{ code: 'audience-missing', severity: 'error' },
  },
  content: {
    journey: sketch({
      nodes: {
        in: ['manual'],
        it: ['send', { channel: 'sms', text: { en: 'Hello {{ content.gone }}' } }],
        out: ['exit'],
      },
      edges: { 'in.entered': 'it', 'it.sent': 'out', 'it.not_sent': 'out' },
    }),
    ...{ code: 'content-unknown', severity: 'error' },
  },
  asset: {
    journey: sketch({
      nodes: {
        in: ['manual'],
        it: [
          'send',
          { channel: 'in_app', text: { en: 'Hello' }, attachments: [{ kind: 'image', asset: 'gone' }] },
        ],
        out: ['exit'],
      },
      edges: { 'in.entered': 'it', 'it.sent': 'out', 'it.not_sent': 'out' },
    }),
    ...{ code: 'asset-lost', severity: 'error' },
  },
  coupon: {
    journey: sketch({
      nodes: { in: ['manual'], it: ['coupon', { coupon: 'gone' }], out: ['exit'] },
      edges: { 'in.entered': 'it', 'it.issued': 'out', 'it.none_left': 'out', 'it.not_issued': 'out' },
    }),
    ...{ code: 'coupon-not-there', severity: 'error' },
  },
  channel: { journey: sendBy('pigeon'), code: 'invalid-config', severity: 'error' },
  node: {
    journey: branchOn({ kind: 'history', node: 'gone', op: 'gt', value: 0 }),
    ...{ code: 'unknown-node-reference', severity: 'error' },
  },
  attribute: {
    journey: branchOn({ kind: 'attribute', name: '会员等极', op: 'eq', value: '金' }),
    ...{ code: 'attribute-unknown', severity: 'warning' },
  },
  event: {
    journey: branchOn({ kind: 'events', event: 'visted', op: 'gt', value: 0 }),
    ...{ code: 'event-unknown', severity: 'warning' },
  },
  tag: { journey: branchOn({ kind: 'tag', tag: 'vpi' }), code: 'tag-unknown', severity: 'warning' },
  journey: {
    journey: branchOn({
      ...{ kind: 'events', event: '$message_sent', op: 'gt', value: 0 },
      where: [{ property: 'journey_id', op: 'eq', value: 'gone' }],
    }),
    ...{ code: 'condition-journey-missing', severity: 'warning' },
  },
  staff: { journey: taskFor({ to: 'staff', staff: '1007' }), code: 'staff-unknown', severity: 'warning' },
  team: { journey: taskFor({ to: 'team', team: 'esat' }), code: 'team-unknown', severity: 'warning' },
}

describe('a journey that names what does not exist', () => {
  test.each(Object.entries(samples))('%s: it is told where', (_kind, { journey, code, severity }) => {
    expect(codesOf(journey)).toContainEqual({ code, severity, node: 'it' })
  })

  test.each([
    ['attribute 会员等级', { kind: 'attribute', name: '会员等级', op: 'eq', value: '金' }],
    ['event visited', { kind: 'events', event: 'visited', op: 'gt', value: 0 }],
    ['tag vip', { kind: 'tag', tag: 'vip' }],
  ])('%s is there: nothing is told', (name, when) => {
    expect(codesOf(branchOn(when), { names: known(name) })).toEqual([])
  })

  test.each([
    ['a column of every customer', { kind: 'attribute', name: 'city', op: 'eq', value: '杭州' }],
    ['an order, before there is one', { kind: 'events', event: 'order', op: 'gt', value: 0 }],
    ['a report of a message', { kind: 'events', event: 'message_clicked', op: 'gt', value: 0 }],
  ])('%s is known of itself', (_what, when) => {
    expect(codesOf(branchOn(when))).toEqual([])
  })

  test.each([
    ['has not the tag', { kind: 'tag', tag: 'no-mail', has: false }],
    ['not: has the tag', { kind: 'not', of: { kind: 'tag', tag: 'no-mail' } }],
    ['is not of the value', { kind: 'attribute', name: 'stoplist', op: 'not_set' }],
    ['never did', { kind: 'events', event: 'complained', op: 'eq', value: 0 }],
    [
      'was not followed by',
      {
        kind: 'sequence',
        first: { event: 'order' },
        without: { event: 'complained', within: { amount: 1, unit: 'day' } },
      },
    ],
    ['not: did', { kind: 'not', of: { kind: 'events', event: 'complained', op: 'gt', value: 0 } }],
  ])('an exclusion (%s) that is spelt wrong is told to keep nobody out', (_what, when) => {
    expect(codesOf(branchOn(when))).toMatchObject([{ code: 'exclusion-unknown', severity: 'warning' }])
  })

  test('what the journey gives itself is there', () => {
    const journey = sketch({
      nodes: {
        in: ['manual'],
        give: ['tag', { add: ['七夕'], remove: [] }],
        it: [
          'branch',
          { branches: [{ id: 'yes', name: { en: 'Yes' }, when: { kind: 'tag', tag: '七夕' } }] },
        ],
        out: ['exit'],
      },
      edges: { 'in.entered': 'give', 'give.done': 'it', 'it.yes': 'out', 'it.otherwise': 'out' },
    })
    expect(codesOf(journey)).toEqual([])
  })

  test('events are looked for in entrances, waits, goals and exit rules too', () => {
    const filter = { event: 'visted', where: [] }
    const journey = sketch({
      nodes: {
        in: ['event', { filter }],
        wait: ['wait_event', { filter, limit: { amount: 1, unit: 'day' } }],
        goal: ['goal', { filter, window: { kind: 'journey' } }],
        out: ['exit'],
      },
      edges: { 'in.entered': 'wait', 'wait.happened': 'out', 'wait.timeout': 'out' },
      settings: { exitWhen: [filter], reentry: { kind: 'after_leaving' } },
    })
    const places = check(journey, options).filter(({ code }) => code === 'event-unknown')
    expect(places.map(({ node, field }) => [node, field])).toEqual([
      [null, 'settings.exitWhen.0'],
      ['in', 'filter'],
      ['wait', 'filter'],
      ['goal', 'filter'],
    ])
  })

  test('a condition on who has a customer names staff and teams, where it asks for them', () => {
    const owner = (name: string, op: string, value: unknown) =>
      codesOf(branchOn({ kind: 'attribute', name, op, value }), { names: known('staff 1001') })
    expect(owner('owner', 'in', ['1001', '1007'])).toMatchObject([{ code: 'staff-unknown', node: 'it' }])
    expect(owner('owner', 'eq', '1001')).toEqual([])
    expect(owner('owner', 'ne', '1007')).toEqual([])
    expect(owner('owner_team', 'eq', 'esat')).toMatchObject([{ code: 'team-unknown' }])
  })

  test('a brand without customers is told nothing: all has yet to come', () => {
    const names = { ...known(), customers: 0 }
    expect(codesOf(samples.tag.journey, { names })).toEqual([])
  })
})

test('an audience that names what nobody has says so', () => {
  const found = checkAudience(
    { kind: 'tag', tag: 'vpi', has: true },
    {
      ...{ zone, now, names: known(), audiences: () => undefined },
      attributes: { zone, currency: 'CNY', of: {} },
    },
  )
  expect(found).toMatchObject([{ code: 'tag-unknown', field: 'condition' }])
})

describe('where a journey names something', () => {
  const places = (journey: Journey, kind: ReferenceKind, name: string) =>
    placesOf(journey, registry, { kind, name })

  test('by a condition, a channel, or a text that says it', () => {
    expect(places(samples.tag.journey, 'tag', 'vpi')).toEqual([{ node: 'it', field: 'branches.0.when' }])
    expect(places(sendBy('sms'), 'channel', 'sms')).toEqual([{ node: 'it', field: 'channel' }])
    const says = sketch({
      nodes: {
        in: ['manual'],
        it: ['send', { channel: 'sms', text: { en: 'You are {{ customer.tier }}' } }],
      },
    })
    expect(places(says, 'attribute', 'tier')).toEqual([{ node: 'it', field: 'text.en' }])
    expect(places(says, 'attribute', 'tie')).toEqual([])
  })

  test('an audience by which people leave, in the settings, and it has to be there', () => {
    const drawn = sketch({
      nodes: { in: ['manual'], out: ['exit'] },
      edges: { 'in.entered': 'out' },
      settings: { exitAudiences: [{ audience: 'gone', on: 'leave' }] },
    })
    expect(places(drawn, 'audience', 'gone')).toEqual([{ node: null, field: 'settings.exitAudiences.0' }])
    expect(check(drawn, options)).toContainEqual(
      expect.objectContaining({ code: 'audience-missing', node: null, field: 'settings.exitAudiences.0' }),
    )
  })

  test('a node that cannot be read is named where its text has the word', () => {
    expect(places(sendBy('pigeon'), 'channel', 'pigeon')).toEqual([{ node: 'it', field: null }])
  })
})
