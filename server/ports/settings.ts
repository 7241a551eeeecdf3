import type { z } from 'zod'
import type { settingFault } from '../../shared/api/settings.ts'
import type { Halt } from '../../shared/channels/halts.ts'
import type { SmsProvider } from '../../shared/channels/sms/providers.ts'
import type { SmsRegister, SmsRegisters } from '../../shared/channels/sms/register.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Act, Changes } from './acts.ts'

/** The settings of one channel as they are kept, secrets among them. */
export type ChannelFields = Readonly<Record<string, string | number | boolean | null>>

/** The model's settings as they are kept; null: not set. */
export interface ModelSettings {
  readonly baseUrl: string | null
  readonly model: string | null
  readonly apiKey: string | null
  /** Lets the address lead into one's own network, whatever its name; absent where it was chosen before one could. */
  readonly allowPrivate?: boolean | undefined
}

/** Whether the model's address may lead into one's own network: one chosen before one could say so always might. */
export const allowsPrivate = ({ allowPrivate, baseUrl }: Omit<ModelSettings, 'apiKey'>): boolean =>
  allowPrivate ?? baseUrl !== null

/** A channel's settings as they count: a relay that was set up before one could say so could stand anywhere. */
export const inForce = (id: string, fields: ChannelFields): ChannelFields =>
  id === 'email' && fields.allowPrivate === undefined ? { ...fields, allowPrivate: true } : fields

/**
 * What is known of a secret beside its value: where it may be handed over, and what became of it. `dropped`: it went
 * with its address; `locked`: the key is not there that sealed it. Both have to be typed again.
 */
export interface KeptSecret {
  readonly origin: string | null
  readonly state: 'kept' | 'dropped' | 'locked'
}

/** Something that is stored and cannot be used: it is left out, and its page says so. */
export type SettingFault = z.infer<typeof settingFault>

/** Reading never fails: what cannot be read is left out, and is among the faults. */
export interface SettingsReads {
  brand(): Promise<Brand>
  /** By the channel's id; those that are set up. A secret is among them only where it is for the address of them. */
  channels(): Promise<Readonly<Record<string, ChannelFields>>>
  /** The key is there only where it was given for the address. */
  model(): Promise<ModelSettings>
  /** By the names of the channel and the field, such as `email.password`; the model's is `ai.apiKey`. */
  secrets(): Promise<ReadonlyMap<string, KeptSecret>>
  /** Endpoints to which nothing is sent for now, the longest first. */
  halts(): Promise<readonly Halt[]>
  faults(): Promise<readonly SettingFault[]>
  /** What is registered with each provider of text messages. */
  smsRegisters(): Promise<SmsRegisters>
}

export type SettingsChanges = Changes<{
  saveBrand(act: Act, brand: Brand): Promise<void>
  /**
   * Keeps the settings of one channel. Of its secrets those in `dropped` are taken away, and those that were given
   * for another address.
   */
  saveChannel(act: Act, id: string, settings: object, dropped?: readonly string[]): Promise<void>
  /** Takes a channel's settings away. Problem `channel-in-use` where running journeys send by it, unless despite them. */
  removeChannel(act: Act, id: string, options: { registry: Registry; despiteRunning: boolean }): Promise<void>
  /** Lets a channel try again now, or one endpoint of it; answers how many rested. */
  resumeChannel(act: Act, id: string, endpoint: string | null): Promise<number>
  /**
   * Puts what is registered with a provider in place of what was, made of that within the transaction; answers how many
   * templates there are now.
   */
  saveSmsRegister(
    act: Act,
    provider: SmsProvider,
    change: (before: SmsRegister) => SmsRegister,
    what: 'synchronised' | 'template_saved' | 'template_removed',
  ): Promise<void>
  /** A key left out stays where the address stays that it was given for; null takes it away. */
  saveModel(
    act: Act,
    model: Omit<ModelSettings, 'apiKey'> & { readonly apiKey?: string | null | undefined },
  ): Promise<void>
}>

export interface SettingsStore extends SettingsReads, SettingsChanges {}
