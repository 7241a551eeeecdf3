import { createPolisher, type OpenPolisher } from '../ai/polisher.ts'
import { createPool, type PolishPool } from '../ai/pool.ts'
import type { ReachParts } from '../ai/reach.ts'
import type { AiSettings } from '../ai/settings.ts'
import type { Elapsed } from '../ports/clock.ts'

/** A model that can be asked, with the places and the breaker that all callers share. */
export interface Model {
  readonly polisher: OpenPolisher
  readonly pool: PolishPool
}

/** The model of the settings; null where none is set up, and the written text is sent. */
export function openModel(settings: AiSettings, elapsed: Elapsed, reach: ReachParts): Model | null {
  const reachable = settings.apiKey !== undefined || settings.baseUrl !== undefined
  if (settings.model === undefined || !reachable) return null
  const polisher = createPolisher(settings, reach)
  return { polisher, pool: createPool(polisher, { elapsed }) }
}
