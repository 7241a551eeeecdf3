/** What stands before the decimals of an amount; the other of the two divides its thousands. */
export type DecimalMark = '.' | ','

const digits = /\d[\d.,]*/
/** As most cells are: of digits alone, which say nothing, or with decimals behind a point. */
const plainly = /^\d+(\.\d{1,2})?$/
/** One or two decimals, or thousands divided by the other mark before any: no thousands look like that. */
const surely: Readonly<Record<DecimalMark, RegExp>> = {
  ',': /^\d+,\d{1,2}$|^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/,
  '.': /^\d+\.\d{1,2}$|^\d{1,3}(?:,\d{3})+\.\d+$|^\d{1,3}(?:,\d{3}){2,}$/,
}

/** Tells by the amounts of a whole file how they are written; one that says nothing writes as most of the world. */
export class DecimalSurvey {
  #comma = false
  #point = false

  see(text: string): void {
    if (this.#comma && this.#point) return
    const plain = plainly.exec(text)
    if (plain !== null) {
      if (plain[1] !== undefined) this.#point = true
      return
    }
    const number = digits.exec(text.normalize('NFKC'))?.[0] ?? ''
    if (!this.#comma && surely[','].test(number)) this.#comma = true
    if (!this.#point && surely['.'].test(number)) this.#point = true
  }

  /** The mark of a file that is consistently so; of one that is not, commas are reported. */
  get mark(): DecimalMark {
    return this.#comma && !this.#point ? ',' : '.'
  }

  get mixed(): boolean {
    return this.#comma && this.#point
  }
}
