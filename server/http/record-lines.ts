const newline = 10
const carriageReturn = 13

/** A line of a stream; `bytes` is null where it is longer than a line may be. */
export interface Line {
  readonly number: number
  readonly bytes: Buffer | null
}

/** Divides a stream into lines, of which none is held beyond what it may have; one that is longer costs itself. */
export class LineReader {
  readonly #most: number
  #parts: Buffer[] = []
  #size = 0
  #number = 0

  constructor(most: number) {
    this.#most = most
  }

  /** The lines that are whole with this piece. */
  read(piece: Buffer): Line[] {
    const lines: Line[] = []
    let from = 0
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, from)) {
      this.#add(piece.subarray(from, at))
      from = at + 1
      lines.push(this.#line())
    }
    this.#add(piece.subarray(from))
    return lines
  }

  /** The last line, which need not be ended; nothing where nothing is left. */
  end(): Line[] {
    return this.#size === 0 ? [] : [this.#line()]
  }

  #add(bytes: Buffer): void {
    this.#size += bytes.length
    if (this.#size > this.#most) this.#parts = []
    // The piece that it is of is read over by the next one.
    else if (bytes.length > 0) this.#parts.push(Buffer.from(bytes))
  }

  #line(): Line {
    this.#number += 1
    const bytes = this.#size > this.#most ? null : Buffer.concat(this.#parts)
    this.#parts = []
    this.#size = 0
    const whole = bytes?.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes
    return { number: this.#number, bytes: whole }
  }
}
