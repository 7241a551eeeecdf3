import type { Night, UpkeepAnswer } from '../../shared/api/upkeep.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Act, Changes } from './acts.ts'

export type NightChanges = Changes<{
  /** Keeps how a night went, in place of the one before. */
  note(act: Act, night: Night): Promise<void>
}>

/** How the last night of a brand, or of the installation, went. */
export interface NightStore extends NightChanges {
  last(): Promise<Night | null>
}

/** What is done for the data while nobody works with it. */
export interface Upkeep {
  state(): Promise<UpkeepAnswer>
  /** Does it now; resolves when it has begun. Problem `upkeep-running`. */
  begin(actor: Actor): Promise<void>
}
