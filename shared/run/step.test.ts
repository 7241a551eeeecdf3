import { describe, expect, test } from 'vitest'
import { historyOf } from '../conditions/history.ts'
import { Problem } from '../errors/index.ts'
import { known } from '../testing/deciding.ts'
import { drive, happening, planFor, someone } from '../testing/driver.ts'
import { sketch, sketchBrand } from '../testing/sketch.ts'
import { admit, inControlGroup, leave, step } from './step.ts'

const enters = '2026-08-05T10:00:00+08:00'
const now = Date.parse(enters)
const context = { now, brand: sketchBrand(), askModel: false, mayCall: false }
const entry = { trigger: 'in', timezone: null, event: null, anchors: {} }
const day = 86_400_000
const rest = (maxVisits: number | null, late = 'go_on') =>
  ['wait', { until: { kind: 'duration', span: { amount: 1, unit: 'day' } }, maxVisits, late }] as const
const coupon = ['coupon', { name: { en: 'c' }, value: 100, validDays: 30 }] as const

describe('a customer who comes in', () => {
  const plan = planFor(
    sketch({
      nodes: { in: ['manual'], rest: rest(null), out: ['exit'] },
      edges: { 'in.entered': 'rest', 'rest.done': 'out' },
    }),
  )

  test('stands where the trigger leads, with the entry as the first line of the story', () => {
    const admitted = admit(plan, { id: 7, customerId: 'c1', now, entry })
    expect(admitted.enrollment).toMatchObject({
      id: 7,
      state: 'rest',
      enteredAt: now,
      arrivedAt: now,
      steps: 1,
      wait: null,
    })
    expect(admitted.trace).toEqual({
      seq: 0,
      at: now,
      node: 'in',
      outcome: 'entered',
      reason: { code: 'entered', control: false },
    })
    expect(admitted.ending).toBeNull()
  })

  test('cannot come in by a trigger that the journey does not have', () => {
    const other = { ...entry, trigger: 'side' }
    expect(() => admit(plan, { id: 1, customerId: 'c1', now, entry: other })).toThrow(Problem)
  })

  test('waits without leaving a line, then goes on and ends in the exit', () => {
    const { enrollment } = admit(plan, { id: 1, customerId: 'c1', now, entry })
    const waiting = step(plan, enrollment, { kind: 'arrive' }, known(), context)
    expect(waiting).toMatchObject({
      trace: null,
      ending: null,
      enrollment: { state: 'rest', wait: { until: now + day } },
    })
    const later = { ...context, now: now + day }
    const done = step(plan, waiting.enrollment, { kind: 'timer' }, known(), later)
    expect(done).toMatchObject({
      ending: 'out',
      enrollment: { state: 'out', wait: null, history: historyOf({ 'in.entered': 1, 'rest.done': 1 }) },
    })
  })

  test('may leave at once from wherever they stand, and the reason is the ending', () => {
    const { enrollment } = admit(plan, { id: 1, customerId: 'c1', now, entry })
    expect(leave(plan, enrollment, { code: 'stopped' }, now)).toMatchObject({
      ending: 'stopped',
      enrollment: { state: 'left' },
      trace: { node: 'rest', outcome: 'left', reason: { code: 'stopped' } },
    })
  })

  test('who has ended decides nothing more', () => {
    const { enrollment } = admit(plan, { id: 1, customerId: 'c1', now, entry })
    const gone = leave(plan, enrollment, { code: 'stopped' }, now).enrollment
    expect(() => step(plan, gone, { kind: 'timer' }, known(), context)).toThrow(Problem)
    expect(() => leave(plan, gone, { code: 'stopped' }, now)).toThrow(Problem)
  })
})

describe('a loop', () => {
  test('goes round as often as its wait allows, then out by limit', () => {
    const plan = planFor(
      sketch({
        nodes: {
          in: ['manual'],
          rest: rest(2),
          hello: ['send', { channel: 'in_app', text: { en: 'hi' } }],
          out: ['exit'],
        },
        edges: {
          'in.entered': 'rest',
          'rest.done': 'hello',
          'rest.limit': 'out',
          'hello.sent': 'rest',
          'hello.not_sent': 'rest',
        },
      }),
    )
    const { path, sent } = drive(plan, { at: enters })
    expect(path).toEqual(['in.entered', 'rest.done', 'hello.sent', 'rest.done', 'hello.sent', 'rest.limit'])
    expect(sent.map(({ at }) => (at - now) / day)).toEqual([1, 2])
  })
})

