import type { RenderProblem } from '../problems.ts'

/** What a filter needs a value to be. */
export type Needed = 'date' | 'number' | 'amount'

const LONGEST_ECHO = 40

/** A value that cannot be read as what a filter needs: the message is held rather than guessed at. */
export class ValueFault extends Error {
  override readonly name = 'ValueFault'
  readonly needed: Needed
  readonly value: string
  /** The variable that the value came from, once it is known. */
  variable = ''

  constructor(needed: Needed, value: unknown) {
    super(`not a ${needed}`)
    this.needed = needed
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    this.value = text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO)}…` : text
  }

  /** The same fault, of the variable that the value came from. */
  of(variable: string | undefined): this {
    if (this.variable === '') this.variable = variable ?? ''
    return this
  }

  problem(): RenderProblem {
    return { code: `value-not-${this.needed}`, variable: this.variable || this.value, value: this.value }
  }
}

/** What is wrong with a filter as it is written, which can be told before there is any customer. */
export class FilterFault extends Error {
  override readonly name = 'FilterFault'
  readonly wrong:
    | { code: 'unknown-date-format'; format: string }
    | { code: 'filter-arguments'; filter: string; expected: string }

  constructor(wrong: FilterFault['wrong']) {
    super(wrong.code)
    this.wrong = wrong
  }
}
