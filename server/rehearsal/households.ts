import type { Rehearsed } from './customer.ts'

/**
 * Customers by who shares an address with whom, each alone where nobody does: what one of them is sent counts
 * for the others, so that they are walked side by side. Everybody stands where the first of them stood.
 */
export function households(ids: readonly string[], sharing: readonly (readonly string[])[]): string[][] {
  const leader = new Map<string, string>()
  const leaderOf = (id: string): string => {
    let at = id
    for (let next = leader.get(at); next !== undefined; next = leader.get(at)) at = next
    return at
  }
  for (const [first, ...rest] of sharing)
    for (const other of first === undefined ? [] : rest) {
      const [a, b] = [leaderOf(first ?? other), leaderOf(other)]
      if (a !== b) leader.set(b, a)
    }
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const key = leaderOf(id)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [id])
    else group.push(id)
  }
  return [...groups.values()]
}

/** Households in batches of about so many people; none is divided. */
export function* batchesOf(groups: readonly string[][], size: number): Generator<string[][]> {
  let batch: string[][] = []
  let count = 0
  for (const group of groups) {
    batch.push(group)
    count += group.length
    if (count < size) continue
    yield batch
    batch = []
    count = 0
  }
  if (batch.length > 0) yield batch
}

/** Lets people live through the rehearsal in one line of time; of a tie the first of them comes first. */
export function walk(people: readonly Rehearsed[]): void {
  for (;;) {
    let next: Rehearsed | undefined
    let at = Number.POSITIVE_INFINITY
    for (const one of people) {
      const then = one.nextAt()
      if (then < at) {
        next = one
        at = then
      }
    }
    if (next === undefined) break
    next.turn(at)
  }
  for (const one of people) one.end()
}
