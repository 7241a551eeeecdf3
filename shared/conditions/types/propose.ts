import { orderIn, readWritten } from '../../calendar/written.ts'
import type { Value } from '../value.ts'
import { readSerial } from './moment.ts'
import { namesCode, namesDay, namesList, namesYesNo } from './name.ts'
import { readWrittenNumber } from './number.ts'
import { isBlank, membersOf, type ReadingContext, readAs } from './read.ts'
import { type Declared, type Separator, separators } from './type.ts'
import { readYesNo } from './yes-no.ts'

/** A type for an attribute, and how many of the values seen can be read so. */
export interface Proposal extends Declared {
  /** Values, the blank ones aside. */
  readonly values: number
  readonly readable: number
}

/** A column is taken for numbers where so many of its values are, or fewer if the others hold no digit. */
const mostNumbers = 0.8
const manyNumbers = 0.5
/** Days are unmistakable, so half of the values are enough. */
const enoughDays = 0.5
/** A time of day beside fewer dates than this is an export's habit. */
const enoughTimes = 0.1
/** Days of a spreadsheet from 1954 to 2064. */
const likelySerial = (text: string) => /^\d{5}(?:\.\d+)?$/.test(text) && text >= '2' && text < '6'
const compact = /^\d{8}(?:\d{4}|\d{6})?$/
const mostWords = 2_000

/** What the values of one column look like, taken in one after the other. */
export class ColumnSample {
  #values = 0
  #jsonNumbers = 0
  #booleans = 0
  #numbers = 0
  #money = 0
  #percent = 0
  /** Values that no number would be written as: leading zeros, more digits than a number holds, phones. */
  #codes = 0
  #wordy = 0
  #days = 0
  /** Month and day without a year, which may be a fraction or a size as well. */
  #alone = 0
  #compact = 0
  #times = 0
  #monthFirst = 0
  #dayFirst = 0
  #serials = 0
  #yesNo = 0
  #yesNoWords = 0
  readonly #divided: Record<Separator, number> = { '|': 0, ',': 0, ';': 0, '、': 0 }
  readonly #words = new Map<Separator, { all: number; distinct: Set<string> }>()

  see(value: Value): void {
    if (Array.isArray(value)) {
      this.#values += 1
      this.#divided['|'] += 1
      return
    }
    const text = String(value).trim()
    if (text === '') return
    const asYesNo = typeof value === 'boolean' ? value : readYesNo(text)
    if (asYesNo === null && isBlank(text)) return
    this.#values += 1
    if (typeof value === 'boolean') this.#booleans += 1
    if (typeof value === 'number') this.#jsonNumbers += 1
    if (asYesNo !== null) {
      this.#yesNo += 1
      if (!/^[01]$/.test(text)) this.#yesNoWords += 1
    }
    this.#seeNumber(text, typeof value === 'number')
    this.#seeDay(text)
    this.#seeList(text)
  }

