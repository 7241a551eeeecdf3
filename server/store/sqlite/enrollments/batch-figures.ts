import type Database from 'better-sqlite3'
import { countChange } from '../../../ports/counting.ts'
import type { Change } from '../../../ports/engine.ts'

/** Counts by version, node and kind, written once for each at the end of the batch. */
export class BatchFigures {
  readonly #versions = new Map<string, Map<number, Map<string, Map<string, number>>>>()
  #last: { journeyId: string; version: number; nodes: Map<string, Map<string, number>> } | null = null

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
    const { journeyId, version } = change.enrollment
    const nodes = this.#nodesOf(journeyId, version)
    countChange(change, (node, kind, by = 1) => {
      const kinds = nodes.get(node)
      if (kinds === undefined) nodes.set(node, new Map([[kind, by]]))
      else kinds.set(kind, (kinds.get(kind) ?? 0) + by)
    })
  }

  write(figure: Database.Statement): void {
    for (const [journeyId, versions] of this.#versions)
      for (const [version, nodes] of versions)
        for (const [node, kinds] of nodes)
          for (const [kind, count] of kinds) figure.run(journeyId, version, node, kind, count)
  }
}
