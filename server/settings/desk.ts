import type { Brand } from '../../shared/journey/brand.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Polisher } from '../ai/polish.ts'
import type { Channel } from '../channels/channel.ts'
import type { Desk } from '../ports/desk.ts'
import type { ChannelFields, ModelSettings, SettingFault } from '../ports/settings.ts'

/** Builds what settings are for without using it; answers what is wrong with them, or null. */
export interface SettingTrial {
  channel(id: string, fields: ChannelFields): Promise<SettingFault | null>
  model(settings: ModelSettings, brand: Pick<Brand, 'currency'>): Promise<SettingFault | null>
}

/** What the use cases of settings work with. */
export interface SettingsDesk extends Desk {
  /** Channels by id, as they are set up now. */
  channels(): ReadonlyMap<string, Channel>
  /** Channels by which nothing can be sent, each with the reason. */
  absentChannels(): ReadonlyMap<string, LocalText>
  /** null where no model is set up. */
  polisher(): Polisher | null
  /** What is stored and cannot be used; it is left out. */
  settingFaults(): Promise<readonly SettingFault[]>
  readonly settingTrial: SettingTrial
  /** Takes up what has been saved: the brand's decisions, its channels, its model. */
  reconfigure(what: 'brand' | 'channels' | 'model'): Promise<void>
}
