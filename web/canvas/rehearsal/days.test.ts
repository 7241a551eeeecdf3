import { expect, test } from 'vitest'
import { addDays } from '../../../shared/calendar/index.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { dayMarks } from './days.ts'

const journey = journeySchema.parse({
  format: 1,
  id: 'qixi',
  name: { en: 'Qixi' },
  nodes: {
    wait: { type: 'wait', name: { en: 'Wait' }, config: { until: { kind: 'festival', festival: 'qixi' } } },
  },
})
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_day, index) => addDays(from, index))

test('the festival of the journey is among the labelled days', () => {
  const marks = dayMarks(days('2027-07-25', 36), journey)
  expect(marks.find(({ festival }) => festival?.['zh-CN'] === '七夕')?.day).toBe(14)
  expect(marks[0]?.day).toBe(0)
  expect(marks.at(-1)?.day).toBe(35)
})

test('labels keep their distance', () => {
  for (const count of [1, 2, 7, 90, 365]) {
    const marks = dayMarks(days('2027-01-01', count), journey)
    const gaps = marks.slice(1).map(({ day }, index) => day - (marks[index]?.day ?? 0))
    expect(Math.min(count, ...gaps)).toBeGreaterThanOrEqual(Math.min(count, count / 8))
  }
  expect(dayMarks([], journey)).toEqual([])
})
