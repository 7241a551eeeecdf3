import type { LookupFunction } from 'node:net'
import {
  type ChannelId,
  type ChannelSettings,
  channels,
  type SettingsOf,
} from '../../shared/channels/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type { WechatBook } from '../ports/wechat.ts'
import type { WecomBook } from '../ports/wecom.ts'
import { type Caller, createCaller } from './call.ts'
import { type Channel, defaultTimeouts, type Timeouts } from './channel.ts'
import { createEmailChannel } from './email.ts'
import { createGuard } from './guard.ts'
import { createInAppChannel, type DeliverInbox } from './in-app.ts'
import { createSandboxChannel, type DeliverPhone } from './sandbox.ts'
import { createSms } from './sms/build.ts'
import { createWebhookChannel } from './webhook.ts'
import { createWechatChannel } from './wechat/channel.ts'
import { createWechatClient, type WechatClient } from './wechat/client.ts'
import { createWecomChannel } from './wecom/channel.ts'
import { createWecomClient, type WecomClient } from './wecom/client.ts'
import { createWecomSpeaker, type WecomSpeaker } from './wecom/media.ts'

export interface ChannelDeps {
  /** In a sandbox every channel delivers to the on-screen phone, whatever the settings say. */
  mode: 'sandbox' | 'live'
  now: () => number
  deliverPhone: DeliverPhone
  deliverInbox: DeliverInbox
  /** What is kept of messages to WeCom; without it there is no such channel. */
  wecomBook?: WecomBook
  /** What is kept of followers in WeChat; without it there is no such channel. */
  wechatBook?: WechatBook
  timeouts?: Timeouts
  /** Hosts that HTTP channels may reach though they are not public. */
  allowHosts?: readonly string[]
  resolve?: LookupFunction
}

/** How one channel is made of the settings, or why it cannot be. */
export interface ChannelEntry {
  id: string
  build(settings: ChannelSettings, deps: ChannelDeps): Channel | null
  /** Why the channel is absent, when `build` gives null. */
  absent: LocalText
}

const builders: Readonly<Record<ChannelId, ChannelEntry['build']>> = {
  sms: ({ sms }, deps) => (sms === undefined ? null : createSms(sms, httpDeps(sms.allowPrivate, deps))),
  wecom: ({ wecom }, deps) =>
    wecom === undefined || deps.wecomBook === undefined
      ? null
      : buildWecomChannel(wecom, deps.wecomBook, deps),
  wechat: ({ wechat }, deps) =>
    wechat === undefined || deps.wechatBook === undefined
      ? null
      : createWechatChannel({
          client: createWechatClient(wechat, httpDeps(wechat.allowPrivate, deps)),
          book: deps.wechatBook,
          now: deps.now,
        }),
  email: ({ email }, deps) => (email === undefined ? null : createEmailChannel(email, reachOf(deps))),
  webhook: ({ webhook }, deps) =>
    webhook === undefined ? null : createWebhookChannel(webhook, httpDeps(webhook.allowPrivate, deps)),
  in_app: (_settings, deps) => createInAppChannel(deps.deliverInbox),
}

const unavailable: LocalText = { 'zh-CN': '此渠道不可用', en: 'This channel is not available' }

/** How each channel is built, and beside them the on-screen phone of the sandbox. */
export const channelEntries: readonly ChannelEntry[] = [
  ...channels.map(({ id, settings }) => ({
    id,
    build: builders[id],
    absent: settings?.absent ?? unavailable,
  })),
  {
    id: 'sandbox',
    build: (_settings, deps) => createSandboxChannel('sandbox', deps.deliverPhone),
    absent: { 'zh-CN': '沙盒手机不可用', en: 'The sandbox phone is not available' },
  },
]

/** The channels that the settings allow, by id. Close each when done. */
export function buildChannels(
  settings: ChannelSettings,
  deps: ChannelDeps,
  entries: readonly ChannelEntry[] = channelEntries,
): Map<string, Channel> {
  const built = new Map<string, Channel>()
  for (const entry of entries) {
    const channel =
      deps.mode === 'sandbox'
        ? createSandboxChannel(entry.id, deps.deliverPhone)
        : entry.build(settings, deps)
    if (channel !== null) built.set(entry.id, channel)
  }
  return built
}

/** What asks WeCom, and what says something by it. */
function wecomParts(settings: SettingsOf<'wecom'>, book: WecomBook, deps: ChannelDeps) {
  const client = createWecomClient(settings, httpDeps(settings.allowPrivate, deps))
  const speaker = createWecomSpeaker({ client, book, corpId: settings.corpId, now: deps.now })
  return { client, speaker, book, now: deps.now }
}

const buildWecomChannel = (...parts: Parameters<typeof wecomParts>): Channel =>
  createWecomChannel(wecomParts(...parts))

/** What calls other systems, with the settings of webhooks; null where they are not set up. */
export function buildCaller({ webhook }: ChannelSettings, deps: ChannelDeps): Caller | null {
  return webhook === undefined ? null : createCaller(webhook, httpDeps(webhook.allowPrivate, deps))
}

/** What asks the official account for anything but messages; null where it is not set up. */
export const buildWechat = ({ wechat }: ChannelSettings, deps: ChannelDeps): WechatClient | null =>
  wechat === undefined ? null : createWechatClient(wechat, httpDeps(wechat.allowPrivate, deps))

/** What asks WeCom for anything but messages; null where it is not set up. */
export function buildWecom({ wecom }: ChannelSettings, deps: ChannelDeps): WecomReach | null {
  if (wecom === undefined || deps.wecomBook === undefined) return null
  const { client, speaker } = wecomParts(wecom, deps.wecomBook, deps)
  const { agentId, agentSecret, friendIsOwner } = wecom
  const agent = agentId === undefined || agentSecret === undefined ? null : Number(agentId)
  return { client, speaker, friendIsOwner, agent }
}

export interface WecomReach {
  readonly client: WecomClient
  readonly speaker: WecomSpeaker
  /** The app that writes to staff; null where none is set up. */
  readonly agent: number | null
  /** Whether whoever a customer adds looks after them. */
  readonly friendIsOwner: boolean
}

/** Why each of the registered channels is not among those built. */
export function absentChannels(
  built: ReadonlyMap<string, Channel>,
  entries: readonly ChannelEntry[] = channelEntries,
): Map<string, LocalText> {
  return new Map(entries.filter(({ id }) => !built.has(id)).map(({ id, absent }) => [id, absent]))
}

/** How names lead to addresses, and how long anything may take. */
function reachOf({ allowHosts, resolve, timeouts = defaultTimeouts }: ChannelDeps) {
  return {
    timeouts,
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(resolve === undefined ? {} : { resolve }),
  }
}

function httpDeps(allowPrivate: boolean, deps: ChannelDeps) {
  const { timeouts, ...names } = reachOf(deps)
  return { guard: createGuard({ allowPrivate, ...names }), now: deps.now, timeouts }
}
