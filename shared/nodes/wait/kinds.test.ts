import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Customer } from '../../conditions/customer.ts'
import { decideWith, type Situation } from '../../testing/deciding.ts'
import { someone } from '../../testing/driver.ts'
import { wait } from '../wait.ts'

const shanghai = 'Asia/Shanghai'
const hours = { kind: 'weekday', days: 'weekday', from: '09:00', to: '18:00' }

/** Somebody who waits since a moment, as of that moment unless another is given. */
function arriving(until: object, arrivedAt: string, more: Situation & { readonly config?: object } = {}) {
  const at = Date.parse(arrivedAt)
  const { config, enrollment, ...rest } = more
  return decideWith(
    wait,
    { until, ...config },
    { now: at, ...rest, enrollment: { arrivedAt: at, ...enrollment } },
  )
}

/** Until when they wait, as an instant; else how they leave. */
function until(...asked: Parameters<typeof arriving>): string {
  const decision = arriving(...asked)
  if (decision.kind === 'wait') return new Date(decision.wait.until ?? 0).toISOString()
  return decision.kind === 'leave' ? decision.port : 'left'
}

const of = (attributes: Customer['attributes'], more: Partial<Customer> = {}): Situation => ({
  facts: { customer: someone({ ...more, attributes }) },
})
const inZone = (timezone: string): Situation => ({
  enrollment: { entry: { trigger: 'in', timezone, event: null, anchors: {} } },
})

describe('rule 5: until a weekday and time window', () => {
  test('rule 5: whoever comes before it waits for its start, whoever comes within goes on at once', () => {
    expect(until(hours, '2026-08-19T08:00:00+08:00')).toBe('2026-08-19T01:00:00.000Z')
    expect(until(hours, '2026-08-19T09:00:00+08:00')).toBe('done')
    expect(until(hours, '2026-08-19T17:59:59+08:00')).toBe('done')
  })

  test('whoever comes after it waits for the next allowed day, over a weekend too', () => {
    expect(until(hours, '2026-08-19T18:00:00+08:00')).toBe('2026-08-20T01:00:00.000Z')
    // A Friday evening, and a Saturday noon.
    expect(until(hours, '2026-08-21T20:00:00+08:00')).toBe('2026-08-24T01:00:00.000Z')
    expect(until(hours, '2026-08-22T12:00:00+08:00')).toBe('2026-08-24T01:00:00.000Z')
  })

  test('it may reach over midnight, begin on a minute, and name its days', () => {
    const night = { kind: 'weekday', days: [5], from: '22:30', to: '01:15' }
    expect(until(night, '2026-08-21T12:00:00+08:00')).toBe('2026-08-21T14:30:00.000Z')
    expect(until(night, '2026-08-22T01:14:00+08:00')).toBe('done')
    expect(until(night, '2026-08-22T01:15:00+08:00')).toBe('2026-08-28T14:30:00.000Z')
  })

  test('whoever is to wait for the next one does so even within it', () => {
    const next = { ...hours, inside: 'next' }
    expect(until(next, '2026-08-19T09:00:00+08:00')).toBe('2026-08-20T01:00:00.000Z')
    expect(until(next, '2026-08-21T10:00:00+08:00')).toBe('2026-08-24T01:00:00.000Z')
  })
})

describe('rule 5: until the next time of day', () => {
  const nine = { kind: 'time', time: '09:00' }
  test('at 09:00 the next 09:00 is tomorrow', () => {
    expect(until(nine, '2026-08-19T08:59:00+08:00')).toBe('2026-08-19T01:00:00.000Z')
    expect(until(nine, '2026-08-19T09:00:00+08:00')).toBe('2026-08-20T01:00:00.000Z')
  })

  test('may leave days out', () => {
    expect(until({ ...nine, days: 'weekend' }, '2026-08-19T08:00:00+08:00')).toBe('2026-08-22T01:00:00.000Z')
  })
})

