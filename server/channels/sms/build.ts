import type { SettingsOf } from '../../../shared/channels/index.ts'
import { isAbroad } from '../../../shared/channels/sms/register.ts'
import { smsEndpoint } from '../../../shared/channels/sms.ts'
import type { Begin, Channel, OutboundMessage, SendResult } from '../channel.ts'
import type { HttpDeps } from '../signed-post.ts'
import { createSmsChannel, type GatewaySettings } from '../sms.ts'
import { resultOf } from '../verdicts.ts'
import { createAliyunChannel } from './aliyun.ts'
import { createTencentChannel } from './tencent.ts'

type Settings = SettingsOf<'sms'>

/** What only half filled in settings lack; the schema asks for it before. */
class Unset extends Error {
  override readonly name = 'Unset'
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new Unset(name)
  return value
}

function gatewayOf({ url, secret, signature }: Settings): GatewaySettings | null {
  if (url === undefined || secret === undefined) return null
  return signature === undefined ? { url, secret } : { url, secret, signature }
}

const builders: Readonly<Record<Settings['provider'], (settings: Settings, deps: HttpDeps) => Channel>> = {
  gateway: (settings, deps) => {
    const gateway = gatewayOf(settings)
    if (gateway === null) throw new Unset('url')
    return createSmsChannel(gateway, deps)
  },
  aliyun: (settings, deps) =>
    besideAbroad(
      createAliyunChannel(
        {
          keyId: required(settings.keyId, 'keyId'),
          keySecret: required(settings.keySecret, 'keySecret'),
          endpoint: smsEndpoint(settings),
        },
        deps,
      ),
      abroadOf(settings, deps),
    ),
  tencent: (settings, deps) =>
    besideAbroad(
      createTencentChannel(
        {
          keyId: required(settings.keyId, 'keyId'),
          keySecret: required(settings.keySecret, 'keySecret'),
          sdkAppId: required(settings.sdkAppId, 'sdkAppId'),
          endpoint: smsEndpoint(settings),
        },
        deps,
      ),
      abroadOf(settings, deps),
    ),
}

function abroadOf(settings: Settings, deps: HttpDeps): Channel | null {
  const gateway = gatewayOf(settings)
  return gateway === null ? null : createSmsChannel(gateway, deps)
}

const always: Begin = async () => true

const noWayAbroad = resultOf('refused', {
  code: 'number-abroad',
  detail: 'no gateway for numbers abroad is set up beside the provider',
})

/** Numbers at home by their provider, those abroad by a gateway that takes any text; without one none leaves. */
function besideAbroad(home: Channel, abroad: Channel | null): Channel {
  const sendAbroad = async (
    message: OutboundMessage,
    signal: AbortSignal,
    begin: Begin,
  ): Promise<SendResult> => {
    if (abroad === null) return noWayAbroad
    if (!(await begin(message)))
      return resultOf('later', { code: 'withdrawn', detail: 'it is not to be sent any more', afterMs: 0 })
    const [result = noWayAbroad] = await abroad.send([message], signal)
    return result
  }
  const sendHome = async (message: OutboundMessage, signal: AbortSignal, begin: Begin) => {
    const [result] = await home.send([message], signal, begin)
    return result ?? resultOf('unknown', { code: 'no-answer', detail: 'the channel gave no result' })
  }
  return {
    ...home,
    send: (messages, signal, begin = always) =>
      Promise.all(
        messages.map((message) => (isAbroad(message.to) ? sendAbroad : sendHome)(message, signal, begin)),
      ),
    async close() {
      await Promise.all([home.close(), abroad?.close()])
    },
  }
}

/** The channel of text messages, by whichever provider is chosen. */
export const createSms = (settings: Settings, deps: HttpDeps): Channel =>
  builders[settings.provider](settings, deps)