  #seeNumber(text: string, json: boolean): void {
    const bare = text.normalize('NFKC')
    if (!/\d/.test(bare)) this.#wordy += 1
    const read = readWrittenNumber(text)
    if (read === 'too-many-digits' || read === 'digits-lost') this.#codes += 1
    if (typeof read === 'string') return
    this.#numbers += 1
    if (read.currencies !== null) this.#money += 1
    if (read.percent) this.#percent += 1
    const phone = /^(?:\+?86)?1[3-9]\d{9}$/.test(bare)
    const led = /^\+?0\d/.test(bare) || bare.startsWith('+')
    if (!json && (led || phone)) this.#codes += 1
  }

  #seeDay(text: string): void {
    if (readSerial(text) !== null && likelySerial(text)) this.#serials += 1
    const written = readWritten(text, null)
    if (written === null) return
    const year = written === 'ambiguous' ? 2000 : written.year
    if (year !== null && (year < 1900 || year > 2200)) return
    this.#days += 1
    if (year === null) this.#alone += 1
    if (compact.test(text)) this.#compact += 1
    if (written !== 'ambiguous' && written.time !== null && written.time !== 0) this.#times += 1
    const order = orderIn(text)
    if (order === 'month-first') this.#monthFirst += 1
    if (order === 'day-first') this.#dayFirst += 1
  }

  #seeList(text: string): void {
    for (const mark of separators) {
      const parts = membersOf(text, mark)
      const known = this.#words.get(mark) ?? { all: 0, distinct: new Set<string>() }
      this.#words.set(mark, known)
      if (parts.length > 1) this.#divided[mark] += 1
      if (known.distinct.size >= mostWords) continue
      known.all += parts.length
      for (const part of parts) known.distinct.add(part)
    }
  }

  /** The type that the values, and the name of their column, speak for. */
  declared(name: string): Declared {
    if (this.#values === 0) return { type: 'text', format: null }
    return (
      this.#asTruths(name) ??
      this.#asDays(name) ??
      this.#asNumbers(name) ??
      this.#asList(name) ?? {
        type: 'text',
        format: null,
      }
    )
  }

  #asTruths(name: string): Declared | null {
    const all = this.#yesNo === this.#values
    const worded = this.#yesNoWords > 0 || namesYesNo(name)
    return this.#booleans === this.#values || (all && worded) ? { type: 'yes_no', format: null } : null
  }

  #asDays(name: string): Declared | null {
    const named = namesDay(name)
    if (named && this.#serials === this.#values) return { type: 'date', format: 'serial' }
    if ((named ? this.#days : this.#days - this.#alone) < this.#values * enoughDays) return null
    // Eight digits may be a number that happens to be a day: all must be, or the name must say so.
    const digitsAlone = this.#compact === this.#days
    if (digitsAlone && (namesCode(name) || (!named && this.#days < this.#values))) return null
    const type = this.#times > this.#days * enoughTimes ? 'time' : 'date'
    const orders = this.#monthFirst + this.#dayFirst
    if (orders === 0) return { type, format: null }
    return { type, format: this.#monthFirst >= this.#dayFirst ? 'month-first' : 'day-first' }
  }

  #asNumbers(name: string): Declared | null {
    const stored = this.#jsonNumbers === this.#values
    if (!stored && (namesCode(name) || this.#codes > 0)) return null
    if (this.#percent > 0 && this.#percent < this.#numbers) return null
    const others = this.#values - this.#numbers
    const enough =
      this.#numbers >= this.#values * mostNumbers ||
      (this.#numbers >= this.#values * manyNumbers && this.#wordy === others)
    if (!enough) return null
    return { type: this.#money * 2 >= this.#numbers ? 'money' : 'number', format: null }
  }

  #asList(name: string): Declared | null {
    const mark = separators.toSorted((a, b) => this.#divided[b] - this.#divided[a])[0] ?? '|'
    if (this.#divided['|'] > 0) return { type: 'list', format: '|' }
    const { all = 0, distinct = new Set<string>() } = this.#words.get(mark) ?? {}
    // The members of a list come again and again; the parts of a sentence or an address do not.
    const shared = all >= 10 && distinct.size * 2 <= all && this.#divided[mark] >= this.#values * 0.2
    const short = [...distinct].every((word) => word.length <= 20)
    return this.#divided[mark] > 0 && short && (shared || namesList(name))
      ? { type: 'list', format: mark }
      : null
  }
}

/** The type that a column's values, and its name, speak for, with how many of them can be read so. */
export function propose(values: Iterable<Value>, name: string, context: ReadingContext): Proposal {
  const sample = new ColumnSample()
  const all = [...values]
  for (const value of all) sample.see(value)
  const declared = sample.declared(name)
  const readings = all.map((value) => readAs(declared, value, context))
  const readable = readings.filter((reading) => reading.ok && reading.value !== null).length
  const unreadable = readings.filter((reading) => !reading.ok).length
  return { ...declared, values: readable + unreadable, readable }
}