describe('rule 6: hours are the customer’s own', () => {
  test('rule 6: hours of a wait are of the customer’s zone, else of the brand', () => {
    const at = '2026-08-19T20:00:00+08:00'
    expect(until(hours, at)).toBe('2026-08-20T01:00:00.000Z')
    // 08:00 in New York.
    expect(until(hours, at, inZone('America/New_York'))).toBe('2026-08-19T13:00:00.000Z')
  })

  test('a zone that there is not falls back to the brand’s, and nobody is stuck', () => {
    expect(until(hours, '2026-08-19T08:00:00+08:00', inZone('Mars/Olympus'))).toBe('2026-08-19T01:00:00.000Z')
    const span = { kind: 'duration', span: { amount: 1, unit: 'day' } }
    expect(until(span, '2026-08-19T08:00:00+08:00', inZone('nowhere'))).toBe('2026-08-20T00:00:00.000Z')
  })

  test('a start that the clock leaves out moves forward', () => {
    const night = { kind: 'weekday', days: 'any', from: '02:30', to: '04:00' }
    expect(until(night, '2026-03-08T00:00:00-05:00', inZone('America/New_York'))).toBe(
      '2026-03-08T07:30:00.000Z',
    )
  })
})

describe('rule 5: until a date of the customer', () => {
  const before = { kind: 'customer_date', attribute: 'birthday', days: -3, time: '10:00' }
  const born = (birthday: string | null) => of({}, { birthday })

  test('rule 5: three days before the birthday at 10:00, whatever its year', () => {
    expect(until(before, '2026-08-05T10:00:00+08:00', born('1990-08-19'))).toBe('2026-08-16T02:00:00.000Z')
    expect(until(before, '2026-08-05T10:00:00+08:00', born('--08-19'))).toBe('2026-08-16T02:00:00.000Z')
    expect(until(before, '2026-12-30T10:00:00+08:00', born('1990-01-05'))).toBe('2027-01-02T02:00:00.000Z')
  })

  test('three days before a birthday that is tomorrow has gone by: it is late, and not next year’s', () => {
    expect(arriving(before, '2026-08-18T10:00:00+08:00', born('1990-08-19'))).toMatchObject({
      port: 'done',
      reason: { code: 'late', at: Date.parse('2026-08-16T10:00:00+08:00') },
    })
  })

  test('days after the birthday still wait for the one that has just been', () => {
    const after = { ...before, days: 3 }
    expect(until(after, '2026-08-21T12:00:00+08:00', born('1990-08-19'))).toBe('2026-08-22T02:00:00.000Z')
    expect(until(after, '2026-08-23T12:00:00+08:00', born('1990-08-19'))).toBe('2027-08-22T02:00:00.000Z')
  })

  test('29 February is kept on the 28th', () => {
    expect(until({ ...before, days: 0 }, '2027-02-01T10:00:00+08:00', born('1988-02-29'))).toBe(
      '2027-02-28T02:00:00.000Z',
    )
  })

  test('of an expiry the year counts', () => {
    const expiry = { kind: 'customer_date', attribute: '有效期', days: -30, time: '10:00', repeat: 'once' }
    const now = '2026-08-05T10:00:00+08:00'
    expect(until(expiry, now, of({ 有效期: '2026/12/31' }))).toBe('2026-12-01T02:00:00.000Z')
    expect(arriving(expiry, now, of({ 有效期: '2025-12-31' }))).toMatchObject({ reason: { code: 'late' } })
  })

  test('without a time of day it is the value’s own, with hours around it', () => {
    const own = { kind: 'customer_date', attribute: 'visit', repeat: 'once' }
    const visit = of({ visit: '2026-08-19 15:30' })
    const now = '2026-08-05T10:00:00+08:00'
    expect(until(own, now, visit)).toBe('2026-08-19T07:30:00.000Z')
    expect(until({ ...own, minutes: 120 }, now, visit)).toBe('2026-08-19T09:30:00.000Z')
    expect(until({ ...own, days: -1, minutes: -30 }, now, visit)).toBe('2026-08-18T07:00:00.000Z')
    expect(until(own, now, of({ visit: '2026-08-19' }))).toBe('2026-08-18T16:00:00.000Z')
  })

  test('an attribute is read as its declared type has it', () => {
    const types = {
      zone: shanghai,
      currency: 'CNY',
      of: { due: { type: 'date', format: 'day-first' } as const },
    }
    const due = { kind: 'customer_date', attribute: 'due', days: 0, time: '10:00', repeat: 'once' }
    const now = '2026-08-05T10:00:00+08:00'
    expect(until(due, now, of({ due: '01/09/2026' }, { types }))).toBe('2026-09-01T02:00:00.000Z')
    expect(until(due, now, of({ due: '01/09/2026' }))).toBe('left')
    const points = { ...types, of: { due: { type: 'number', format: null } as const } }
    expect(until(due, now, of({ due: '20260901' }, { types: points }))).toBe('left')
  })

  test.each([
    ['missing', null],
    ['missing', 'N/A'],
    ['unreadable', 'soon'],
    ['unreadable', '0001-01-01'],
    ['no-year', '8月19日'],
    ['too-far', '2099-12-31'],
    ['too-far', '9999-12-31T00:00:00Z'],
  ])('a date that is %s (%s) is never guessed: they leave, or take the way for it', (why, due) => {
    const once = { kind: 'customer_date', attribute: 'due', days: -3, time: '10:00', repeat: 'once' }
    const who = of(due === null ? {} : { due })
    const now = '2026-08-05T10:00:00+08:00'
    expect(arriving(once, now, who)).toEqual({
      kind: 'left',
      reason: { code: 'no-date', attribute: 'due', why },
    })
    expect(arriving(once, now, { ...who, config: { missing: 'skip', late: 'go_on' } })).toEqual({
      kind: 'leave',
      port: 'no_date',
      reason: { code: 'no-date', attribute: 'due', why },
    })
  })

  test('its ports are those of what can happen', () => {
    const ports = (more: object) =>
      wait.ports(wait.config.parse({ until: before, ...more })).map(({ id }) => id)
    expect(ports({})).toEqual(['done'])
    expect(ports({ late: 'skip', missing: 'skip' })).toEqual(['done', 'late', 'no_date'])
  })
})

