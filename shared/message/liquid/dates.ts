import { addSpan, parseInstant, zonedAt } from '../../calendar/index.ts'
import { readWritten } from '../../calendar/written.ts'
import type { Locale } from '../../text.ts'
import { localParts, two } from './strftime.ts'

/** The time that a message is written at, and for whose clock and language. */
export interface WrittenAt {
  /** Epoch milliseconds. */
  now: number
  /** IANA name, such as Asia/Shanghai. */
  zone: string
  locale: Locale
  /** ISO 4217; what `money` writes. */
  currency: string
}

/** Ten digits are seconds and thirteen milliseconds, from 2001 to 2286; no other count of digits is a time. */
const SECONDS = /^[1-9]\d{9}$/
const MILLISECONDS = /^[1-9]\d{12}$/
/** Ten digits may also be a day with its hour (2026081910), which nobody can tell from seconds. */
const DAY_AND_HOUR = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/

/** Days from the engine's own. */
const relative: Readonly<Record<string, number>> = {
  ...{ now: 0, today: 0, 今天: 0, tomorrow: 1, 明天: 1, 后天: 2, yesterday: -1, 昨天: -1 },
}

/**
 * The instant that a template's value stands for, or undefined where that cannot be told for sure: a day in
 * one of the ways that people write it, eight digits (20260819), a time's ten or thirteen digits, or a word
 * such as "tomorrow", by the engine's time.
 */
export function toInstant(value: unknown, at: WrittenAt): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? ofText(numberText(value), at) : undefined
  return typeof value === 'string' ? ofText(value.normalize('NFKC').trim(), at) : undefined
}

/** Thousandths of a second behind an instant's seconds do not matter; a fraction of another number does. */
function numberText(value: number): string {
  return value >= 1e9 && value < 1e10 ? String(Math.floor(value)) : String(value)
}

function ofText(text: string, at: WrittenAt): number | undefined {
  const days = Object.hasOwn(relative, text.toLowerCase()) ? relative[text.toLowerCase()] : undefined
  if (days !== undefined) return addSpan(at.now, { amount: days, unit: 'day' }, at.zone)
  if (SECONDS.test(text)) return DAY_AND_HOUR.test(text) ? undefined : Number(text) * 1000
  if (MILLISECONDS.test(text)) return Number(text)
  return parseInstant(text, at.zone) ?? undefined
}

/** An instant whose month and day are those of a day that is written without its year; undefined for any other text. */
export function toMonthDay(value: unknown, at: WrittenAt): number | undefined {
  if (typeof value !== 'string') return undefined
  const written = readWritten(value.replace(/^--(?=\d)/, ''), null)
  if (written === null || written === 'ambiguous' || written.year !== null) return undefined
  return zonedAt(`2000-${two(written.month)}-${two(written.day)}`, '12:00', at.zone)
}

/** 'YYYY-MM-DD' on the zone's calendar. */
export function dateText(at: WrittenAt): string {
  const p = localParts(at.now, at.zone)
  return `${p.year}-${two(p.month)}-${two(p.day)}`
}

/** 'YYYY-MM-DD HH:MM:SS' on the zone's clock; reads back as the same second. */
export function timeText(at: WrittenAt): string {
  const p = localParts(at.now, at.zone)
  return `${dateText(at)} ${two(p.hour)}:${two(p.minute)}:${two(p.second)}`
}
