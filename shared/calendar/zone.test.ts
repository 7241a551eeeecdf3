import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { dateOf } from './date.ts'
import { instantOf, isZone, offsetAt, wallAt } from './offset.ts'
import { addSpan, localDate, localTime, startOfDay, zonedAt } from './zone.ts'

const run = { seed: 20260819, numRuns: 400 }
/** Zones with a change at midnight, a half hour's change, a whole day left out, Ramadan's two changes. */
const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'America/Sao_Paulo',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/Toronto',
  'UTC',
  '+05:45',
]
const zone = fc.constantFrom(...zones)
const from = Date.UTC(1910, 0, 1)
const until = Date.UTC(2040, 0, 1)
const instant = fc.integer({ min: from, max: until })
const day = fc.integer({ min: from / 86_400_000, max: until / 86_400_000 })
const minute = fc.integer({ min: 0, max: 1439 })
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const at = (text: string) => Date.parse(text)

describe('zones', () => {
  test('a zone is an IANA name or an offset, and asking never throws', () => {
    for (const name of [...zones, 'asia/shanghai', '-03:00', 'Etc/GMT+8'])
      expect(isZone(name), name).toBe(true)
    for (const name of ['', 'Mars/Olympus', '+8', '+25:00', '北京', '2026-08-19T00:00Z', 'x'.repeat(500)]) {
      expect(isZone(name), name).toBe(false)
    }
    fc.assert(
      fc.property(fc.string(), (name) => typeof isZone(name) === 'boolean'),
      run,
    )
  })

  test('an unknown zone is a problem that names it', () => {
    const unknown = expect.objectContaining({ code: 'unknown-zone', details: { zone: 'Mars/Olympus' } })
    expect(() => localDate(0, 'Mars/Olympus')).toThrow(unknown)
    expect(() => zonedAt('2026-08-19', '10:00', 'Mars/Olympus')).toThrow(unknown)
  })

  test('Shanghai shows what Shanghai shows, also in the summers it changed its clocks', () => {
    expect(zonedAt('2026-08-19', '10:00', 'Asia/Shanghai')).toBe(at('2026-08-19T10:00:00+08:00'))
    expect(localDate(at('2026-08-18T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-08-19')
    expect(localDate(at('2026-08-18T15:59:59.999Z'), 'Asia/Shanghai')).toBe('2026-08-18')
    expect(localTime(at('2026-08-18T15:59:59.999Z'), 'Asia/Shanghai')).toBe('23:59')
    expect(zonedAt('1988-07-01', '10:00', 'Asia/Shanghai')).toBe(at('1988-07-01T10:00:00+09:00'))
  })

  test('a local time that does not exist moves forward, one that exists twice is the first', () => {
    expect(zonedAt('2025-03-09', '02:30', 'America/New_York')).toBe(at('2025-03-09T03:30:00-04:00'))
    expect(zonedAt('2025-11-02', '01:30', 'America/New_York')).toBe(at('2025-11-02T01:30:00-04:00'))
    expect(zonedAt('2011-12-30', '10:00', 'Pacific/Apia')).toBe(at('2011-12-31T10:00:00+14:00'))
  })

  test('a day begins at its first instant, wherever midnight is missing or comes twice', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe(at('2018-11-04T01:00:00-02:00'))
    expect(startOfDay('2025-11-02', 'America/Havana')).toBe(at('2025-11-02T00:00:00-04:00'))
    fc.assert(
      fc.property(day, zone, (number, name) => {
        const date = dateOf(number)
        expect(startOfDay(date, name)).toBe(
          Temporal.PlainDate.from(date).toZonedDateTime(name).epochMilliseconds,
        )
      }),
      run,
    )
  })
})

describe('the cache of offsets changes no result', () => {
  test('clocks read as Temporal reads them', () => {
    fc.assert(
      fc.property(instant, zone, (now, name) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(name)
        expect(localDate(now, name)).toBe(zoned.toPlainDate().toString())
        expect(localTime(now, name)).toBe(zoned.toPlainTime().toString().slice(0, 5))
        expect(offsetAt(now, name)).toBe(zoned.offsetNanoseconds / 1e6)
      }),
      run,
    )
  })

  test('local times become the instants that Temporal calls compatible', () => {
    fc.assert(
      fc.property(day, minute, zone, (number, minutes, name) => {
        const local = Temporal.PlainDateTime.from(`${dateOf(number)}T${clock(minutes)}`)
        expect(zonedAt(dateOf(number), clock(minutes), name)).toBe(
          local.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds,
        )
      }),
      run,
    )
  })

  test('so they do on each day of a change, minute by minute', () => {
    const changes = [
      ['America/New_York', '2025-03-09'],
      ['America/New_York', '2025-11-02'],
      ['Australia/Lord_Howe', '2025-04-06'],
      ['Australia/Lord_Howe', '2025-10-05'],
      ['America/Havana', '2025-11-02'],
      ['America/Sao_Paulo', '2018-02-17'],
      ['Africa/Casablanca', '2025-02-23'],
      ['Pacific/Apia', '2011-12-30'],
      ['Asia/Shanghai', '1986-05-04'],
    ] as const
    for (const [name, date] of changes) {
      for (let minutes = 0; minutes < 1440; minutes += 15) {
        const local = Temporal.PlainDateTime.from(`${date}T${clock(minutes)}`)
        for (const [twice, disambiguation] of [
          ['first', 'compatible'] as const,
          ['last', 'later'] as const,
        ]) {
          const wall = at(`${date}T${clock(minutes)}:00Z`)
          expect(instantOf(wall, name, twice), `${name} ${date} ${clock(minutes)} ${twice}`).toBe(
            local.toZonedDateTime(name, { disambiguation }).epochMilliseconds,
          )
        }
      }
    }
  })

  test('a time that exists is shown again by the clock of its instant', () => {
    fc.assert(
      fc.property(instant, zone, (now, name) => {
        const shown = wallAt(now, name)
        const back = instantOf(shown, name)
        expect(back).toBeLessThanOrEqual(now)
        expect(wallAt(back, name)).toBe(shown)
        expect(instantOf(shown, name, 'last')).toBeGreaterThanOrEqual(now)
      }),
      run,
    )
  })

  test('days follow each other in order, and instants within a day but for the length of a gap', () => {
    fc.assert(
      fc.property(day, minute, minute, zone, (number, one, other, name) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one]
        const date = dateOf(number)
        expect(startOfDay(dateOf(number + 1), name)).toBeGreaterThanOrEqual(startOfDay(date, name))
        const first = zonedAt(date, clock(earlier), name)
        const second = zonedAt(date, clock(later), name)
        const moved = wallAt(first, name) !== at(`${date}T${clock(earlier)}:00Z`)
        if (!moved) expect(second).toBeGreaterThanOrEqual(first)
      }),
      run,
    )
  })

  test('instants without a date, or beyond the years 1 to 9999, are problems', () => {
    const outside = expect.objectContaining({ code: 'time-out-of-range' })
    for (const now of [Number.NaN, Number.POSITIVE_INFINITY, 8e15, -8e15]) {
      expect(() => localDate(now, 'Asia/Shanghai')).toThrow(outside)
    }
    expect(localDate(zonedAt('9999-12-31', '23:59', 'Asia/Shanghai'), 'Asia/Shanghai')).toBe('9999-12-31')
    expect(localDate(zonedAt('0001-01-01', '00:00', 'UTC'), 'UTC')).toBe('0001-01-01')
  })
})

