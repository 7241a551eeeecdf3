import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, weekday } from './date.ts'
import { type FestivalId, festivalId, festivalIds, festivals } from './festival.ts'
import { festivalDate, nextFestival, pastFestivals } from './occurrence.ts'

const data = '../shared/data/calendar'
const present = existsSync(data)
const skipped = present ? '' : ` (skipped: no ${data})`
const run = { seed: 20260819, numRuns: 300 }

/** The dates on which the Observatory's calendar holds a name, in its order. */
function observed(name: string): string[] {
  const text = readFileSync(`${data}/festivals-solarterms-2017-2028.ics`, 'utf8')
  const dates: string[] = []
  for (const event of text.split('BEGIN:VEVENT').slice(1)) {
    const day = /DTSTART;VALUE=DATE:(\d{4})(\d{2})(\d{2})/.exec(event)
    const names = /SUMMARY:(.*)/.exec(event)?.[1]?.trim().split(' ') ?? []
    if (day !== null && names.includes(name)) dates.push(`${day[1]}-${day[2]}-${day[3]}`)
  }
  return dates
}

/** The calendar writes the terms in traditional characters. */
const observedNames: Partial<Record<FestivalId, string>> = {
  spring_festival: '春节',
  lantern: '元宵',
  qingming: '清明',
  dragon_boat: '端午',
  qixi: '七夕',
  mid_autumn: '中秋',
  double_ninth: '重阳',
  laba: '腊八',
  xiaohan: '小寒',
  dahan: '大寒',
  lichun: '立春',
  yushui: '雨水',
  jingzhe: '驚蟄',
  chunfen: '春分',
  guyu: '穀雨',
  lixia: '立夏',
  xiaoman: '小滿',
  mangzhong: '芒種',
  xiazhi: '夏至',
  xiaoshu: '小暑',
  dashu: '大暑',
  liqiu: '立秋',
  chushu: '處暑',
  bailu: '白露',
  qiufen: '秋分',
  hanlu: '寒露',
  shuangjiang: '霜降',
  lidong: '立冬',
  xiaoxue: '小雪',
  daxue: '大雪',
  dongzhi: '冬至',
}

describe('the dates of festivals', () => {
  test('Qixi falls where the campaign expects it', () => {
    const days = [2012, 2017, 2024, 2025, 2026, 2027, 2028].map((year) => festivalDate('qixi', year))
    expect(days).toEqual([
      '2012-08-23',
      '2017-08-28',
      '2024-08-10',
      '2025-08-29',
      '2026-08-19',
      '2027-08-08',
      '2028-08-26',
    ])
  })

  test.skipIf(!present)(`Qixi agrees with a published table from 1990 to 2100${skipped}`, () => {
    const rows = readFileSync(`${data}/qixi-1990-2100.csv`, 'utf8').trim().split('\n').slice(1)
    expect(rows).toHaveLength(111)
    for (const row of rows) {
      const [year, date] = row.split(',')
      expect(festivalDate('qixi', Number(year)), row).toBe(date)
    }
  })

  test.skipIf(!present)(
    `lunar festivals and solar terms agree with the Hong Kong Observatory${skipped}`,
    () => {
      expect(Object.keys(observedNames)).toHaveLength(31)
      for (const id of festivalIds) {
        const name = observedNames[id]
        if (name === undefined) continue
        const dates = observed(name)
        expect(dates.length, name).toBeGreaterThanOrEqual(10)
        const [first = '', last = ''] = [dates[0], dates.at(-1)]
        const ours = [...pastFestivals(id, addDays(last, 1), dates.length)].reverse()
        expect(ours, name).toEqual(dates)
        expect(nextFestival(id, '2017-01-01'), name).toBe(first)
      }
    },
  )

  test.skipIf(!present)(`the days off are around the festivals they are named after${skipped}`, () => {
    const named: Record<string, FestivalId> = {
      元旦: 'new_year',
      春节: 'spring_festival',
      清明节: 'qingming',
      劳动节: 'labour_day',
      端午节: 'dragon_boat',
      中秋节: 'mid_autumn',
      国庆节: 'national_day',
    }
    for (const file of readdirSync(`${data}/holiday-cn`)) {
      const year: unknown = JSON.parse(readFileSync(`${data}/holiday-cn/${file}`, 'utf8'))
      const { days } = year as { days: { name: string; date: string; isOffDay: boolean }[] }
      for (const [name, id] of Object.entries(named)) {
        const off = days.filter((day) => day.isOffDay && day.name.split('、').includes(name))
        const date = festivalDate(id, Number(file.slice(0, 4)))
        expect(
          off.map((day) => day.date),
          `${name} ${file}`,
        ).toContain(date)
      }
    }
  })

  test('festivals by weekday fall on theirs', () => {
    expect(festivalDate('mothers_day', 2026)).toBe('2026-05-10')
    expect(festivalDate('fathers_day', 2026)).toBe('2026-06-21')
    expect(festivalDate('thanksgiving', 2026)).toBe('2026-11-26')
    for (let year = 2000; year < 2040; year++) {
      expect(weekday(festivalDate('mothers_day', year) ?? '')).toBe(7)
      expect(weekday(festivalDate('thanksgiving', year) ?? '')).toBe(4)
    }
  })

  test('Laba belongs to the lunar year, which ends in the next Gregorian one', () => {
    expect(festivalDate('laba', 2026)).toBe('2027-01-15')
    expect(festivalDate('spring_festival', 2026)).toBe('2026-02-17')
    expect(pastFestivals('laba', '2023-01-01', 3)).toEqual(['2022-12-30', '2022-01-10', '2021-01-20'])
    expect(nextFestival('laba', '2022-12-31')).toBe('2024-01-18')
  })

  test('each festival has both names and an id of its own', () => {
    expect(festivals).toHaveLength(45)
    for (const { id, name } of festivals) {
      expect(festivalId.safeParse(id).success).toBe(true)
      expect(name['zh-CN'].length * name.en.length).toBeGreaterThan(0)
    }
    expect(festivalId.safeParse('easter').success).toBe(false)
  })
})

