import { kept } from './clean.ts'

/** Numbers for which one table is made; a file of more gets a further table of the same size. */
const perTable = 1_000_000
/** Bits of a table: with sixteen a number and four of them looked at, one new number in 400 at most looks like an old one. */
const tableBits = 1 << 24
const looks = 4

/** Tells numbers of orders that come again after others, by some bits of each, which may err on the safe side. */
export class Scatter {
  readonly #tables: Uint32Array[] = []
  readonly #again = new Set<string>()
  #last = ''
  #room = 0

  see(id: string): void {
    if (id === '' || id === this.#last) return
    this.#last = id
    let one = 2_166_136_261
    let other = 5_381
    for (let at = 0; at < id.length; at += 1) {
      const char = id.charCodeAt(at)
      one = Math.imul(one ^ char, 16_777_619)
      other = Math.imul(other, 33) + char
    }
    one ^= one >>> 15
    // The second one is the distance from look to look, and must not be even.
    other = Math.imul(other ^ (other >>> 13), 2_654_435_761) | 1
    if (this.#tables.some((table) => hasAll(table, one, other))) this.#again.add(kept(id))
    else this.#add(one, other)
  }

  #add(one: number, other: number): void {
    if (this.#room === 0) {
      this.#tables.push(new Uint32Array(tableBits / 32))
      this.#room = perTable
    }
    this.#room -= 1
    const table = this.#tables.at(-1)
    if (table === undefined) return
    for (let look = 0; look < looks; look += 1) {
      const bit = placeOf(one, other, look)
      table[bit >>> 5] = (table[bit >>> 5] ?? 0) | (1 << (bit & 31))
    }
  }

  get again(): ReadonlySet<string> {
    return this.#again
  }
}

const placeOf = (one: number, other: number, look: number) =>
  ((one + Math.imul(other, look)) >>> 0) & (tableBits - 1)

function hasAll(table: Uint32Array, one: number, other: number): boolean {
  for (let look = 0; look < looks; look += 1) {
    const bit = placeOf(one, other, look)
    if (((table[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false
  }
  return true
}
