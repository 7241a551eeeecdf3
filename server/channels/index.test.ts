import { describe, expect, test } from 'vitest'
import { channelSettings, channels } from '../../shared/channels/index.ts'
import { sampleMessage } from '../testing/peers/sample-message.ts'
import type { Channel } from './channel.ts'
import type { InboxRow } from './in-app.ts'
import { absentChannels, buildChannels, type ChannelDeps, channelEntries } from './index.ts'
import type { PhoneRow } from './sandbox.ts'

const never = new AbortController().signal
const secret = 'sixteen-letters-or-more'

function setUp(mode: ChannelDeps['mode'], changes: Partial<ChannelDeps> = {}) {
  const phone: PhoneRow[] = []
  const inbox: InboxRow[] = []
  const deps: ChannelDeps = {
    mode,
    now: () => 0,
    deliverPhone: async (rows) => void phone.push(...rows),
    deliverInbox: async (rows) => void inbox.push(...rows),
    wecomBook: {
      codeFor: async () => null,
      gather: async () => undefined,
      ...{
        media: async () => new Map(),
        keepMedia: async () => undefined,
        forgetMedia: async () => undefined,
      },
      ...{ mediaToRenew: async () => [], picture: async () => null },
    },
    wechatBook: {
      ...{ take: async () => null, giveBack: async () => undefined, closed: async () => undefined },
      stranger: async () => undefined,
    },
    ...changes,
  }
  return { deps, phone, inbox }
}

const full = channelSettings.parse({
  email: {
    host: 'smtp.example.com',
    port: 465,
    secure: true,
    user: 'u',
    password: 'p',
    from: 'gifts@magpie.example',
  },
  sms: { url: 'https://sms.example.com/send', secret },
  webhook: { secret },
  wechat: { appId: 'wx0123456789abcdef', appSecret: secret, callbackToken: 'QDG6eK' },
  wecom: {
    ...{ corpId: 'ww1234567890abcd', contactSecret: 'secret-of-customer-contact', callbackToken: 'QDG6eK' },
    callbackAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  },
})

async function closeAll(channels: Map<string, Channel>): Promise<void> {
  await Promise.all([...channels.values()].map((channel) => channel.close()))
}

describe('the channels', () => {
  test('are those that a journey can name, and the phone on the screen', () => {
    const named = channels.map(({ id }): string => id)
    expect(new Set(channelEntries.map(({ id }) => id))).toEqual(new Set([...named, 'sandbox']))
  })

  test('of a sandbox all deliver to the phone on the screen, whatever the settings', async () => {
    const { deps, phone, inbox } = setUp('sandbox')
    for (const settings of [{}, full]) {
      const built = buildChannels(settings, deps)
      expect([...built.keys()]).toEqual(['sms', 'wecom', 'wechat', 'email', 'in_app', 'webhook', 'sandbox'])
      for (const channel of built.values()) {
        expect(await channel.send([sampleMessage()], never)).toEqual([{ kind: 'accepted', providerId: 'm1' }])
        expect(await channel.verify?.()).toMatchObject({ ok: true })
      }
    }
    expect(phone.slice(0, 7).map(({ channel }) => channel)).toEqual([
      'sms',
      'wecom',
      'wechat',
      'email',
      'in_app',
      'webhook',
      'sandbox',
    ])
    expect(phone[0]).toEqual({
      channel: 'sms',
      to: '13800000001',
      messageId: 'm1',
      key: 'e1:sms-t14:1',
      customerId: 'c1',
      subject: null,
      text: '七夕将至，礼盒已为你留好。回T退订',
      html: null,
      attachments: [],
      json: null,
      purpose: 'marketing',
      unsubscribeUrl: null,
      sentAt: Date.UTC(2026, 7, 5, 2),
      journeyId: 'qixi',
      node: 'sms-t14',
    })
    expect(inbox).toEqual([])
  })

  test('of a live brand are those that are set up; of the others the reason is told', async () => {
    const { deps } = setUp('live')
    const none = buildChannels({}, deps)
    expect([...none.keys()]).toEqual(['in_app', 'sandbox'])
    const absent = absentChannels(none)
    expect([...absent.keys()]).toEqual(['sms', 'wecom', 'wechat', 'email', 'webhook'])
    for (const reason of absent.values()) {
      expect(reason['zh-CN']).not.toBe('')
      expect(reason.en).not.toBe('')
    }
    const all = buildChannels(full, deps)
    expect(absentChannels(all).size).toBe(0)
    for (const [id, channel] of all) expect(channel.id).toBe(id)
    expect([...all.values()].filter(({ idempotent }) => !idempotent).map(({ id }) => id)).toEqual([
      'wechat',
      'email',
    ])
    await closeAll(all)
    await closeAll(none)
  })

  test('deliver in-app messages into the inbox', async () => {
    const { deps, phone, inbox } = setUp('live')
    const channel = buildChannels({}, deps).get('in_app')
    const messages = [sampleMessage(), sampleMessage({ id: 'm2', key: 'k2' })]
    expect(await channel?.send(messages, never)).toEqual([
      { kind: 'accepted', providerId: 'm1' },
      { kind: 'accepted', providerId: 'm2' },
    ])
    expect(inbox.map(({ messageId, key }) => [messageId, key])).toEqual([
      ['m1', 'e1:sms-t14:1'],
      ['m2', 'k2'],
    ])
    expect(phone).toEqual([])
  })

  test('try a delivery again when the store fails, without quoting it', async () => {
    const { deps } = setUp('live', {
      deliverInbox: () => Promise.reject(new Error('insert failed for 13800000001')),
    })
    const results = await buildChannels({}, deps).get('in_app')?.send([sampleMessage()], never)
    expect(results).toMatchObject([{ kind: 'retry' }])
    expect(JSON.stringify(results)).not.toContain('13800000001')
  })

  test('are a value: a further one is one more entry', () => {
    const { deps } = setUp('live')
    const voice: Channel = {
      id: 'voice',
      idempotent: true,
      batch: 1,
      send: async () => [],
      close: async () => {},
    }
    const entry = { id: 'voice', build: () => voice, absent: { 'zh-CN': '没有语音', en: 'No voice' } }
    expect(buildChannels({}, deps, [...channelEntries, entry]).get('voice')).toBe(voice)
  })
})

describe('the settings of channels', () => {
  const email = { host: 'smtp.example.com', port: 587, secure: false, from: 'Magpie <gifts@magpie.example>' }
  test.each([
    [{ email: { ...email, from: 'nobody' } }, 'email.from'],
    [{ email: { ...email, from: 'a@b.example\r\nBcc: c@d.example' } }, 'email.from'],
    [{ email: { ...email, port: 70_000 } }, 'email.port'],
    [{ sms: { url: 'ftp://sms.example.com', secret } }, 'sms.url'],
    [{ sms: { url: 'https://sms.example.com', secret: 'short' } }, 'sms.secret'],
    [{ webhook: {} }, 'webhook.secret'],
    [{ pigeon: {} }, ''],
  ])('that cannot work are refused at their place: %j', (settings, place) => {
    const parsed = channelSettings.safeParse(settings)
    expect(parsed.error?.issues[0]?.path.join('.')).toBe(place)
  })

  test('may be missing altogether', () => {
    expect(channelSettings.parse({})).toEqual({})
    expect(channelSettings.parse({ email }).email).toMatchObject({ allowPlaintext: false })
  })
})
