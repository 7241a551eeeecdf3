/** A line of somebody's ledger, as much as its remainders turn on. */
export interface LotLine {
  readonly seq: number
  /** Above zero: added; below: taken. */
  readonly amount: number
  /** Of what is added: when what is left of it is lost; null: never. */
  readonly expiresAt: number | null
  /** Of what is lost by time: the line that it is lost of; else null. */
  readonly lot: number | null
}

/** What is left of a line that added. */
export interface Lot {
  readonly seq: number
  readonly expiresAt: number | null
  left: number
}

const soonest = (one: Lot, other: Lot): number =>
  (one.expiresAt ?? Number.POSITIVE_INFINITY) - (other.expiresAt ?? Number.POSITIVE_INFINITY) ||
  one.seq - other.seq

/**
 * What is left of each line that added, in their order, and what is owed where more was taken back than was there.
 * Whatever is taken comes off what is lost soonest of what was there by then; what is added pays what is owed first.
 * All that is left, less what is owed, is the sum of the ledger.
 */
export function lotsOf(lines: readonly LotLine[]): { readonly lots: readonly Lot[]; readonly owed: number } {
  const lots: Lot[] = []
  let owed = 0
  const take = (amount: number, from: readonly Lot[]) => {
    let open = amount
    for (const lot of from) {
      const part = Math.min(open, lot.left)
      lot.left -= part
      open -= part
    }
    owed += open
  }
  for (const { seq, amount, expiresAt, lot } of [...lines].sort((one, other) => one.seq - other.seq)) {
    if (amount >= 0) {
      const paid = Math.min(owed, amount)
      owed -= paid
      lots.push({ seq, expiresAt, left: amount - paid })
    } else if (lot === null) take(-amount, lots.filter(({ left }) => left > 0).sort(soonest))
    else
      take(
        -amount,
        lots.filter((one) => one.seq === lot),
      )
  }
  return { lots, owed }
}
