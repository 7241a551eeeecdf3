import type { Content, ContentMove } from '../../shared/models/content.ts'
import type { Scores } from '../../shared/models/scores.ts'

/** Content that has moved customers: whom, and by how many ranks on average. */
export interface Movement {
  readonly content: Content
  readonly customers: number
  readonly by: number
}

/** Pages without number would be names without number. */
const mostKept = 20_000
const mostTold = 12

/** Gathers which content has moved everybody's propensity. */
export class Movements {
  readonly #found = new Map<string, { content: Content; customers: number; sum: number }>()

  add({ score_propensity: rank }: Scores, moves: readonly ContentMove[]): void {
    if (typeof rank !== 'number') return
    for (const { content, without } of moves) {
      const key = JSON.stringify(content)
      const known = this.#found.get(key)
      if (known === undefined) {
        if (this.#found.size < mostKept) this.#found.set(key, { content, customers: 1, sum: rank - without })
        continue
      }
      known.customers += 1
      known.sum += rank - without
    }
  }

  /** What has moved most in all. */
  get strongest(): Movement[] {
    return [...this.#found.values()]
      .toSorted((one, other) => Math.abs(other.sum) - Math.abs(one.sum))
      .slice(0, mostTold)
      .map(({ content, customers, sum }) => ({ content, customers, by: sum / customers }))
  }
}
