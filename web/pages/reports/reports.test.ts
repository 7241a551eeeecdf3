import { describe, expect, test } from 'vitest'
import { everyDay } from './chart.ts'
import { type Goal, points, ruler, verdictOf } from './verdict.ts'

const arm = (members: number, converted: number, value = 0) => ({
  members,
  converted,
  value,
  rate: members === 0 ? 0 : converted / members,
})
const goal = (
  uplift: Goal['uplift'],
  treated = arm(7571, 689, 18_912_300),
  control = arm(841, 54, 1_391_000),
): Goal => ({
  goal: 'converted',
  name: { en: 'Orders' },
  treated,
  control,
  uplift,
})

describe('a goal against its control group', () => {
  test('is a success only where the whole interval lies above zero', () => {
    const verdict = verdictOf(goal({ difference: 0.0268, low: 0.0071, high: 0.0432, pValue: 0.009 }))
    expect(verdict.kind).toBe('up')
    expect(verdict.extra).toEqual({ count: 203, value: 6_389_992 })
  })

  test('is left open where the interval holds zero', () => {
    expect(verdictOf(goal({ difference: 0.019, low: -0.124, high: 0.071, pValue: 0.7 })).kind).toBe('unsure')
  })

  test('is a harm where the whole interval lies below zero', () => {
    expect(verdictOf(goal({ difference: -0.03, low: -0.05, high: -0.01, pValue: 0.01 })).kind).toBe('down')
  })

  test('cannot be judged without a control group, nor before anybody came', () => {
    expect(verdictOf(goal(null, arm(100, 3), arm(0, 0))).kind).toBe('alone')
    expect(verdictOf(goal(null, arm(0, 0), arm(0, 0))).kind).toBe('waiting')
  })
})

test('differences are said in percentage points', () => {
  expect(points(0.0268)).toBe('2.7')
  expect(points(-0.124, true)).toBe('−12.4')
  expect(points(0.0071, true)).toBe('+0.7')
})

test('the ruler holds the interval and zero, in their order', () => {
  const at = ruler({ difference: 0.02, low: -0.01, high: 0.05 })
  expect(at.low).toBeLessThan(at.zero)
  expect(at.zero).toBeLessThan(at.middle)
  expect(at.middle).toBeLessThan(at.high)
  expect(at.low).toBeGreaterThan(0)
  expect(at.high).toBeLessThan(1)
})

test('days on which nothing happened are drawn as well', () => {
  const day = (date: string, sent: number) => ({ date, entered: 0, sent, converted: 0 })
  expect(
    everyDay([day('2027-02-27', 5), day('2027-03-02', 1)]).map(({ date, sent }) => [date, sent]),
  ).toEqual([
    ['2027-02-27', 5],
    ['2027-02-28', 0],
    ['2027-03-01', 0],
    ['2027-03-02', 1],
  ])
  expect(everyDay([])).toEqual([])
})
