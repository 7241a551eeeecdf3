import type Database from 'better-sqlite3'
import type { Enrollment } from '../../../../shared/nodes/type.ts'
import { type Count, countChange, countGone, countLanded } from '../../../ports/counting.ts'
import type { Carried, Change } from '../../../ports/engine.ts'

/** Counts by version, node and kind, written once for each at the end of the batch. */
export class Figures {
  readonly #versions = new Map<string, Map<number, Map<string, Map<string, number>>>>()
  #last: { journeyId: string; version: number; nodes: Map<string, Map<string, number>> } | null = null
  #counted = new Map<string, Map<string, number>>()
  readonly #count: Count = (node, kind, by = 1) => {
    const kinds = this.#counted.get(node)
    if (kinds === undefined) this.#counted.set(node, new Map([[kind, by]]))
    else kinds.set(kind, (kinds.get(kind) ?? 0) + by)
  }

  /** Most changes of a batch belong to one version, so the last one found is tried first. */
  #nodesOf(journeyId: string, version: number): Map<string, Map<string, number>> {
    if (this.#last?.journeyId === journeyId && this.#last.version === version) return this.#last.nodes
    const versions = this.#versions.get(journeyId) ?? new Map<number, Map<string, Map<string, number>>>()
    const nodes = versions.get(version) ?? new Map<string, Map<string, number>>()
    this.#versions.set(journeyId, versions.set(version, nodes))
    this.#last = { journeyId, version, nodes }
    return nodes
  }

  add(change: Change): void {
    if (change.carried === null) {
      this.#countIn(change.enrollment)
      countChange(change, this.#count)
    } else this.#addCarried(change, change.carried)
  }

  #countIn({ journeyId, version }: Pick<Enrollment, 'journeyId' | 'version'>): void {
    this.#counted = this.#nodesOf(journeyId, version)
  }

  #addCarried(change: Change, { fromVersion }: Carried): void {
    const { enrollment } = change
    this.#countIn({ ...enrollment, version: fromVersion })
    countGone(change, this.#count)
    this.#countIn(enrollment)
    countLanded(change, this.#count)
  }

  write(figure: Pick<Database.Statement, 'run'>): void {
    for (const [journeyId, versions] of this.#versions)
      for (const [version, nodes] of versions)
        for (const [node, kinds] of nodes)
          for (const [kind, count] of kinds) figure.run(journeyId, version, node, kind, count)
  }
}
