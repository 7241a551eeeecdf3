import { describe, expect, test } from 'vitest'
import { drive, happening, planFor } from '../testing/driver.ts'
import { type Sketch, sketch, sketchBrand } from '../testing/sketch.ts'
import { standingOf } from './goals.ts'
import { react } from './react.ts'
import { admit } from './step.ts'

const enters = '2026-08-05T10:00:00+08:00'
const hoursOn = (hours: number) => Date.parse(enters) + hours * 3_600_000
const rest = (days: number) =>
  ['wait', { until: { kind: 'duration', span: { amount: days, unit: 'day' } } }] as const
const won = (ends: boolean, where: object[] = []) =>
  ['goal', { filter: { event: 'order', where }, window: { kind: 'journey' }, ends }] as const

function journey(more: Partial<Sketch> = {}) {
  return sketch({
    ...more,
    nodes: { in: ['manual'], rest: rest(3), out: ['exit'], ...more.nodes },
    edges: { 'in.entered': 'rest', 'rest.done': 'out', ...more.edges },
  })
}

describe('a goal', () => {
  test('that ends the journey takes the customer out of any wait at once', () => {
    const { ending, enrollment, path } = drive(planFor(journey({ nodes: { won: won(true) } })), {
      at: enters,
      events: [happening('order', hoursOn(5), {}, 20_000)],
    })
    expect(path).toEqual(['in.entered', 'won.reached'])
    expect(ending).toBe('won')
    expect(enrollment).toMatchObject({
      state: 'won',
      wait: null,
      goals: { won: { name: 'order', value: 20_000 } },
    })
  })

  test('that does not end it is counted with its value, and the wait goes on', () => {
    const driven = drive(planFor(journey({ nodes: { won: won(false) } })), {
      at: enters,
      events: [happening('order', hoursOn(5), {}, 20_000)],
    })
    expect(driven.path).toEqual(['in.entered', 'won.reached', 'rest.done'])
    expect(driven.ending).toBe('out')
    const reached = driven.steps[1]
    expect(reached?.effects).toMatchObject([{ kind: 'goal', goal: 'won', value: 20_000 }])
    expect(reached?.trace).toMatchObject({
      seq: 1,
      node: 'won',
      reason: { code: 'goal-reached', event: 'order' },
    })
    expect(reached?.enrollment.wait).not.toBeNull()
    expect(driven.steps[2]?.trace?.seq).toBe(2)
  })

  test('is counted once, however often it happens', () => {
    const { path } = drive(planFor(journey({ nodes: { won: won(false) } })), {
      at: enters,
      events: [1, 2, 3].map((hour) => happening('order', hoursOn(hour))),
    })
    expect(path).toEqual(['in.entered', 'won.reached', 'rest.done'])
  })

  test('passes over what does not meet its filter, and what happened before entry', () => {
    const big = won(true, [{ property: 'amount', op: 'gte', value: 10_000 }])
    const { ending } = drive(planFor(journey({ nodes: { won: big } })), {
      at: enters,
      events: [happening('order', hoursOn(1), {}, 500), happening('order', hoursOn(0), {}, 90_000)],
    })
    expect(ending).toBe('out')
  })

  test('of the same event as another is counted beside it, until one ends the journey', () => {
    const nodes = { first: won(false), second: won(true), third: won(false) }
    const { path } = drive(planFor(journey({ nodes })), {
      at: enters,
      events: [happening('order', hoursOn(1))],
    })
    expect(path).toEqual(['in.entered', 'first.reached', 'second.reached'])
  })
})

describe('an exit rule', () => {
  const settings = { exitWhen: [{ event: 'order' }, { event: 'refund' }] }

  test('takes the customer out at once, with the event as the reason', () => {
    const driven = drive(planFor(journey({ settings })), {
      at: enters,
      events: [happening('order', hoursOn(2))],
    })
    expect(driven.path).toEqual(['in.entered', 'rest.left'])
    expect(driven.ending).toBe('exit_rule')
    expect(driven.enrollment.state).toBe('left')
    expect(driven.steps.at(-1)?.trace?.reason).toMatchObject({ code: 'exit_rule', event: 'order' })
  })

  test('lets a purchase that also reaches a goal count as a conversion first', () => {
    const driven = drive(planFor(journey({ settings, nodes: { won: won(false) } })), {
      at: enters,
      events: [happening('order', hoursOn(2))],
    })
    expect(driven.path).toEqual(['in.entered', 'won.reached', 'rest.left'])
    expect(Object.keys(driven.enrollment.goals)).toEqual(['won'])
  })

  test('does not look at what happened before entry', () => {
    const { ending } = drive(planFor(journey({ settings })), {
      at: enters,
      events: [happening('order', hoursOn(0))],
    })
    expect(ending).toBe('out')
  })
})

test('an event that concerns nobody changes nothing', () => {
  const plan = planFor(journey({ nodes: { won: won(true) } }))
  const now = Date.parse(enters)
  const entry = { trigger: 'in', timezone: null, event: null, anchors: {} }
  const { enrollment } = admit(plan, { id: 1, customerId: 'c1', now, entry })
  const event = happening('page_view', hoursOn(1))
  const reaction = react({ plan, enrollment, leftAt: null }, event, standingOf(event), {
    now: hoursOn(1),
    brand: sketchBrand(),
    askModel: false,
    mayCall: false,
  })
  expect(reaction).toEqual({ enrollment, steps: [], ended: false })
  expect([...plan.watches]).toEqual(['order', 'refund'])
})
