import type { Rehearsed } from './customer.ts'
import type { Mover } from './live.ts'

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

/** Movers who stand on one node together, in the order in which the first of each comes. */
function byNode(movers: readonly Mover[]): Mover[][] {
  const groups = new Map<string, Mover[]>()
  for (const mover of movers) {
    const key = `${mover.journey} ${mover.node}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [mover])
    else group.push(mover)
  }
  return [...groups.values()]
}

/** Lets all go as far as they can without time passing, in rounds as in the engine: each one node at a time. */
function inRounds(people: readonly Rehearsed[], now: number): void {
  const alone = people.length === 1 ? people[0] : undefined
  for (;;) {
    while (alone?.stepAlone(now)) {
      // Whoever goes on is the one who moves again.
    }
    const movers = alone === undefined ? people.flatMap((one) => one.movers(now)) : alone.movers(now)
    if (movers.length === 0) return
    const [only] = movers
    if (movers.length === 1) only?.step()
    else {
      movers.sort((a, b) => a.enteredAt - b.enteredAt)
      for (const group of byNode(movers)) for (const { step } of group) step()
    }
  }
}

/**
 * Lets people live through the rehearsal in one line of time. What happens to several of them at one moment happens
 * together, so that who is written to at an address that they share is the one to whom the engine writes.
 */
export function walk(people: readonly Rehearsed[]): void {
  const [alone] = people
  if (alone !== undefined && people.length === 1) {
    walkAlone(alone)
    return
  }
  for (;;) {
    const times = people.map((one) => one.nextAt())
    const at = Math.min(...times)
    if (at === Number.POSITIVE_INFINITY) break
    const due = people.filter((_one, index) => times[index] === at)
    const first = Math.min(...due.map((one) => one.kindAt(at)))
    const now = due.filter((one) => one.kindAt(at) === first)
    for (const one of now) one.turn(at)
    inRounds(people, at)
    for (const one of now) one.afterwards()
    inRounds(people, at)
  }
  for (const one of people) one.end()
}

/** The same for somebody who shares an address with nobody, as nearly all: whatever comes next is theirs. */
function walkAlone(one: Rehearsed): void {
  const people = [one]
  for (let at = one.nextAt(); at !== Number.POSITIVE_INFINITY; at = one.nextAt()) {
    one.turn(at)
    inRounds(people, at)
    one.afterwards()
    inRounds(people, at)
  }
  one.end()
}
