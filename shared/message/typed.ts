import { Drop } from 'liquidjs'
import { minorUnits, sayAmount, sayMoney } from '../money.ts'
import type { WrittenAt } from './liquid/dates.ts'
import { dateInWords } from './liquid/day-words.ts'

/** A value as a template reckons with it, compares it and gives it to filters. */
export type Plain = string | number | boolean

/**
 * A value that knows what it is, so that a text needs no filter to say it: printed it is what its reader expects,
 * everywhere else it is the plain value.
 */
export abstract class TypedValue extends Drop {
  readonly plain: Plain

  constructor(plain: Plain) {
    super()
    this.plain = plain
  }

  abstract say(at: WrittenAt): string
  /** The same where the text beside it names the currency or the like already. */
  abstract sayBare(at: WrittenAt): string

  override valueOf(): Plain {
    return this.plain
  }

  override toString(): string {
    return String(this.plain)
  }

  toJSON(): Plain {
    return this.plain
  }
}

/** An amount of the brand's currency. */
export class MoneyValue extends TypedValue {
  readonly minor: number

  constructor(minor: number, plain: Plain = minor) {
    super(plain)
    this.minor = minor
  }

  say({ currency }: WrittenAt): string {
    return sayMoney(this.minor, currency)
  }

  sayBare({ currency }: WrittenAt): string {
    return sayAmount(this.minor, currency)
  }
}

/** A day ('YYYY-MM-DD', or '--MM-DD' where nobody knows its year) or a moment in epoch milliseconds. */
export class DateValue extends TypedValue {
  readonly when: string | number
  readonly timed: boolean

  constructor(when: string | number, plain: Plain = when, timed = false) {
    super(plain)
    this.when = when
    this.timed = timed
  }

  say(at: WrittenAt): string {
    return dateInWords(this.when, this.timed, at)
  }

  sayBare(at: WrittenAt): string {
    return this.say(at)
  }
}

/** HTML whose values are escaped already: in an HTML text it stands as it is, anywhere else as the source that it is. */
export class MarkupValue extends TypedValue {
  readonly markup: string

  constructor(markup: string) {
    super(markup)
    this.markup = markup
  }

  say(): string {
    return this.markup
  }

  sayBare(): string {
    return this.markup
  }
}

export const plainOf = (value: unknown): unknown => (value instanceof TypedValue ? value.plain : value)

/** An amount of money in main units that a person wrote, as a template reckons with it. */
export const mainUnits = (minor: number, currency: string): number => minor / minorUnits(currency)
