import { z } from 'zod'
import type { SettingsOf } from '../../shared/channels/index.ts'
import type { Channel, OutboundMessage, SendResult } from './channel.ts'
import { createFlight } from './flight.ts'
import { redact } from './redact.ts'
import { robotRefusal } from './robot.ts'
import { type HttpDeps, readJson, signedPost } from './signed-post.ts'

/** The most of an answer that is read, in bytes. */
const answerLimit = 16 * 1024

/** An answer may name the receiver's own id; everything else in it is free. */
const namedAnswer = z.object({ id: z.string().min(1).max(200) })

/**
 * A signed JSON POST of the message, or of the body that stands for it, to the URL in its `to`, with an
 * Idempotency-Key. Any 2xx accepts it, unless a group robot says in it that it did not; the answer's start is
 * kept with the result. Redirects are not followed, and private addresses not reached.
 */
export function createWebhookChannel(settings: SettingsOf<'webhook'>, deps: HttpDeps): Channel {
  const flight = createFlight()

  const sendOne = async (message: OutboundMessage, signal: AbortSignal): Promise<SendResult> => {
    if (!URL.canParse(message.to)) {
      return { kind: 'rejected', code: 'invalid-address', detail: 'the address is not a URL' }
    }
    const url = new URL(message.to)
    // The query of a webhook's URL often holds its receiver's token.
    const clean = (text: string) => redact(text, [settings.secret, ...url.searchParams.values(), message.to])
    const answer = await signedPost(deps, {
      url,
      secret: settings.secret,
      key: message.key,
      body: message.json ?? JSON.stringify(payloadOf(message)),
      answerLimit,
      clean,
      signal,
    })
    if ('kind' in answer) return answer
    const said = readJson(answer.text)
    const refusal = robotRefusal(url, said, clean)
    if (refusal !== null) return refusal
    const named = namedAnswer.safeParse(said)
    return { kind: 'accepted', providerId: named.data?.id ?? null, answer: clean(answer.text) }
  }

  return {
    id: 'webhook',
    idempotent: true,
    batch: 50,
    send: (messages, signal) =>
      flight.track(Promise.all(messages.map((message) => sendOne(message, signal)))),
    async close() {
      await flight.landed()
      deps.guard.close()
    },
  }
}

/** The message but its key, which travels in the header, its address, which is the receiver's own, and what is not carried. */
function payloadOf({ key: _key, to: _to, json: _json, attachments: _none, ...rest }: OutboundMessage) {
  return { type: 'message', ...rest }
}
