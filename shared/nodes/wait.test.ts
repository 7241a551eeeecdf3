import { describe, expect, test } from 'vitest'
import { historyOf } from '../conditions/history.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { wait } from './wait.ts'

const span = (amount: number, unit: string) => ({ until: { kind: 'duration', span: { amount, unit } } })
const festival = (days: number, time = '10:00') => ({
  until: { kind: 'festival', festival: 'qixi', days, time },
})

/** Until when somebody who arrives at a moment waits, as a local time. */
function until(config: unknown, arrivedAt: string, zone = 'Asia/Shanghai', more: Situation = {}): string {
  const at = Date.parse(arrivedAt)
  const decision = decideWith(wait, config, {
    ...more,
    now: at,
    zone,
    enrollment: { arrivedAt: at, ...more.enrollment },
  })
  if (decision.kind !== 'wait') return decision.kind
  return new Date(decision.wait.until ?? 0).toISOString()
}

describe('a wait for a duration', () => {
  test('rule 5: a wait for a duration counts minutes and hours exactly', () => {
    expect(until(span(90, 'minute'), '2026-08-05T10:00:00Z')).toBe('2026-08-05T11:30:00.000Z')
    expect(until(span(36, 'hour'), '2026-08-05T10:00:00Z')).toBe('2026-08-06T22:00:00.000Z')
  })

  test('rule 6: a day is a calendar day: the wall clock is kept over a change to summer time', () => {
    // New York springs forward on 2026-03-08, so this day has 23 hours.
    expect(until(span(1, 'day'), '2026-03-07T10:00:00-05:00', 'America/New_York')).toBe(
      '2026-03-08T14:00:00.000Z',
    )
    expect(until(span(24, 'hour'), '2026-03-07T10:00:00-05:00', 'America/New_York')).toBe(
      '2026-03-08T15:00:00.000Z',
    )
  })

  test('rule 6: a local time that does not exist moves forward, and of two the first is taken', () => {
    expect(until(span(1, 'day'), '2026-03-07T02:30:00-05:00', 'America/New_York')).toBe(
      '2026-03-08T07:30:00.000Z',
    )
    expect(until(span(1, 'day'), '2026-10-31T01:30:00-04:00', 'America/New_York')).toBe(
      '2026-11-01T05:30:00.000Z',
    )
  })

  test('rule 6: a month’s end clamps in a short month', () => {
    expect(until(span(1, 'month'), '2026-01-31T09:00:00+08:00')).toBe('2026-02-28T01:00:00.000Z')
    expect(until(span(1, 'year'), '2028-02-29T09:00:00+08:00')).toBe('2029-02-28T01:00:00.000Z')
  })

  test('rule 6: days are counted in the customer’s own zone where it is known', () => {
    const entry = { trigger: 'in', timezone: 'America/New_York', event: null, anchors: {} }
    expect(until(span(1, 'day'), '2026-03-07T15:00:00Z', 'Asia/Shanghai', { enrollment: { entry } })).toBe(
      '2026-03-08T14:00:00.000Z',
    )
  })
})

describe('a wait until a day', () => {
  test('rule 5: a wait until a day is over at the local time of that day', () => {
    const date = { until: { kind: 'date', date: '2026-08-19', time: '10:00' } }
    expect(until(date, '2026-08-05T10:00:00+08:00')).toBe('2026-08-19T02:00:00.000Z')
  })

  test('rule 5: a wait until a festival refers to the occurrence that the enrollment is anchored to', () => {
    const entry = { trigger: 'in', timezone: null, event: null, anchors: { qixi: '2026-08-19' } }
    expect(until(festival(-3), '2026-08-05T10:00:00+08:00', undefined, { enrollment: { entry } })).toBe(
      '2026-08-16T02:00:00.000Z',
    )
    // After the day itself the anchor still holds; without it the next Qixi is meant.
    expect(until(festival(14), '2026-08-20T00:00:00+08:00', undefined, { enrollment: { entry } })).toBe(
      '2026-09-02T02:00:00.000Z',
    )
    expect(until(festival(0), '2026-08-20T00:00:00+08:00')).toBe('2027-08-08T02:00:00.000Z')
  })
})

