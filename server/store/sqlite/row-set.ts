/** A set of row numbers, a bit each, so that a file of millions can be told from what it repeats. */
export class RowSet {
  #bits = new Uint32Array(1024)

  add(row: number): void {
    const word = Math.floor(row / 32)
    if (word >= this.#bits.length) {
      const wider = new Uint32Array(Math.max(this.#bits.length * 2, word + 1))
      wider.set(this.#bits)
      this.#bits = wider
    }
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (row % 32))
  }

  has(row: number): boolean {
    return ((this.#bits[Math.floor(row / 32)] ?? 0) & (1 << (row % 32))) !== 0
  }
}
