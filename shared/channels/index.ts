import { z } from 'zod'
import { Problem } from '../errors/index.ts'
import type { ChannelDefinition } from './definition.ts'
import { email } from './email.ts'
import { inApp } from './in-app.ts'
import { sms } from './sms.ts'
import { webhook } from './webhook.ts'
import { wechat } from './wechat.ts'
import { wecom } from './wecom.ts'

export {
  type AttachmentKind,
  attachmentKinds,
  attachmentNames,
  type RenderedAttachment,
  renderedAttachments,
  withHost,
} from './attachments.ts'
export type {
  AddressKind,
  ChannelDefinition,
  ChannelSettingsForm,
  ConsentKind,
  Content,
  PriceUnit,
  ReceiptKind,
} from './definition.ts'

const byId = { sms, wecom, wechat, email, in_app: inApp, webhook } as const satisfies Record<
  string,
  ChannelDefinition
>
type ById = typeof byId

/** A channel that this Magpie has; whatever answers for each of them is a table over these. */
export type ChannelId = keyof ById

/** The one list of channels; a test or an extension passes a longer one. */
export const channels = [byId.sms, byId.wecom, byId.wechat, byId.email, byId.in_app, byId.webhook] as const

/** Channels that must be told something before they can send. */
export type SetUpChannel = {
  [Id in ChannelId]: ById[Id]['settings'] extends null ? never : Id
}[ChannelId]

/** The settings of each such channel, as its schema gives them. */
export type SettingsOf<Id extends SetUpChannel> = z.infer<NonNullable<ById[Id]['settings']>['schema']>

/** What a brand's channels are set up with; a channel whose settings are missing is absent. */
export const channelSettings = z.strictObject({
  sms: sms.settings.schema.optional(),
  wecom: wecom.settings.schema.optional(),
  wechat: wechat.settings.schema.optional(),
  email: email.settings.schema.optional(),
  webhook: webhook.settings.schema.optional(),
} satisfies Record<SetUpChannel, z.ZodType>)
export type ChannelSettings = z.infer<typeof channelSettings>
export type ChannelSettingsInput = z.input<typeof channelSettings>

/** Whether the list has a channel of that id. */
export function isChannel(id: string, list: readonly ChannelDefinition[] = channels): boolean {
  return list.some((channel) => channel.id === id)
}

/** Whether an id is that of a channel of this Magpie's own. */
export function isChannelId(id: string): id is ChannelId {
  return Object.hasOwn(byId, id)
}

/** The way that a message takes: the one that is asked for where its channel has it, else the usual one; null: it has one alone. */
export function wayOf(id: string, asked: string | null | undefined): string | null {
  const ways = channelOf(id).ways ?? {}
  if (asked != null && Object.hasOwn(ways, asked)) return asked
  return Object.keys(ways)[0] ?? null
}

/** The channel of that id; Problem `not-found`. */
export function channelOf(id: string, list: readonly ChannelDefinition[] = channels): ChannelDefinition {
  const channel = list.find((candidate) => candidate.id === id)
  if (channel === undefined) throw new Problem('not-found', { what: id })
  return channel
}
