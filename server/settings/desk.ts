import type { LocalText } from '../../shared/text.ts'
import type { Polisher } from '../ai/polish.ts'
import type { Channel } from '../channels/channel.ts'
import type { Desk } from '../ports/desk.ts'

/** What the use cases of settings work with. */
export interface SettingsDesk extends Desk {
  /** Channels by id, as they are set up now. */
  channels(): ReadonlyMap<string, Channel>
  /** Channels by which nothing can be sent, each with the reason. */
  absentChannels(): ReadonlyMap<string, LocalText>
  /** null where no model is set up. */
  polisher(): Polisher | null
  /** Takes up what has been saved: the brand's decisions, its channels, its model. */
  reconfigure(what: 'brand' | 'channels' | 'model'): Promise<void>
}