describe('woken', () => {
  const target = Date.parse('2026-08-16T10:00:00+08:00')
  const parked = { wait: { until: target, event: null, cause: null } }
  const wake = { kind: 'timer' } as const

  test('at its time, it goes on', () => {
    expect(decideWith(wait, span(3, 'day'), { now: target, wake, enrollment: parked })).toEqual({
      kind: 'leave',
      port: 'done',
      reason: { code: 'time-reached', at: target },
    })
  })

  test('too early, it parks again for its original time', () => {
    const early = decideWith(wait, span(3, 'day'), { now: target - 1, wake, enrollment: parked })
    expect(early).toMatchObject({ kind: 'wait', wait: { until: target } })
    const event = { id: 'e', name: 'order', at: target - 5, amount: null, properties: {} }
    expect(
      decideWith(wait, span(3, 'day'), {
        now: target - 5,
        wake: { kind: 'event', event },
        enrollment: parked,
      }),
    ).toMatchObject({
      kind: 'wait',
      wait: { until: target },
    })
  })

  test('a few minutes late, it goes on as if in time', () => {
    expect(
      decideWith(wait, span(3, 'day'), { now: target + 30 * 60_000, wake, enrollment: parked }),
    ).toMatchObject({
      reason: { code: 'time-reached' },
    })
  })

  test.each([
    ['go_on', { kind: 'leave', port: 'done', reason: { code: 'late', at: target, policy: 'go_on' } }],
    ['skip', { kind: 'leave', port: 'late', reason: { code: 'late', at: target, policy: 'skip' } }],
    ['leave', { kind: 'left', reason: { code: 'late', at: target, policy: 'leave' } }],
  ])('hours late after an outage, it does what the policy %s says', (late, decision) => {
    const now = target + 5 * 3_600_000
    expect(decideWith(wait, { ...span(3, 'day'), late }, { now, wake, enrollment: parked })).toEqual(decision)
  })
})

describe('a target that is already past on arrival', () => {
  const date = { until: { kind: 'date', date: '2026-08-01', time: '10:00' } }

  test('rule 7: a target that is already past goes on at once by default, and says so', () => {
    expect(decideWith(wait, date)).toMatchObject({
      kind: 'leave',
      port: 'done',
      reason: { code: 'late', policy: 'go_on' },
    })
  })

  test('rule 7: a target that is already past skips to its port or leaves, if so chosen', () => {
    expect(decideWith(wait, { ...date, late: 'skip' })).toMatchObject({ port: 'late' })
    expect(decideWith(wait, { ...date, late: 'leave' })).toMatchObject({
      kind: 'left',
      reason: { code: 'late' },
    })
  })

  test('that is just now is in time', () => {
    const now = { until: { kind: 'date', date: '2026-08-05', time: '10:00' } }
    expect(decideWith(wait, { ...now, late: 'leave' })).toMatchObject({
      port: 'done',
      reason: { code: 'time-reached' },
    })
  })
})

describe('a wait with a maximum of visits', () => {
  const config = { ...span(1, 'day'), maxVisits: 2 }
  const visited = (times: number) =>
    decideWith(wait, config, { enrollment: { history: historyOf({ 'it.done': times, 'item.done': 9 }) } })

  test('waits each time until they are used up, then leaves by limit', () => {
    expect(visited(0)).toMatchObject({ kind: 'wait' })
    expect(visited(1)).toMatchObject({ kind: 'wait' })
    expect(visited(2)).toEqual({
      kind: 'leave',
      port: 'limit',
      reason: { code: 'visit-limit', visit: 3, limit: 2 },
    })
  })

  test('has ports for what can happen and no others', () => {
    const ports = (more: object) =>
      wait.ports(wait.config.parse({ ...span(1, 'day'), ...more })).map(({ id }) => id)
    expect(ports({})).toEqual(['done'])
    expect(ports({ late: 'skip', maxVisits: 2 })).toEqual(['done', 'late', 'limit'])
  })
})

test('its card says what it waits for, in both languages', () => {
  const say = (config: unknown, locale: 'zh-CN' | 'en') =>
    wait.describe(wait.config.parse(config), { locale, currency: 'CNY' })
  const day = { until: { kind: 'date', date: '2027-07-26', time: '10:00' } }
  expect(say(day, 'zh-CN')).toBe('等到 2027 年 7 月 26 日 10:00')
  expect(say(day, 'en')).toBe('Until 26 Jul 2027 at 10:00')
  expect(say(span(3, 'day'), 'zh-CN')).toBe('等待 3 天')
  expect(say(festival(-3), 'zh-CN')).toBe('等到七夕前 3 天 10:00')
  expect(say(festival(0), 'en')).toBe('Until Qixi at 10:00')
})
