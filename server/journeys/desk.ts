import type { Engine } from '../engine/engine.ts'
import type { Desk } from '../ports/desk.ts'
import type { EngineStore } from '../ports/engine.ts'

/** What the use cases of journeys work with. */
export interface JourneyDesk extends Desk {
  readonly store: EngineStore
  readonly engine: Pick<Engine, 'exclusive' | 'enter'>
  sending(): Sending
}

/**
 * After a change from which much may follow. Virtual time stands until all of it is done; in real time whoever changed
 * it is answered at once, and what follows is seen under way: moving two hundred thousand people takes longer than a
 * caller waits.
 */
export async function goOn(desk: Pick<JourneyDesk, 'sandbox' | 'settle' | 'stir'>): Promise<void> {
  await (desk.sandbox ? desk.settle() : desk.stir())
}

/** How a brand's messages leave, as far as a check must know: channels not set up yet, and the signature. */
export interface Sending {
  readonly absentChannels: ReadonlySet<string>
  readonly signature: string | null
}
