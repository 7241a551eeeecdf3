import { describe, expect, test } from 'vitest'
import { type Plan, planOf } from '../compile/index.ts'
import { machineConfig } from '../compile/machine.ts'
import { tableOf } from '../compile/table.ts'
import { historyOf } from '../conditions/history.ts'
import { nodeTypes, registry } from '../nodes/index.ts'
import type { Enrollment } from '../nodes/type.ts'
import { type Sketch, sketch, sketchBrand } from '../testing/sketch.ts'
import { noFacts } from './facts.ts'
import { landingOf, type Mapping, moveAgain, moveTo } from './move.ts'
import { step } from './step.ts'

const begin = Date.parse('2026-08-05T10:00:00+08:00')
const day = 86_400_000
const rest = (days: number): Sketch['nodes'][string] => [
  'wait',
  { until: { kind: 'duration', span: { amount: days, unit: 'day' } } },
]
const drawn: Sketch = {
  nodes: {
    in: ['manual'],
    rest: rest(3),
    answer: ['wait_event', { filter: { event: 'order' }, limit: { amount: 7, unit: 'day' } }],
    call: ['webhook_call', { url: 'https://example.com/a', body: '{}' }],
    out: ['exit'],
  },
  edges: {
    'in.entered': 'rest',
    'rest.done': 'answer',
    'answer.happened': 'call',
    'answer.timeout': 'out',
    'call.otherwise': 'out',
    'call.failed': 'out',
  },
}

function plan(version: number, more: Partial<Sketch['nodes']> = {}, gone: readonly string[] = []): Plan {
  const nodes = Object.fromEntries(
    Object.entries({ ...drawn.nodes, ...more }).flatMap(([id, node]) =>
      node === undefined || gone.includes(id) ? [] : [[id, node] as const],
    ),
  )
  const edges = Object.fromEntries(
    Object.entries(drawn.edges ?? {}).filter(
      ([from, to]) => Object.hasOwn(nodes, from.split('.')[0] ?? '') && Object.hasOwn(nodes, to),
    ),
  )
  const journey = sketch({ ...drawn, nodes, edges })
  return planOf(journey, tableOf(machineConfig(journey, registry)), version, registry)
}

const standing = (more: Partial<Enrollment> = {}): Enrollment => ({
  id: 7,
  journeyId: 'sketch',
  version: 1,
  customerId: 'c1',
  state: 'rest',
  enteredAt: begin,
  arrivedAt: begin,
  control: false,
  entry: { trigger: 'in', timezone: null, event: null, anchors: {} },
  history: historyOf({ 'in.entered': 1 }),
  coupons: {},
  goals: { won: { name: 'order', id: 'o1', at: begin, value: 100 } },
  wait: { until: begin + 3 * day, event: null, cause: null },
  by: null,
  steps: 1,
  ...more,
})

function moved(from: Plan | null, to: Plan, enrollment: Enrollment, now: number, mapping: Mapping = {}) {
  return moveTo(from, to, enrollment, landingOf(from, to, enrollment.state, mapping), now)
}

const asked = (to: Plan, enrollment: Enrollment, now: number) =>
  step(to, enrollment, { kind: 'arrive' }, noFacts, {
    now,
    brand: sketchBrand(),
    askModel: false,
    mayCall: false,
  })

const tomorrow = begin + day

