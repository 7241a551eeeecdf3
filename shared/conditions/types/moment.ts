import { dateOf, writeDate } from '../../calendar/date.ts'
import { instantOf, localDate, parseInstant } from '../../calendar/index.ts'
import { instantOfWritten } from '../../calendar/parse.ts'
import { type DayOrder, dayOrders, readWritten, type Written } from '../../calendar/written.ts'
import type { Format, UnreadableReason } from './type.ts'

const daySeconds = 86_400
/** Days from a spreadsheet's day 0 to 1970-01-01; its years begin in 1900 with a 29 February that never was. */
const serialEpoch = 25_569
/** 1900-03-01 and 2199-12-31: before it the false leap day is in the way, after it nobody has a date. */
const firstSerial = 61
const lastSerial = 109_574

const serialShape = /^\d{2,6}(?:\.\d+)?$/

/** Days since 1970-01-01, with the fraction of the day, that a spreadsheet's count means. */
export function readSerial(text: string): number | null {
  const bare = text.normalize('NFKC').trim()
  if (!serialShape.test(bare)) return null
  const serial = Number(bare)
  return serial >= firstSerial && serial < lastSerial + 1 ? serial - serialEpoch : null
}

/** Ten digits are seconds since 1970, and thirteen milliseconds, in the years from 2001 to 2033. */
function readEpoch(text: string): number | null {
  const bare = text.normalize('NFKC').trim()
  if (!/^1\d{9}(?:\d{3})?$/.test(bare)) return null
  return bare.length === 10 ? Number(bare) * 1_000 : Number(bare)
}

const orderOf = (format: Format | null): DayOrder | null =>
  dayOrders.find((order) => order === format) ?? null

/** '--MM-DD', as ISO 8601 once wrote a day without its year. */
export function writeMonthDay(month: number, day: number): string {
  return `--${writeDate(2000, month, day).slice(5)}`
}

/** The day that a time with an offset is in a zone; a midnight is the day of whoever wrote it. */
function dayIn(written: Written & { readonly year: number }, zone: string): string {
  const { year, month, day, time, offset } = written
  return offset === null || time === null || time === 0
    ? writeDate(year, month, day)
    : localDate(instantOfWritten(written, zone), zone)
}

/** 'YYYY-MM-DD', or '--MM-DD' where the year is not written. */
export function readDay(
  text: string,
  format: Format | null,
  zone: string,
): { readonly day: string } | UnreadableReason {
  const written = readWritten(text, orderOf(format))
  if (written === 'ambiguous') return 'ambiguous-date'
  if (written !== null) {
    const { year, month, day } = written
    return { day: year === null ? writeMonthDay(month, day) : dayIn({ ...written, year }, zone) }
  }
  const epoch = readEpoch(text)
  if (epoch !== null) return { day: localDate(epoch, zone) }
  const serial = format === 'serial' ? readSerial(text) : null
  return serial === null ? 'not-a-date' : { day: dateOf(Math.floor(serial)) }
}

/** Epoch milliseconds; a text without an offset is in the zone. */
export function readMoment(
  text: string,
  format: Format | null,
  zone: string,
): { readonly at: number } | UnreadableReason {
  const order = orderOf(format)
  const at = parseInstant(text, zone, order)
  if (at !== null) return { at }
  const written = readWritten(text, order)
  if (written === 'ambiguous') return 'ambiguous-date'
  if (written !== null) return 'no-year'
  const epoch = readEpoch(text)
  if (epoch !== null) return { at: epoch }
  const serial = format === 'serial' ? readSerial(text) : null
  if (serial === null) return 'not-a-date'
  // A spreadsheet's time is the wall clock's, exact to the second.
  return { at: instantOf(Math.round(serial * daySeconds) * 1_000, zone) }
}

/** Whether a text writes a day without a time of day. */
export function isDayAlone(text: string, format: Format | null): boolean {
  const written = readWritten(text, orderOf(format))
  if (written !== null && written !== 'ambiguous') return written.time === null
  return format === 'serial' && readSerial(text) !== null && !text.includes('.')
}
