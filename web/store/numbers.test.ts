import { describe, expect, test } from 'vitest'
import { figuresAnswer } from '../../shared/api/journeys.ts'
import { rehearsalReport } from '../../shared/api/rehearsal.ts'
import { flowOf, fromFigures, fromRehearsal, noNumbers } from './numbers.ts'

const node = (into: number) => ({
  in: into,
  waiting: 1,
  ports: { done: into - 1 },
  sent: 0,
  suppressed: {},
  delivered: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  failed: 0,
  reached: 0,
  reachedControl: 0,
  stuck: 0,
  movedIn: 0,
  movedOut: 0,
})
const figures = (a: number) =>
  figuresAnswer.parse({
    version: 2,
    now: 0,
    entered: 10,
    control: 1,
    inFlight: 2,
    nodes: { a: node(a), b: node(4) },
  })

describe('numbers on the canvas', () => {
  test('keep the cards that did not change as they are', () => {
    const before = fromFigures(figures(10))
    const after = fromFigures(figures(11), before)
    expect(after.nodes.b).toBe(before.nodes.b)
    expect(after.nodes.a).not.toBe(before.nodes.a)
    expect(after.most).toBe(11)
  })

  test('share a flow among the ports', () => {
    const numbers = { ...fromFigures(figures(10)).nodes.a, ports: { yes: 1, otherwise: 3 } }
    const whole = { ...numbers, in: 4, waiting: 0, delivered: 0, opened: 0, clicked: 0 }
    const full = { ...whole, reached: 0, reachedControl: 0, stuck: 0, movedOn: 0 }
    expect(flowOf(full, 'yes')).toEqual({ count: 1, share: 0.25 })
    expect(flowOf({ ...full, ports: {} }, 'yes')).toBeNull()
    expect(flowOf(undefined, 'yes')).toBeNull()
  })

  test('follow a rehearsal day by day', () => {
    const report = rehearsalReport.parse({
      journey: 'qixi',
      assume: 'backtest',
      rates: null,
      start: '2027-07-24T00:00:00+08:00',
      until: null,
      entered: 5,
      nodes: {},
      days: [],
      audiences: {},
      endings: {},
      waiting: 0,
      goals: { bought: { reached: 2, control: 1 } },
      control: 1,
      cost: { currency: 'CNY', total: 0.2 },
      passage: { shortest: 0, longest: 1 },
      most_messages: 1,
      render_failures: [],
      kept_out: 0,
      breaker: null,
      basis: null,
      entries: [],
      bounded: [],
      unknown_customers: [],
      timeline: [
        { date: '2027-07-25', sent: 3, nodes: { a: [5, 2] }, ports: { 'a.sent': 3 }, goals: {} },
        {
          date: '2027-07-26',
          sent: 0,
          nodes: { a: [5, 0] },
          ports: { 'a.sent': 3, 'a.not_sent': 2 },
          goals: { bought: [1, 0] },
        },
        { date: '2027-07-27', sent: 0, nodes: { a: [5, 0] }, ports: {}, goals: { bought: [2, 1] } },
      ],
      seconds: 0.1,
    })
    expect(fromRehearsal(report, 0).nodes.a).toMatchObject({ in: 5, waiting: 2, ports: { sent: 3 } })
    expect(fromRehearsal(report, 0).nodes.bought?.reached).toBeUndefined()
    expect(fromRehearsal(report, 1).nodes.a?.ports).toEqual({ sent: 3, not_sent: 2 })
    expect(fromRehearsal(report, 1).nodes.bought).toMatchObject({ reached: 1, reachedControl: 0 })
    expect(fromRehearsal(report, 2).nodes.bought).toMatchObject({ reached: 2, reachedControl: 1 })
    expect(fromRehearsal(report, 9)).toBe(noNumbers)
  })
})
