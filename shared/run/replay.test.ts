import { describe, expect, test } from 'vitest'
import { type DriveInput, drive, happening, planFor, someone } from '../testing/driver.ts'
import { sketch, sketchBrand } from '../testing/sketch.ts'
import { lineText, type Replay, replay } from './replay.ts'
import type { TraceEntry } from './step.ts'

const enters = '2026-08-05T10:00:00+08:00'
const rest = (config: Record<string, unknown> = {}) =>
  ['wait', { until: { kind: 'duration', span: { amount: 1, unit: 'day' } }, ...config }] as const
const sms = (text: string) => ['send', { channel: 'sms', text: { 'zh-CN': text } }] as const
const inHangzhou = { kind: 'attribute', name: 'city', op: 'eq', value: '杭州' }
const plan = planFor(
  sketch({
    nodes: {
      in: ['manual'],
      gift: ['coupon', { name: { en: 'c' }, value: 100, validDays: 30 }],
      where: ['branch', { branches: [{ id: 'here', name: { en: 'here' }, when: inHangzhou }] }],
      hello: sms('{{ customer.name }}，您好'),
      big: [
        'wait_event',
        {
          filter: { event: 'order', where: [{ property: 'amount', op: 'gte', value: 5000 }] },
          limit: { amount: 3, unit: 'day' },
        },
      ],
      rest: rest(),
      out: ['exit'],
      bought: ['goal', { filter: { event: 'order', where: [] }, window: { kind: 'journey' } }],
    },
    edges: {
      'in.entered': 'gift',
      'gift.issued': 'where',
      'gift.not_issued': 'where',
      'where.here': 'hello',
      'where.otherwise': 'rest',
      'hello.sent': 'big',
      'hello.not_sent': 'rest',
      'big.happened': 'rest',
      'big.timeout': 'out',
      'rest.done': 'out',
    },
    settings: {
      exitWhen: [
        { event: 'view', where: [{ property: 'page', op: 'ne', value: 'home' }] },
        { event: 'view', where: [{ property: 'times', op: 'gte', value: 3 }] },
      ],
    },
  }),
)

/** What has happened to somebody, and how the trace walks again; `change` tampers with it first. */
function lived(input: Partial<DriveInput>, change: (line: TraceEntry) => TraceEntry = (line) => line) {
  const customer = input.customer ?? someone({ city: '杭州' })
  const driven = drive(plan, { at: enters, customer, ...input })
  const trace = driven.steps.flatMap((step) => (step.trace === null ? [] : [step.trace]))
  const { id, customerId, entry, version } = driven.enrollment
  const stored: TraceEntry[] = JSON.parse(JSON.stringify(trace.map(change)))
  const plans = new Map([[1, plan]])
  const again = replay({ id, customerId, entry, version, trace: stored, plans, brand: sketchBrand() })
  return { driven, stored, again }
}

const texts = ({ trace }: Replay) => trace.map(lineText)

test('rule 27: of a passage whose steps were erased it is said that nothing is left to walk', () => {
  const { id, customerId, entry, version } = lived({}).driven.enrollment
  const plans = new Map([[1, plan]])
  const again = replay({ id, customerId, entry, version, trace: [], plans, brand: sketchBrand() })
  expect(again).toMatchObject({ same: false, trace: [], problem: { problem: { code: 'trace-gone' } } })
})

describe('a passage walked again by its trace (rule 27)', () => {
  test('comes out byte for byte, with nothing known of the customer any more', () => {
    const order = happening('order', '2026-08-06T09:00:00+08:00', {}, 9900)
    const { driven, stored, again } = lived({ events: [order] })
    expect(driven.path).toContain('big.happened')
    expect(driven.path).toContain('bought.reached')
    expect(again).toMatchObject({ same: true, byOutcome: [], problem: null, ending: 'out' })
    expect(texts(again)).toEqual(stored.map(lineText))
    expect(again.enrollment).toEqual({ ...driven.enrollment, history: again.enrollment?.history })
    expect(again.enrollment?.history).toEqual(driven.enrollment.history)
  })

  test('goes by what the event held then: the amount that a filter asked for', () => {
    const order = happening('order', '2026-08-06T09:00:00+08:00', { shop: 'a' }, 9900)
    const { stored } = lived({ events: [order] })
    const line = stored.find(({ outcome }) => outcome === 'happened')
    expect(line?.reason).toMatchObject({ code: 'event', values: { amount: 9900 } })
    expect(line?.reason).not.toHaveProperty('values.shop')
  })

  test('an exit rule that came after another which did not fit', () => {
    const view = happening('view', '2026-08-06T09:00:00+08:00', { page: 'home', times: 4 })
    const { driven, again } = lived({ events: [view] })
    expect(driven.ending).toBe('exit_rule')
    expect(again.same).toBe(true)
  })

  test('shows a changed value by which the customer would have gone another way', () => {
    const { again } = lived({}, (line) =>
      line.node === 'where'
        ? {
            ...line,
            reason: {
              ...line.reason,
              seen: [{ kind: 'attribute', name: 'city', actual: '北京', holds: false }],
            },
          }
        : line,
    )
    expect(again.same).toBe(false)
    expect(again.trace.at(-1)).toMatchObject({ node: 'where', outcome: 'otherwise' })
  })

  test('shows a time at which the wait was not over', () => {
    const { again } = lived({ customer: someone({ city: '北京' }) }, (line) =>
      line.node === 'rest' ? { ...line, at: line.at - 3_600_000 } : line,
    )
    expect(again).toMatchObject({ same: false, problem: { problem: { code: 'trace-unfit' } } })
  })

  test('shows a value that was left out', () => {
    const { again } = lived({}, (line) =>
      line.node === 'where' ? { ...line, reason: { ...line.reason, seen: [] } } : line,
    )
    expect(again.problem?.problem.code).toBe('trace-unfit')
  })

  test('a trace of an earlier release, which kept less, goes by its outcomes and says so', () => {
    const order = happening('order', '2026-08-06T09:00:00+08:00', {}, 9900)
    const { stored, again } = lived({ events: [order] }, ({ reason, ...line }) => {
      const { zone: _zone, seq: _seq, values: _values, ...known } = reason
      return { ...line, reason: known }
    })
    expect(again.same).toBe(true)
    expect(texts(again)).toEqual(stored.map(lineText))
    expect(again.byOutcome.map((seq) => stored[seq]?.outcome)).toEqual(['reached', 'happened'])
    expect(again.enrollment?.goals).toHaveProperty('bought.value', 9900)
  })
})
