import type { z } from 'zod'
import type { SmsProvider } from '../../../shared/channels/sms/providers.ts'
import type { SmsRegister } from '../../../shared/channels/sms/register.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { failureOf } from '../answers.ts'
import type { Begin, Channel, OutboundMessage, SendResult } from '../channel.ts'
import { createFlight } from '../flight.ts'
import { isSuccess, type PostOutcome } from '../post.ts'
import { redact } from '../redact.ts'
import { type HttpDeps, readJson } from '../signed-post.ts'
import { resultOf } from '../verdicts.ts'

/** What a provider of text messages is told and answers; how it is signed is each provider's own. */
export interface SmsCloud {
  readonly provider: SmsProvider
  /** What is blotted out of whatever it answers. */
  readonly secrets: readonly string[]
  send(
    message: OutboundMessage,
    template: NonNullable<OutboundMessage['template']>,
    signal: AbortSignal,
  ): Promise<PostOutcome>
  /** What its answer says of the message, read from JSON; null: it is no answer of the provider's. */
  read(answer: unknown, clean: (text: string) => string): SendResult | null
  /** Whether a message whose answer was lost was taken after all; `null` where nobody can say. */
  wasTaken?(message: OutboundMessage, signal: AbortSignal): Promise<boolean>
  registered(signal: AbortSignal): Promise<Omit<SmsRegister, 'syncedAt'>>
}

const always: Begin = async () => true

/** Templates and signatures are looked through page by page, but not for ever. */
const registerMs = 60_000

/** A page of a list, or a Problem that says what the provider answered in its place. */
export function pageOf<T>(schema: z.ZodType<T>, outcome: PostOutcome, clean: (text: string) => string): T {
  if (outcome.kind !== 'answer') throw new Problem('sms-register-unread', { detail: clean(outcome.detail) })
  const read = schema.safeParse(readJson(outcome.text))
  if (read.success && isSuccess(outcome.status)) return read.data
  throw new Problem('sms-register-unread', { detail: clean(outcome.text) || `http-${outcome.status}` })
}

/**
 * A channel of text messages whose provider takes registered templates alone and has no idempotency keys: each message
 * is a call of its own, so that a number which is refused costs no other, and every report names one message. (Calls for
 * many numbers at once refuse all for one that is wrong, and name them by one id.)
 */
export function createSmsCloud(cloud: SmsCloud, deps: Pick<HttpDeps, 'guard' | 'now'>): Channel {
  const flight = createFlight()

  const sendOne = async (
    message: OutboundMessage,
    signal: AbortSignal,
    begin: Begin,
  ): Promise<SendResult> => {
    const { template } = message
    const clean = (text: string) =>
      redact(text, [...cloud.secrets, message.to, message.text, ...Object.values(template?.values ?? {})])
    if (template === undefined)
      return resultOf('refused', {
        code: 'template-needed',
        detail: 'this provider takes registered templates alone',
      })
    if (template.provider !== cloud.provider)
      return resultOf('refused', {
        code: 'template-of-another-provider',
        detail: `${template.code} is registered with ${template.provider}`,
      })
    if (!(await begin(message)))
      return resultOf('later', { code: 'withdrawn', detail: 'it is not to be sent any more', afterMs: 0 })
    const outcome = await cloud.send(message, template, signal)
    const result = resultFrom(outcome, clean)
    if (result.kind !== 'unknown' || cloud.wasTaken === undefined || signal.aborted) return result
    return (await cloud.wasTaken(message, signal)) ? { kind: 'accepted', providerId: null } : result
  }

  const resultFrom = (outcome: PostOutcome, clean: (text: string) => string): SendResult => {
    if (outcome.kind !== 'answer') return failureOf(outcome, clean, deps.now())
    // Their errors stand in JSON whatever the status.
    const read = cloud.read(readJson(outcome.text), clean)
    if (read !== null) return read
    if (!isSuccess(outcome.status)) return failureOf(outcome, clean, deps.now())
    const detail = 'the answer is not the provider’s'
    return { kind: 'endpoint', mend: 'person', code: 'bad-answer', detail, afterMs: null, inDoubt: true }
  }

  const registered = () => cloud.registered(AbortSignal.timeout(registerMs))
  return {
    id: 'sms',
    idempotent: false,
    batch: 50,
    send: (messages, signal, begin = always) =>
      flight.track(Promise.all(messages.map((message) => sendOne(message, signal, begin)))),
    async verify() {
      try {
        const { templates, signatures } = await registered()
        const approved = templates.filter(({ state }) => state === 'approved').length
        return {
          ok: true,
          detail: `${approved} / ${templates.length} templates, ${signatures.length} signatures`,
        }
      } catch (error) {
        if (error instanceof Problem) return { ok: false, detail: String(error.details.detail ?? error.code) }
        throw error
      }
    },
    registered,
    async close() {
      await flight.landed()
      deps.guard.close()
    },
  }
}
