import { lastInstant } from '../../../shared/calendar/instant.ts'
import { type OffsetFrom, offsetsBefore } from '../../../shared/calendar/offset.ts'
import { numberSql } from './condition-writer.ts'

const dayLength = 86_400_000
/** What lies further away is on no day that can be written. */
const firstMoment = Date.parse('0001-01-03T00:00:00Z')
const lastMoment = Date.parse('9999-12-30T00:00:00Z')

/** The offset at an instant, found by halves: as many comparisons as the number of changes has binary digits. */
function offsetSql(at: string, offsets: readonly OffsetFrom[]): string {
  const [first] = offsets
  if (offsets.length <= 1) return String(first?.offset ?? 0)
  const middle = offsets.length >> 1
  const from = numberSql(offsets[middle]?.from ?? 0)
  const [before, after] = [offsets.slice(0, middle), offsets.slice(middle)]
  return `case when ${at} < ${from} then ${offsetSql(at, before)} else ${offsetSql(at, after)} end`
}

const mostKept = 50
const kept = new Map<string, readonly OffsetFrom[]>()

/** A zone's changes of clocks, which take a while to be gone through. */
function offsetsOf(zone: string): readonly OffsetFrom[] {
  const known = kept.get(zone)
  if (known !== undefined) return known
  if (kept.size >= mostKept) kept.clear()
  const found = offsetsBefore(lastInstant, zone)
  kept.set(zone, found)
  return found
}

/** What the clocks of a zone show at an instant, as the milliseconds since 1970-01-01 by them. */
export function wallSql(at: string, zone: string, until: number): string {
  return `(${at} + ${offsetSql(
    at,
    offsetsOf(zone).filter(({ from }) => from <= until),
  )})`
}

/** The day of an instant by a zone's clocks, in days since 1970-01-01; null where no such day can be written. */
export function dayNumberSql(at: string, zone: string, until: number): string {
  const offsets = offsetsOf(zone).filter(({ from }) => from <= until)
  return `case when ${at} between ${numberSql(firstMoment)} and ${numberSql(lastMoment)}
    then floor((${at} + ${offsetSql(at, offsets)}) / ${dayLength}) end`
}

/** The same as 'YYYY-MM-DD'. */
export function daySql(at: string, zone: string): string {
  return `(date '1970-01-01' + (${dayNumberSql(at, zone, lastInstant)})::INTEGER)::VARCHAR`
}
