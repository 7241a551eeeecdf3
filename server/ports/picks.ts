import type { PickRun } from '../../shared/api/picks.ts'
import type { Neighbour, Picked, PickRules, Popular } from '../../shared/picks/pick.ts'

/** What has been counted over the whole base, by which picks are made. */
export interface CountedGoods {
  /** What most have bought first. */
  readonly popular: readonly Popular[]
  readonly neighbours: ReadonlyMap<string, readonly Neighbour[]>
}

/** Picks of one brand's products. */
export interface PickStore {
  lastRun(): Promise<PickRun | null>
  /** In place of what was counted before. */
  keep(run: PickRun, counted: CountedGoods): Promise<void>
  /** What to show customers at a moment; of whom nobody knows anything, what is popular. */
  picks(
    ids: readonly string[],
    at: { readonly now: number; readonly rules: PickRules },
  ): Promise<Map<string, readonly Picked[]>>
}
