import type { LookupFunction } from 'node:net'
import type { LocalText } from '../../shared/text.ts'
import { type Channel, defaultTimeouts, type Timeouts } from './channel.ts'
import { createEmailChannel } from './email.ts'
import { createGuard } from './guard.ts'
import { createInAppChannel, type DeliverInbox } from './in-app.ts'
import { createSandboxChannel, type DeliverPhone } from './sandbox.ts'
import type { ChannelSettings } from './settings.ts'
import { createSmsChannel } from './sms.ts'
import { createWebhookChannel } from './webhook.ts'

export interface ChannelDeps {
  /** In a sandbox every channel delivers to the on-screen phone, whatever the settings say. */
  mode: 'sandbox' | 'live'
  now: () => number
  deliverPhone: DeliverPhone
  deliverInbox: DeliverInbox
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

/** The only list of channels; a new one is a file and a line here. */
export const channelEntries: readonly ChannelEntry[] = [
  {
    id: 'sms',
    build: ({ sms }, deps) =>
      sms === undefined ? null : createSmsChannel(sms, httpDeps(sms.allowPrivate, deps)),
    absent: {
      'zh-CN': '短信还没有设置：请在设置里填写网关地址和密钥',
      en: 'SMS is not set up: enter the gateway’s address and secret in the settings',
    },
  },
  {
    id: 'email',
    build: ({ email }, deps) =>
      email === undefined ? null : createEmailChannel(email, { timeouts: deps.timeouts ?? defaultTimeouts }),
    absent: {
      'zh-CN': '邮件还没有设置：请在设置里填写 SMTP 服务器和发件人',
      en: 'E-mail is not set up: enter the SMTP server and the sender in the settings',
    },
  },
  {
    id: 'webhook',
    build: ({ webhook }, deps) =>
      webhook === undefined ? null : createWebhookChannel(webhook, httpDeps(webhook.allowPrivate, deps)),
    absent: {
      'zh-CN': 'Webhook 还没有设置：请在设置里填写签名密钥',
      en: 'Webhooks are not set up: enter the signing secret in the settings',
    },
  },
  {
    id: 'in_app',
    build: (_settings, deps) => createInAppChannel(deps.deliverInbox),
    absent: { 'zh-CN': '站内信不可用', en: 'In-app messages are not available' },
  },
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
  const channels = new Map<string, Channel>()
  for (const entry of entries) {
    const channel =
      deps.mode === 'sandbox'
        ? createSandboxChannel(entry.id, deps.deliverPhone)
        : entry.build(settings, deps)
    if (channel !== null) channels.set(entry.id, channel)
  }
  return channels
}

/** Why each of the registered channels is not among those built. */
export function absentChannels(
  built: ReadonlyMap<string, Channel>,
  entries: readonly ChannelEntry[] = channelEntries,
): Map<string, LocalText> {
  return new Map(entries.filter(({ id }) => !built.has(id)).map(({ id, absent }) => [id, absent]))
}

function httpDeps(allowPrivate: boolean, deps: ChannelDeps) {
  const { allowHosts, resolve } = deps
  const guard = createGuard({
    allowPrivate,
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(resolve === undefined ? {} : { resolve }),
  })
  return { guard, now: deps.now, timeouts: deps.timeouts ?? defaultTimeouts }
}
