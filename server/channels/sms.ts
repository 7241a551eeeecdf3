import { z } from 'zod'
import type { Channel, OutboundMessage, SendResult } from './channel.ts'
import { createFlight } from './flight.ts'
import { redact } from './redact.ts'
import { type HttpDeps, readJson, signedPost } from './signed-post.ts'
import { resultOf } from './verdicts.ts'

/** A gateway's answer to one text message is small; anything larger is not one. */
const answerLimit = 64 * 1024

/**
 * What the gateway answers with 2xx: its own id of the message, or an error, which is final unless it says
 * `retry`. Any further fields are the gateway's own affair.
 */
const gatewayAnswer = z.object({
  id: z.union([z.string().min(1).max(200), z.int().transform(String)]).nullish(),
  error: z
    .object({ code: z.string().min(1).max(100), detail: z.string().nullish(), retry: z.boolean().nullish() })
    .nullish(),
})

export interface GatewaySettings {
  readonly url: string
  readonly secret: string
  readonly signature?: string
}

/**
 * Text messages by a generic HTTP gateway: one signed JSON POST per message with an Idempotency-Key, so
 * that an attempt whose answer was lost may be repeated. Body: `{id, to, text, signature, purpose, sentAt}`.
 * `text` is what the customer reads, its 【signature】 included; `signature` names it once more, for gateways
 * that ask for it apart, or is null.
 */
export function createSmsChannel(settings: GatewaySettings, deps: HttpDeps): Channel {
  const url = new URL(settings.url)
  const flight = createFlight()
  // A gateway's token may stand in the query of its URL.
  const secrets = [settings.secret, ...url.searchParams.values()]

  const sendOne = async (message: OutboundMessage, signal: AbortSignal): Promise<SendResult> => {
    const clean = (text: string) => redact(text, [...secrets, message.to, message.text])
    const { id, to, text, purpose, sentAt } = message
    const answer = await signedPost(deps, {
      url,
      secret: settings.secret,
      key: message.key,
      body: JSON.stringify({ id, to, text, signature: settings.signature ?? null, purpose, sentAt }),
      answerLimit,
      clean,
      signal,
    })
    return 'kind' in answer ? answer : readAnswer(answer.text, clean)
  }

  return {
    id: 'sms',
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

function readAnswer(text: string, clean: (text: string) => string): SendResult {
  const parsed = gatewayAnswer.safeParse(readJson(text))
  const error = parsed.data?.error
  if (error) {
    const code = clean(error.code)
    const detail = clean(error.detail ?? error.code)
    return resultOf(error.retry === true ? 'later' : 'refused', { code, detail })
  }
  const providerId = parsed.data?.id
  if (providerId) return { kind: 'accepted', providerId }
  // A 200 that is not the gateway speaking (a proxy's page, say) promises nothing, for this message or the next.
  const detail = 'the answer holds neither an id nor an error'
  return { kind: 'endpoint', mend: 'person', code: 'bad-answer', detail, afterMs: null, inDoubt: true }
}
