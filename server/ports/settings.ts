import type { z } from 'zod'
import type { settingFault } from '../../shared/api/settings.ts'
import type { Halt } from '../../shared/channels/halts.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Act, Changes } from './acts.ts'

/** The settings of one channel as they are kept, secrets among them. */
export type ChannelFields = Readonly<Record<string, string | number | boolean | null>>

/** The model's settings as they are kept; null: not set. */
export interface ModelSettings {
  readonly baseUrl: string | null
  readonly model: string | null
  readonly apiKey: string | null
}

/** Something that is stored and cannot be used: it is left out, and its page says so. */
export type SettingFault = z.infer<typeof settingFault>

/** Reading never fails: what cannot be read is left out, and is among the faults. */
export interface SettingsReads {
  brand(): Promise<Brand>
  /** By the channel's id; those that are set up. */
  channels(): Promise<Readonly<Record<string, ChannelFields>>>
  model(): Promise<ModelSettings>
  /** Endpoints to which nothing is sent for now, the longest first. */
  halts(): Promise<readonly Halt[]>
  faults(): Promise<readonly SettingFault[]>
}

export type SettingsChanges = Changes<{
  saveBrand(act: Act, brand: Brand): Promise<void>
  /** Keeps the settings of one channel; null takes them away. */
  saveChannel(act: Act, id: string, settings: object | null): Promise<void>
  /** Lets a channel try again now, or one endpoint of it; answers how many rested. */
  resumeChannel(act: Act, id: string, endpoint: string | null): Promise<number>
  saveModel(act: Act, model: ModelSettings): Promise<void>
}>

export interface SettingsStore extends SettingsReads, SettingsChanges {}
