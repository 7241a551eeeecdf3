import { z } from 'zod'
import type { WechatBook } from '../../ports/wechat.ts'
import type { Begin, Channel, OutboundMessage, SendResult } from '../channel.ts'
import type { Failure } from '../errcode.ts'
import { createFlight } from '../flight.ts'
import { resultOf } from '../verdicts.ts'
import type { WechatClient } from './client.ts'
import { talkContent } from './content.ts'
import { talkErrors } from './errors.ts'

export interface WechatChannelDeps {
  readonly client: WechatClient
  readonly book: WechatBook
  readonly now: () => number
}

const nothing = z.unknown()
const total = z.looseObject({ total: z.int() })

const rejected = (code: string, detail: string): SendResult => ({ kind: 'rejected', code, detail })
const withdrawn = resultOf('later', {
  code: 'withdrawn',
  detail: 'it is not to be sent any more',
  afterMs: 0,
})
const always: Begin = async () => true

/** Whether it has surely not been sent. */
const isUnsent = (failure: Failure): boolean =>
  failure.kind !== 'unknown' && !(failure.kind === 'endpoint' && failure.inDoubt)

/**
 * Messages to followers of an official account. WeChat knows no keys, so that each is written down before it leaves. An
 * answer of customer service uses up one of those that the follower's last doing allows: it is taken from the book
 * before the call, and given back where the call was surely refused.
 */
export function createWechatChannel({ client, book, now }: WechatChannelDeps): Channel {
  const flight = createFlight()

  /** What WeChat says of a follower, it knows better than the book. */
  const learn = async (openid: string, errcode: number | null): Promise<void> => {
    if (errcode === talkErrors.closed || errcode === talkErrors.used) await book.closed(openid)
    if (errcode === talkErrors.stranger) await book.stranger(openid, now())
  }

  const talk = async (message: OutboundMessage, signal: AbortSignal, begin: Begin): Promise<SendResult> => {
    const content = talkContent(message)
    if (content === null) return rejected('wechat-45002', 'the text is too long for one message')
    const { to } = message
    if (!(await begin(message))) return withdrawn
    const taken = await book.take(to, now())
    if (taken === null)
      return rejected('wechat-window', 'they have done nothing lately that lets the account answer')
    const body = { touser: to, ...content }
    const said = await client.ask({ path: 'message/custom/send', body, answer: nothing }, signal)
    if (said.ok) return { kind: 'accepted', providerId: null }
    if (isUnsent(said.failure)) await book.giveBack(to, taken)
    await learn(to, said.errcode)
    return said.failure
  }

  return {
    id: 'wechat',
    idempotent: false,
    batch: 50,
    send: (messages, signal, begin = always) =>
      flight.track(Promise.all(messages.map((message) => talk(message, signal, begin)))),
    async verify() {
      const said = await client.ask({ path: 'user/get', answer: total })
      if (!said.ok) return { ok: false, detail: `${said.failure.code}: ${said.failure.detail}` }
      return { ok: true, detail: `${said.value.total} follow the account` }
    },
    async close() {
      await flight.landed()
      client.close()
    },
  }
}
