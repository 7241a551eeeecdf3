import { createHash } from 'node:crypto'
import { z } from 'zod'
import { welcomeMs } from '../../../shared/channels/wecom.ts'
import type { WecomBook, WelcomeCode } from '../../ports/wecom.ts'
import type { Channel, OutboundMessage, SendResult } from '../channel.ts'
import { createFlight } from '../flight.ts'
import { errorCode } from '../redact.ts'
import type { WecomClient, WecomSaid } from './client.ts'
import { greetingErrors } from './errors.ts'
import type { WecomSpeaker } from './media.ts'

export interface WecomChannelDeps {
  readonly client: WecomClient
  readonly speaker: WecomSpeaker
  readonly book: WecomBook
  readonly now: () => number
}

const nothing = z.unknown()

/** By which contents of broadcasts are known to be the same. */
const hashOf = ({ text, attachments }: OutboundMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([text, attachments]))
    .digest('base64url')

const rejected = (code: string, detail: string): SendResult => ({ kind: 'rejected', code, detail })

/** What becomes of a greeting by what WeCom says of its code. */
function greeted(said: WecomSaid<unknown>, { again }: WelcomeCode): SendResult {
  if (said.ok) return { kind: 'accepted', providerId: null }
  const { errcode, failure } = said
  const { started, underWay, expired } = greetingErrors
  // An attempt before this one has used the code: what is being said, or has been, is this very message.
  if (again && (errcode === underWay || errcode === started)) return { kind: 'accepted', providerId: null }
  if (again && errcode === expired)
    return rejected('wecom-greeting-unsure', 'nobody knows whether the first attempt was sent')
  return failure
}

/**
 * Messages to friends in WeCom. A greeting leaves at once by the code that came with the friendship, which serves once,
 * so that a second attempt cannot make a second greeting. Any other is kept for a broadcast, which its employee has
 * to press send for: what becomes of it is reported later.
 */
export function createWecomChannel({ client, speaker, book, now }: WecomChannelDeps): Channel {
  const flight = createFlight()

  const greet = async (message: OutboundMessage, signal: AbortSignal): Promise<SendResult> => {
    const code = await book.codeFor(message.to, message.key)
    if (code === null)
      return rejected('wecom-no-code', 'no greeting can be sent: WeCom has given no code for one')
    if (now() - code.at > welcomeMs) {
      if (code.again)
        return rejected('wecom-greeting-unsure', 'nobody knows whether the first attempt was sent')
      return rejected('wecom-greeting-late', 'more than 20 seconds have passed since the friend was added')
    }
    const said = await speaker.say(
      message,
      (content) => ({
        path: 'externalcontact/send_welcome_msg',
        body: { welcome_code: code.code, ...content },
        answer: nothing,
      }),
      signal,
    )
    return greeted(said, code)
  }

  const gather = async (messages: readonly OutboundMessage[]): Promise<SendResult> => {
    try {
      const kept = messages.map((message) => ({
        messageId: Number(message.id),
        customerId: message.customerId,
        externalUserId: message.to,
        hash: hashOf(message),
      }))
      await book.gather(kept, now())
      return { kind: 'accepted', providerId: null }
    } catch (error) {
      // All are kept or none.
      return {
        kind: 'retry',
        code: errorCode(error),
        detail: 'the broadcast could not be kept',
        afterMs: null,
      }
    }
  }

  const sendAll = async (messages: readonly OutboundMessage[], signal: AbortSignal) => {
    const tasks = messages.filter(({ way }) => way !== 'greeting')
    const kept = tasks.length === 0 ? null : await gather(tasks)
    return Promise.all(
      messages.map((message) =>
        message.way === 'greeting' ? greet(message, signal) : (kept ?? rejected('wecom-way', 'unknown way')),
      ),
    )
  }

  return {
    id: 'wecom',
    idempotent: true,
    batch: 500,
    send: (messages, signal) => flight.track(sendAll(messages, signal)),
    async verify() {
      const said = await client.ask({ path: 'externalcontact/get_follow_user_list', answer: followers })
      if (!said.ok) {
        return { ok: false, detail: `${said.failure.code}: ${said.failure.detail}` }
      }
      return { ok: true, detail: `${said.value.follow_user.length} employees can be added as friends` }
    },
    async close() {
      await flight.landed()
      client.close()
    },
  }
}

const followers = z.looseObject({ follow_user: z.array(z.string()).default([]) })