describe('rule 21: whoever is moved to the next version', () => {
  test('keeps what is behind them, and says in their story from where to where', () => {
    const before = standing()
    const after = moved(plan(1), plan(2), before, tomorrow)
    expect(after?.enrollment).toEqual({ ...before, version: 2, steps: 2 })
    expect(after).toMatchObject({
      ending: null,
      unasks: null,
      trace: {
        seq: 1,
        at: tomorrow,
        node: 'rest',
        outcome: 'moved',
        reason: { code: 'moved', from: 1, to: 2, node: 'rest' },
      },
    })
  })

  test('waits until the deadline of the new version, from the start of the wait', () => {
    const to = plan(2, { rest: rest(5) })
    const after = moved(plan(1), to, standing(), tomorrow)
    expect(after?.enrollment).toMatchObject({
      arrivedAt: begin,
      wait: null,
      history: historyOf({ 'in.entered': 1 }),
    })
    if (after === null) throw new Error('not moved')
    expect(asked(to, after.enrollment, tomorrow).enrollment.wait?.until).toBe(begin + 5 * day)
  })

  test('goes on at once where the shorter wait of the new version is over already', () => {
    const to = plan(2, { rest: rest(1) })
    const after = moved(plan(1), to, standing(), begin + 2 * day)
    if (after === null) throw new Error('not moved')
    expect(asked(to, after.enrollment, begin + 2 * day)).toMatchObject({
      enrollment: { state: 'answer' },
      trace: { outcome: 'done', reason: { code: 'late' } },
    })
  })

  test('hears in a wait for an event of what has happened since it began', () => {
    const limit = { amount: 9, unit: 'day' }
    const to = plan(2, { answer: ['wait_event', { filter: { event: 'cart' }, limit }] })
    const waiting = standing({ state: 'answer', wait: { until: begin + 7 * day, event: null, cause: null } })
    const after = moved(plan(1), to, waiting, tomorrow)
    if (after === null) throw new Error('not moved')
    expect(asked(to, after.enrollment, tomorrow).enrollment.wait).toEqual({
      until: begin + 9 * day,
      event: { event: 'cart', after: begin - 1, until: begin + 9 * day },
      cause: null,
    })
  })

  test('enters the node that theirs is mapped to afresh', () => {
    const to = plan(2, {}, ['rest'])
    const before = standing({ by: { at: begin, name: 'order', id: 'o1' } })
    expect(moved(plan(1), to, before, tomorrow, { rest: 'answer' })).toMatchObject({
      enrollment: {
        state: 'answer',
        arrivedAt: tomorrow,
        wait: null,
        by: null,
        version: 2,
        history: before.history,
      },
      trace: { node: 'rest', reason: { code: 'moved', node: 'answer' } },
    })
  })

  test('enters afresh a node that has become one of another type', () => {
    const to = plan(2, { rest: ['tag', { add: ['a'] }] })
    const after = moved(plan(1), to, standing(), tomorrow)
    expect(after?.enrollment).toMatchObject({ state: 'rest', arrivedAt: tomorrow, wait: null })
  })

  test('ends at an exit that their node is mapped to', () => {
    expect(moved(plan(1), plan(2), standing(), tomorrow, { rest: 'out' })?.ending).toBe('out')
  })

  test('leaves where their node is mapped to nowhere, still on the version that they were on', () => {
    expect(moved(plan(1), plan(2), standing(), tomorrow, { rest: 'left' })).toMatchObject({
      ending: 'journey_changed',
      enrollment: { version: 1, state: 'left' },
      trace: { outcome: 'left', reason: { code: 'journey_changed', from: 1, to: 2 } },
    })
  })

  test('is not moved where the node is gone, or only a trigger or a goal, and nobody has said where to', () => {
    expect(landingOf(plan(1), plan(2, {}, ['rest']), 'rest')).toEqual({ kind: 'undecided' })
    expect(landingOf(plan(1), plan(2), 'rest', { rest: 'in' })).toEqual({ kind: 'undecided' })
    expect(landingOf(plan(1), plan(2), 'rest', { rest: 'nowhere' })).toEqual({ kind: 'undecided' })
    expect(moved(plan(1), plan(2, {}, ['rest']), standing(), tomorrow)).toBeNull()
  })

  test('may come from a version that cannot be read any more, and is asked anew', () => {
    expect(moved(null, plan(2), standing(), tomorrow)?.enrollment).toMatchObject({
      version: 2,
      state: 'rest',
      arrivedAt: begin,
      wait: null,
    })
    expect(moved(null, plan(2), standing(), tomorrow, { rest: 'left' })?.ending).toBe('journey_changed')
  })

  test('stays in a question to another system, even one asked in other words: nobody is called twice', () => {
    const wait = { until: begin + 600_000, event: null, cause: 'reply' as const }
    const asking = standing({ state: 'call', wait })
    const to = plan(2, { call: ['webhook_call', { url: 'https://example.com/a', body: '{"a":1}' }] })
    expect(moved(plan(1), to, asking, begin)).toMatchObject({ unasks: null, enrollment: { wait } })
    expect(moved(plan(1), to, asking, begin, { call: 'rest' })).toMatchObject({ unasks: 'whole' })
  })

  test('asks the model anew where the text that it was to polish has changed', () => {
    const message = (text: string): Sketch['nodes'][string] => [
      'send',
      { channel: 'sms', text: { en: text }, ai: {} },
    ]
    const from = plan(1, { rest: message('Hello') })
    const asking = standing({ wait: { until: begin + 600_000, event: null, cause: 'reply' } })
    expect(moved(from, plan(2, { rest: message('Good day') }), asking, begin)).toMatchObject({
      unasks: 'whole',
      enrollment: { wait: null },
    })
    expect(moved(from, plan(2, { rest: message('Hello') }), asking, begin)).toMatchObject({
      unasks: null,
      enrollment: { wait: asking.wait },
    })
  })

  test('is moved the same way again by the line in the story', () => {
    const [from, to] = [plan(1), plan(2, { rest: rest(5) })]
    const before = standing()
    for (const mapping of [{}, { rest: 'answer' }, { rest: 'out' }]) {
      const once = moved(from, to, before, tomorrow, mapping)
      const node = String(once?.trace?.reason.node)
      expect(moveAgain(from, to, before, { node, at: tomorrow })).toEqual(once)
    }
  })
})

test('every type that waits for a reply says whom it asks', () => {
  for (const { erased } of Object.values(nodeTypes)) {
    const settings =
      erased.type === 'send' ? { channel: 'sms', text: { en: 'Hello' }, ai: {} } : erased.defaults()
    const waits = erased.needs?.(erased.config.parse(settings)).reply === true
    expect([erased.type, erased.asks !== undefined]).toEqual([erased.type, waits])
  }
})
