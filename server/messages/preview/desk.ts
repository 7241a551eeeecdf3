import type { Polisher } from '../../ai/polish.ts'
import type { Caller } from '../../channels/call.ts'
import type { Channel } from '../../channels/channel.ts'
import type { Desk } from '../../ports/desk.ts'
import type { EngineStore } from '../../ports/engine.ts'

/** What previews and test sends work with. */
export interface PreviewDesk extends Desk {
  readonly store: EngineStore
  channels(): ReadonlyMap<string, Channel>
  /** What calls other systems; null where webhooks are not set up. */
  caller(): Caller | null
  /** null where no model is set up. */
  polisher(): Polisher | null
}
