import type { BrandDatabase } from '../database.ts'

/** Where a figure is kept: the node of one version of a journey. */
export interface FigurePlace {
  readonly journeyId: string
  readonly version: number
  readonly node: string
}

/** Adds to the figures on the canvas, within the caller's transaction. */
export function figureWriter({
  sqlite,
}: BrandDatabase): (place: FigurePlace, kind: string, by?: number) => void {
  const add = sqlite.prepare(
    `insert into figures (journey_id, version, node, kind, count) values (?, ?, ?, ?, ?)
     on conflict do update set count = count + excluded.count`,
  )
  return ({ journeyId, version, node }, kind, by = 1) => {
    add.run(journeyId, version, node, kind, by)
  }
}