describe('coupons', () => {
  test('the one given last is the one that texts use, also when a node gives a second one', () => {
    const plan = planFor(
      sketch({
        nodes: {
          in: ['manual'],
          first: coupon,
          second: coupon,
          hello: ['send', { channel: 'in_app', text: { en: '{{ coupon.code }}' } }],
          rest: rest(1),
          out: ['exit'],
        },
        edges: {
          'in.entered': 'first',
          'first.issued': 'second',
          'first.not_issued': 'out',
          'second.issued': 'hello',
          'second.not_issued': 'out',
          'hello.sent': 'rest',
          'hello.not_sent': 'out',
          'rest.done': 'first',
          'rest.limit': 'out',
        },
      }),
    )
    const { steps, sent } = drive(plan, { at: enters })
    const given = steps.flatMap(({ effects }) =>
      effects.flatMap((e) => (e.kind === 'coupon' ? [e.coupon.code] : [])),
    )
    expect(given).toHaveLength(4)
    expect(sent.map(({ text }) => text)).toEqual([given[1], given[3]])
  })

  test('given again by the same node alone are the later ones too', () => {
    const plan = planFor(
      sketch({
        nodes: {
          in: ['manual'],
          kept: coupon,
          again: coupon,
          rest: rest(1),
          hello: ['send', { channel: 'in_app', text: { en: '{{ coupon.code }}' } }],
          out: ['exit'],
        },
        edges: {
          'in.entered': 'again',
          'again.issued': 'rest',
          'again.not_issued': 'out',
          'rest.done': 'kept',
          'kept.issued': 'again',
          'kept.not_issued': 'out',
          'rest.limit': 'hello',
          'hello.sent': 'out',
          'hello.not_sent': 'out',
        },
      }),
    )
    const { steps, sent } = drive(plan, { at: enters })
    const given = steps.flatMap(({ effects }) =>
      effects.flatMap((e) => (e.kind === 'coupon' ? [e.coupon.code] : [])),
    )
    expect(sent[0]?.text).toBe(given.at(-1))
  })
})

describe('the control group', () => {
  const plan = planFor(
    sketch({
      nodes: { in: ['manual'], out: ['exit'] },
      edges: { 'in.entered': 'out' },
      settings: { controlGroup: { percent: 10, salt: 's' } },
    }),
  )
  const people = Array.from({ length: 2000 }, (_, at) => `customer-${at}`)

  test('is a tenth of the customers, always the same ones', () => {
    const chosen = people.filter((id) => inControlGroup(plan, id))
    // Three standard deviations of a binomial of 2,000 draws at 0.1 are 40.
    expect(Math.abs(chosen.length - 200)).toBeLessThan(40)
    expect(people.filter((id) => inControlGroup(plan, id))).toEqual(chosen)
  })

  test('grows without losing anybody when its share grows', () => {
    const larger = { ...plan, settings: { ...plan.settings, controlGroup: { percent: 20, salt: 's' } } }
    expect(people.filter((id) => inControlGroup(plan, id) && !inControlGroup(larger, id))).toEqual([])
  })

  test('is nobody at 0 percent', () => {
    const none = { ...plan, settings: { ...plan.settings, controlGroup: { percent: 0, salt: 's' } } }
    expect(people.some((id) => inControlGroup(none, id))).toBe(false)
  })
})

describe('waiting for an event, led in virtual time', () => {
  const plan = planFor(
    sketch({
      nodes: {
        in: ['manual'],
        wait: ['wait_event', { filter: { event: 'order' }, limit: { amount: 1, unit: 'day' } }],
        yes: ['exit'],
        no: ['exit'],
      },
      edges: { 'in.entered': 'wait', 'wait.happened': 'yes', 'wait.timeout': 'no' },
    }),
  )

  test('an order in time, at the very deadline, and too late', () => {
    const ends = (ms: number) => drive(plan, { at: enters, events: [happening('order', now + ms)] }).ending
    expect([ends(1), ends(day), ends(day + 1)]).toEqual(['yes', 'yes', 'no'])
  })
})

test('a late policy that leaves ends the enrollment with its reason', () => {
  const plan = planFor(
    sketch({
      nodes: {
        in: ['manual'],
        until: ['wait', { until: { kind: 'date', date: '2026-01-01', time: '10:00' }, late: 'leave' }],
        out: ['exit'],
      },
      edges: { 'in.entered': 'until', 'until.done': 'out' },
    }),
  )
  expect(drive(plan, { at: enters })).toMatchObject({ ending: 'late', path: ['in.entered', 'until.left'] })
})

test('the same arguments give the same steps', () => {
  const plan = planFor(
    sketch({
      nodes: { in: ['manual'], gift: coupon, rest: rest(null), out: ['exit'] },
      edges: { 'in.entered': 'gift', 'gift.issued': 'rest', 'gift.not_issued': 'rest', 'rest.done': 'out' },
    }),
  )
  const once = drive(plan, { at: enters, customer: someone() })
  expect(JSON.stringify(drive(plan, { at: enters, customer: someone() }))).toBe(JSON.stringify(once))
})

test('a model’s reply that comes in time is sent, one that comes too late is not', () => {
  const plan = planFor(
    sketch({
      nodes: {
        in: ['manual'],
        hello: ['send', { channel: 'in_app', text: { 'zh-CN': '你好' }, ai: { waitMinutes: 10 } }],
        rest: rest(null),
        out: ['exit'],
      },
      edges: { 'in.entered': 'hello', 'hello.sent': 'rest', 'hello.not_sent': 'rest', 'rest.done': 'out' },
    }),
  )
  const replies = (afterMs: number) =>
    drive(plan, {
      at: enters,
      model: () => ({ reply: { ok: true, text: '王芳，你好呀', model: 'm' }, afterMs }),
    }).sent
  expect(replies(5000)).toEqual([{ node: 'hello', at: now + 5000, text: '王芳，你好呀' }])
  expect(replies(day)).toEqual([{ node: 'hello', at: now + 600_000, text: '你好' }])
})