describe('adding a span', () => {
  test('a day keeps the wall clock over a change, 24 hours do not', () => {
    const before = at('2025-03-08T09:00:00-05:00')
    const day = { amount: 1, unit: 'day' } as const
    const hours = { amount: 24, unit: 'hour' } as const
    expect(addSpan(before, day, 'America/New_York')).toBe(at('2025-03-09T09:00:00-04:00'))
    expect(addSpan(before, hours, 'America/New_York')).toBe(at('2025-03-09T10:00:00-04:00'))
    expect(addSpan(before, { amount: -1, unit: 'week' }, 'America/New_York')).toBe(
      at('2025-03-01T09:00:00-05:00'),
    )
  })

  test('months and years clamp, seconds are kept', () => {
    const end = at('2026-01-31T10:20:30.456+08:00')
    expect(addSpan(end, { amount: 1, unit: 'month' }, 'Asia/Shanghai')).toBe(
      at('2026-02-28T10:20:30.456+08:00'),
    )
    const leap = at('2024-02-29T23:59:59+08:00')
    expect(addSpan(leap, { amount: -1, unit: 'year' }, 'Asia/Shanghai')).toBe(at('2023-02-28T23:59:59+08:00'))
    expect(addSpan(leap, { amount: 90, unit: 'minute' }, 'Asia/Shanghai')).toBe(leap + 5_400_000)
  })

  test('it agrees with Temporal, and nothing added changes nothing', () => {
    const unit = fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'year')
    const amount = fc.integer({ min: -60, max: 60 })
    fc.assert(
      fc.property(instant, amount, unit, zone, (now, count, of, name) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(name)
        const added = zoned.add({ [`${of}s`]: count }).epochMilliseconds
        expect(addSpan(now, { amount: count, unit: of }, name)).toBe(added)
        expect(addSpan(now, { amount: 0, unit: of }, name)).toBe(now)
      }),
      run,
    )
  })

  test('half a day is a problem, not a guess', () => {
    expect(() => addSpan(0, { amount: 0.5, unit: 'day' }, 'UTC')).toThrow(
      expect.objectContaining({ code: 'invalid-span' }),
    )
  })
})