describe('occurrences', () => {
  const id = fc.constantFrom(...festivalIds)
  const day = fc.integer({ min: 0, max: 60_000 }).map((number) => addDays('1925-01-01', number))

  test('the next one counts the day itself, the past ones do not', () => {
    expect(nextFestival('qixi', '2026-08-19')).toBe('2026-08-19')
    expect(nextFestival('qixi', '2026-08-20')).toBe('2027-08-08')
    expect(pastFestivals('qixi', '2026-08-19', 2)).toEqual(['2025-08-29', '2024-08-10'])
    expect(pastFestivals('qixi', '2026-08-20', 1)).toEqual(['2026-08-19'])
    expect(pastFestivals('qixi', '2026-08-19', 0)).toEqual([])
  })

  test('nothing lies between a date and the next, nor between it and the last', () => {
    fc.assert(
      fc.property(id, day, (festival, date) => {
        const next = nextFestival(festival, date)
        const [last = '', before = ''] = pastFestivals(festival, date, 2)
        expect(next >= date && date > last && last > before).toBe(true)
        expect(nextFestival(festival, addDays(last, 1))).toBe(next)
        expect(pastFestivals(festival, next, 1)).toEqual([last])
      }),
      run,
    )
  })

  test('where no almanac reaches there is no answer', () => {
    expect(festivalDate('qixi', 1900)).toBe(null)
    expect(festivalDate('qixi', 2101)).toBe(null)
    expect(festivalDate('qixi', 2026.5)).toBe(null)
    const outside = expect.objectContaining({ code: 'festival-out-of-range' })
    expect(() => nextFestival('qixi', '2100-12-31')).toThrow(outside)
    expect(() => nextFestival('qixi', '1850-01-01')).toThrow(outside)
    expect(() => nextFestival('laba', '1901-01-01')).toThrow(outside)
    expect(nextFestival('laba', '2100-12-31')).toMatch(/^2101-01-/)
    expect(() => pastFestivals('qixi', '1902-01-01', 2)).toThrow(outside)
    expect(() => nextFestival('qixi', '2026-02-30')).toThrow(
      expect.objectContaining({ code: 'invalid-date' }),
    )
  })
})