describe('rule 7: late by more than', () => {
  const date = { kind: 'date', date: '2026-08-05', time: '10:00' }
  const lateBy = { amount: 2, unit: 'day' }
  test.each(['skip', 'leave'])('policy %s applies on arrival once the threshold is passed', (late) => {
    const at = (arrived: string) => arriving(date, arrived, { config: { late, lateBy } })
    expect(at('2026-08-07T10:00:00+08:00')).toMatchObject({ port: 'done', reason: { code: 'time-reached' } })
    expect(at('2026-08-07T10:00:01+08:00')).toMatchObject({ reason: { code: 'late', policy: late } })
  })

  test('and after an outage by the same threshold', () => {
    const target = Date.parse('2026-08-05T10:00:00+08:00')
    const woken = (now: number) =>
      decideWith(
        wait,
        { until: date, late: 'skip', lateBy },
        { now, wake: { kind: 'timer' }, enrollment: { wait: { until: target, event: null, cause: null } } },
      )
    expect(woken(target + 5 * 3_600_000)).toMatchObject({ port: 'done' })
    expect(woken(target + 49 * 3_600_000)).toMatchObject({ port: 'late' })
  })

  describe('of hours that were missed in an outage', () => {
    const opened = Date.parse('2026-08-21T09:00:00+08:00')
    const woken = (now: string, config: object = {}) =>
      decideWith(
        wait,
        { until: hours, ...config },
        { now, wake: { kind: 'timer' }, enrollment: { wait: { until: opened, event: null, cause: null } } },
      )

    test('whoever wakes while they last is in time', () => {
      expect(woken('2026-08-21T17:00:00+08:00', { late: 'leave' })).toMatchObject({
        port: 'done',
        reason: { code: 'time-reached' },
      })
    })

    test('whoever wakes after them waits for the next, and never goes on outside of them', () => {
      expect(woken('2026-08-21T20:00:00+08:00')).toMatchObject({
        kind: 'wait',
        wait: { until: Date.parse('2026-08-24T09:00:00+08:00') },
      })
    })

    test('or skips or leaves, if so chosen', () => {
      expect(woken('2026-08-21T20:00:00+08:00', { late: 'skip' })).toMatchObject({ port: 'late' })
      expect(woken('2026-08-21T20:00:00+08:00', { late: 'leave' })).toMatchObject({ kind: 'left' })
      expect(
        woken('2026-08-21T12:00:00+08:00', { late: 'skip', lateBy: { amount: 1, unit: 'hour' } }),
      ).toMatchObject({ port: 'late' })
    })
  })
})

