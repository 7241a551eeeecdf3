import { minorDigits } from '../../money.ts'
import type { Value } from '../value.ts'
import { readDay, readMoment } from './moment.ts'
import { minorOf, numberOf, readWrittenNumber } from './number.ts'
import {
  type AttributeType,
  type Declared,
  type Format,
  type Separator,
  separators,
  type UnreadableReason,
} from './type.ts'
import { readYesNo } from './yes-no.ts'

/** What reading depends on besides the value: the brand's. */
export interface ReadingContext {
  readonly zone: string
  readonly currency: string
}

/**
 * A value as its attribute's type has it: text and the members of a list as they stand; numbers; money in
 * minor units; a date as 'YYYY-MM-DD', or '--MM-DD' where the year is not written; a time in epoch
 * milliseconds; yes or no. Or why it cannot be read so. `null`: there is no value.
 */
export type Reading =
  | { readonly ok: true; readonly value: Value | null }
  | { readonly ok: false; readonly reason: UnreadableReason }

const given = (value: Value | null): Reading => ({ ok: true, value })
const refused = (reason: UnreadableReason): Reading => ({ ok: false, reason })

type Reader = (value: Value, format: Format | null, context: ReadingContext) => Reading

/** What exports write where there is nothing; only a text may mean it. */
const blanks = new Set(
  '- -- — —— / \\ n/a na #n/a null none nil undefined nan 无 暂无 空 未知 未填 未填写 不详'.split(' '),
)

export function isBlank(text: string): boolean {
  const bare = text.trim()
  return bare === '' || blanks.has(bare.normalize('NFKC').toLowerCase())
}

/** A scalar as it would be typed. */
const textOf = (value: Value) => (Array.isArray(value) ? value.join(' | ') : String(value))

/** A reader of texts, for which a placeholder such as 'N/A' is no value. */
function written(read: (text: string, format: Format | null, context: ReadingContext) => Reading): Reader {
  return (value, format, context) => {
    const text = textOf(value)
    return isBlank(text) ? given(null) : read(text, format, context)
  }
}

const number = written((text) => {
  const read = readWrittenNumber(text)
  return typeof read === 'string' ? refused(read) : given(numberOf(read))
})

const money = written((text, _format, { currency }) => {
  const read = readWrittenNumber(text)
  if (typeof read === 'string') return refused(read)
  if (read.percent) return refused('not-a-number')
  if (read.currencies?.includes(currency) === false) return refused('other-currency')
  const minor = minorOf(read, minorDigits(currency))
  return Number.isSafeInteger(minor) ? given(minor) : refused('too-many-digits')
})

const date = written((text, format, { zone }) => {
  const read = readDay(text, format, zone)
  return typeof read === 'string' ? refused(read) : given(read.day)
})

const time = written((text, format, { zone }) => {
  const read = readMoment(text, format, zone)
  return typeof read === 'string' ? refused(read) : given(read.at)
})

const yesNo: Reader = (value) => {
  if (typeof value === 'boolean') return given(value)
  const text = textOf(value)
  const read = readYesNo(text)
  if (read !== null) return given(read)
  return isBlank(text) ? given(null) : refused('not-yes-or-no')
}

const fullWidth: Readonly<Record<Separator, RegExp>> = {
  '|': /[|｜]/,
  ',': /[,，]/,
  ';': /[;；]/,
  '、': /[、]/,
}

/** The members of a written list; without a known mark, those between bars. */
export function membersOf(text: string, format: Format | null): string[] {
  const separator = separators.find((mark) => mark === format) ?? '|'
  const parts = text.split(fullWidth[separator]).map((part) => part.trim())
  return parts.filter((part) => part !== '')
}

const list: Reader = (value, format) => given(Array.isArray(value) ? value : membersOf(String(value), format))

const readers: Readonly<Record<AttributeType, Reader>> = {
  text: (value) => given(Array.isArray(value) ? value : String(value)),
  number: (value, format, context) =>
    typeof value === 'number' ? given(value) : number(value, format, context),
  money,
  date,
  time,
  yes_no: yesNo,
  list,
}

/** A value as its attribute's type has it, or why it cannot be read so. */
export function readAs({ type, format }: Declared, value: Value, context: ReadingContext): Reading {
  if (typeof value === 'string' && value.trim() === '') return given(null)
  return readers[type](value, format, context)
}

/** The typed value alone: null where there is none, or none that can be read. */
export function typedValue(declared: Declared, value: Value, context: ReadingContext): Value | null {
  const reading = readAs(declared, value, context)
  return reading.ok ? reading.value : null
}
