import type { Engine } from '../engine/engine.ts'
import type { Desk } from '../ports/desk.ts'
import type { EngineStore } from '../ports/engine.ts'

/** What the use cases of journeys work with. */
export interface JourneyDesk extends Desk {
  readonly store: EngineStore
  readonly engine: Pick<Engine, 'exclusive' | 'enter'>
  sending(): Sending
}

/** How a brand's messages leave, as far as a check must know: channels not set up yet, and the signature. */
export interface Sending {
  readonly absentChannels: ReadonlySet<string>
  readonly signature: string | null
}