describe('what the card says, in both languages', () => {
  const say = (config: object, locale: 'zh-CN' | 'en') =>
    wait.describe(wait.config.parse({ until: config }), { locale, currency: 'CNY' })
  test.each([
    [hours, '等到周一至周五 09:00–18:00', 'Until Mon–Fri, 09:00–18:00'],
    [{ ...hours, days: [1, 3], to: '12:00' }, '等到周一、周三 09:00–12:00', 'Until Mon, Wed, 09:00–12:00'],
    [{ ...hours, days: [5, 1, 2, 3, 4] }, '等到周一至周五 09:00–18:00', 'Until Mon–Fri, 09:00–18:00'],
    [{ kind: 'time', time: '09:00' }, '等到下一个 09:00', 'Until the next 09:00'],
    [
      { kind: 'customer_date', attribute: 'birthday', days: -3, time: '10:00' },
      '等到生日前 3 天 10:00',
      'Until 3 days before the birthday at 10:00',
    ],
    [
      { kind: 'customer_date', attribute: 'visit', minutes: 120, repeat: 'once' },
      '等到「visit」当天再晚 2 小时',
      'Until “visit”, 2 hours later',
    ],
  ])('%o', (config, zh, en) => {
    expect(say(config, 'zh-CN')).toBe(zh)
    expect(say(config, 'en')).toBe(en)
  })
})

const vectors = '../shared/data/conformance/schedule-window-vectors.json'
const present = existsSync(vectors)
const groups = z.object({ groups: z.array(z.object({ cases: z.array(z.array(z.unknown())) })) })
const rowsOf = <T>(index: number, shape: z.ZodType<T>): T[] =>
  z.array(shape).parse(groups.parse(JSON.parse(readFileSync(vectors, 'utf8'))).groups[index]?.cases)

describe(`what other products expect of a wait${present ? '' : ` (skipped: no ${vectors})`}`, () => {
  test.skipIf(!present)('a date and an offset, PostHog: all hold', () => {
    const rows = rowsOf(2, z.tuple([z.string(), z.string().nullable(), z.string(), z.string()]))
    expect(rows).toHaveLength(7)
    for (const [now, date, offset, expected] of rows) {
      const [, amount = '0', unit = 'd'] = /^(-?\d+)([dh])$/.exec(offset) ?? []
      const around = unit === 'd' ? { days: Number(amount) } : { minutes: Number(amount) * 60 }
      const config = { kind: 'customer_date', attribute: 'when', repeat: 'once', ...around }
      const got = until(config, now, { zone: 'UTC', ...of(date === null ? {} : { when: date }) })
      const told = { 'continue at once': 'done', 'fail, do not continue': 'left' }
      expect(got, `${date} ${offset}`).toBe(
        Object.entries(told).find(([words]) => words === expected)?.[1] ?? new Date(expected).toISOString(),
      )
    }
  })

  test.skipIf(!present)('an edited delay, PostHog: all hold, told from the same beginning', () => {
    const rows = rowsOf(3, z.tuple([z.string(), z.string(), z.string(), z.string()]))
    expect(rows).toHaveLength(3)
    const arrivedAt = '2026-08-05T02:00:00.000Z'
    const ms = (text: string) =>
      [...text.matchAll(/(\d+)([dm])/g)].reduce(
        (sum, [, amount, unit]) => sum + Number(amount) * (unit === 'd' ? 86_400_000 : 60_000),
        0,
      )
    for (const [, edited, parked, expected] of rows) {
      const span = { amount: Number.parseInt(edited, 10), unit: 'day' }
      const got = until({ kind: 'duration', span }, arrivedAt, { now: Date.parse(arrivedAt) + ms(parked) })
      const end = new Date(Date.parse(arrivedAt) + ms(edited)).toISOString()
      expect(got, `${edited} after ${parked}`).toBe(expected === 'advance at once' ? 'done' : end)
    }
  })
})
