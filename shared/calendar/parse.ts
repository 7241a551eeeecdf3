import { dayOfCivil, daysInMonth, writeDate } from './date.ts'
import { dayLength, instantOf } from './offset.ts'
import { startOfDay } from './zone.ts'

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`
const offset = String.raw`(?<offset>Z|z|[+-]\d{2}(?::?\d{2})?)`

/** The ways of writing an instant that files and people use; all groups are checked afterwards. */
const shapes = [
  new RegExp(
    String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:(?:[Tt]|\s+)${clock}\s*${offset}?)?$`,
  ),
  new RegExp(
    String.raw`^(?<year>\d{4})(?<mark>[/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?:\s+${clock})?$`,
  ),
  new RegExp(
    String.raw`^(?<year>\d{4})\s*年\s*(?<month>\d{1,2})\s*月\s*(?<day>\d{1,2})\s*[日号](?:\s*${clock})?$`,
  ),
  /^(?<year>\d{4})\s*年\s*(?<month>\d{1,2})\s*月\s*(?<day>\d{1,2})\s*[日号]\s*(?<hour>\d{1,2})\s*[时点](?:\s*(?<minute>\d{1,2})\s*分(?:\s*(?<second>\d{1,2})\s*秒)?)?$/,
]

type Groups = Readonly<Record<string, string | undefined>>

function groupsOf(text: string): Groups | null {
  for (const shape of shapes) {
    const groups = shape.exec(text)?.groups
    if (groups !== undefined) return groups
  }
  return null
}

/** Milliseconds since midnight, or null where the clock has no such time. */
function timeOf(groups: Groups): number | null {
  const hour = Number(groups.hour)
  const minute = Number(groups.minute ?? 0)
  const second = Number(groups.second ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  const fraction = Number((groups.fraction ?? '').padEnd(3, '0').slice(0, 3))
  return ((hour * 60 + minute) * 60 + second) * 1_000 + fraction
}

/** A written offset in milliseconds, or null where it is more than a day. */
function offsetOf(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', ''))
  if (hours > 23 || minutes > 59) return null
  return (hours * 60 + minutes) * 60_000 * (text.startsWith('-') ? -1 : 1)
}

/**
 * The instant (epoch ms) that a text writes, or null where it writes none: ISO 8601 with an offset, or
 * without one in `zone`; 'YYYY-MM-DD HH:MM[:SS]', 'YYYY/MM/DD', 'YYYY.MM.DD' and '2026年8月19日', each
 * with or without a time. A date alone is its first instant in `zone`. Problem `unknown-zone`.
 */
export function parseInstant(text: string, zone: string): number | null {
  if (text.length > 64) return null
  // Full-width digits and colons are common in what people type in Chinese.
  const groups = groupsOf(text.normalize('NFKC').trim())
  if (groups === null) return null
  const year = Number(groups.year)
  const month = Number(groups.month)
  const day = Number(groups.day)
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  if (groups.hour === undefined) return startOfDay(writeDate(year, month, day), zone)
  const time = timeOf(groups)
  if (time === null) return null
  const wall = dayOfCivil(year, month, day) * dayLength + time
  if (groups.offset === undefined) return instantOf(wall, zone)
  const written = offsetOf(groups.offset)
  return written === null ? null : wall - written
}
