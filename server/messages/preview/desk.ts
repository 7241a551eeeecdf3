import type { Polisher } from '../../ai/polish.ts'
import type { Caller } from '../../channels/call.ts'
import type { Channel } from '../../channels/channel.ts'
import type { Desk } from '../../ports/desk.ts'
import type { EngineStore } from '../../ports/engine.ts'

/** What previews read. */
export interface PreviewReads extends Desk {
  readonly store: EngineStore
  /** null where no model is set up. */
  polisher(): Pick<Polisher, 'polish'> | null
}

/** What previews and test sends work with. */
export interface PreviewDesk extends Omit<PreviewReads, 'polisher'> {
  polisher(): Polisher | null
  channels(): ReadonlyMap<string, Channel>
  /** What calls other systems; null where webhooks are not set up. */
  caller(): Caller | null
}
