import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant } from './parse.ts'
import { localDate } from './zone.ts'

const shanghai = 'Asia/Shanghai'
const noon = Date.parse('2026-08-19T12:00:00+08:00')
const midnight = Date.parse('2026-08-19T00:00:00+08:00')

describe('reading an instant', () => {
  test('with an offset the zone does not matter', () => {
    for (const text of [
      '2026-08-19T12:00:00+08:00',
      '2026-08-19T04:00Z',
      '2026-08-19 04:00:00z',
      '2026-08-19T04:00:00.000Z',
      '2026-08-19T12:00:00+0800',
      '2026-08-19T12:00+08',
      '2026-08-18T23:30:00-04:30',
    ]) {
      expect(parseInstant(text, 'America/New_York'), text).toBe(noon)
    }
  })

  test('without one it is the clock of the zone', () => {
    for (const text of [
      '2026-08-19T12:00:00',
      '2026-08-19 12:00',
      ' 2026-08-19  12:00:00 ',
      '2026/08/19 12:00',
      '2026/8/19 12:00:00',
      '2026.8.19 12:00',
      '2026年8月19日 12:00',
      '2026年8月19日12点',
      '2026 年 8 月 19 日 12 时 00 分 00 秒',
      '２０２６年８月１９日　１２：００',
    ]) {
      expect(parseInstant(text, shanghai), text).toBe(noon)
    }
    expect(parseInstant('2026-08-19 12:00:00.25', shanghai)).toBe(noon + 250)
  })

  test('a date alone is its first instant in the zone', () => {
    for (const text of ['2026-08-19', '2026/8/19', '2026.08.19', '2026年8月19日', '2026年08月19号']) {
      expect(parseInstant(text, shanghai), text).toBe(midnight)
    }
    expect(parseInstant('2018-11-04', 'America/Sao_Paulo')).toBe(Date.parse('2018-11-04T01:00:00-02:00'))
  })

  test('other ways of writing a day are read where they can be one day only', () => {
    for (const text of [
      '20260819',
      '19/08/2026',
      '08/19/2026',
      'Aug 19, 2026',
      '19 August 2026',
      '19-Aug-2026',
      '2026年8月19日 星期三',
      '2026-08-19 00:00:00 +0800',
      '8/19/2026 12:00 AM',
      '20260819000000',
    ]) {
      expect(parseInstant(text, shanghai), text).toBe(midnight)
    }
    expect(parseInstant('08/10/2026', shanghai, 'day-first')).toBe(Date.parse('2026-10-08T00:00:00+08:00'))
    expect(parseInstant('08/10/2026', shanghai, 'month-first')).toBe(Date.parse('2026-08-10T00:00:00+08:00'))
    expect(parseInstant('08/19/2026', shanghai, 'day-first')).toBe(null)
  })

  test('what is no instant is null', () => {
    for (const text of [
      '',
      'whenever',
      '2026-02-30',
      '2026-08-19T24:00',
      '2026-08-19T12:60',
      '2026-08-19T12:00:60',
      '2026-08-19T12:00+24:00',
      '2026-08-19T12',
      '2026/08-19',
      '08/10/2026',
      '08/19',
      '20261319',
      '27810819',
      '1787112000000',
      '2026-08-19 13:00 PM',
      '2026-08-19T12:00[Asia/Shanghai]',
      '0000-01-01',
      '2026年13月1日',
      'x'.repeat(10_000),
    ]) {
      expect(parseInstant(text, shanghai), text).toBe(null)
    }
  })

  test('any text at all gives a number or null', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789-/:T年月日 .Z+') })),
        (text) => {
          const read = parseInstant(text, shanghai)
          if (read !== null) expect(Number.isSafeInteger(read)).toBe(true)
        },
      ),
      { seed: 20260819, numRuns: 1_000 },
    )
  })

  test('what ISO writes is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        expect(parseInstant(new Date(at).toISOString(), shanghai)).toBe(at)
        const date = localDate(at, shanghai)
        expect(localDate(parseInstant(date, shanghai) ?? Number.NaN, shanghai)).toBe(date)
      }),
      { seed: 20260819, numRuns: 300 },
    )
  })
})

test.each([
  ['2024/1/2 下午 3:04:05', '2024-01-02T15:04:05+08:00'],
  ['2024/1/2 上午 12:30', '2024-01-02T00:30:00+08:00'],
  ['2024年1月2日 下午12:30', '2024-01-02T12:30:00+08:00'],
  ['2024年1月2日 下午3:04', '2024-01-02T15:04:00+08:00'],
  ['2024-1-2 下午 15:04', '2024-01-02T15:04:00+08:00'],
])('%s, as a spreadsheet in Chinese writes it, is %s', (text, instant) => {
  expect(parseInstant(text, 'Asia/Shanghai')).toBe(Date.parse(instant))
})
