import { channelOf } from '../../shared/channels/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { languageOf } from '../../shared/message/compose.ts'
import type { PolishRequest, PolishResult } from '../ai/polish.ts'
import type { PolishPool } from '../ai/pool.ts'
import type { DueAsk } from '../ports/asks.ts'
import type { Answered, Answerer } from './answerer.ts'

export interface ModelDeps {
  /** null where no model is set up. */
  readonly pool: () => PolishPool | null
  readonly brand: () => Brand
}

function polishRequest({ request, language }: DueAsk<'model'>, brand: Brand): PolishRequest {
  const signed = channelOf(request.channel).content === 'sms'
  return {
    sop: request.sop,
    facts: { ...request.facts },
    instructions: request.instructions,
    channel: request.channel,
    locale: languageOf({ language }, brand),
    maxChars: request.maxChars,
    signature: signed ? `【${brand.signature}】` : null,
  }
}

function answered(result: PolishResult): Answered<'model'> {
  const used = result.ok ? result : result.spent
  const spent = {
    model: result.model,
    prompt: result.prompt,
    inputTokens: used?.inputTokens ?? 0,
    outputTokens: used?.outputTokens ?? 0,
    costMilli: used?.costMilli ?? null,
  }
  if (!result.ok) {
    const { reason, retryable } = result
    return { outcome: { ok: false, reason, retryable }, spent }
  }
  const { text, model } = result
  return { outcome: { ok: true, reply: { ok: true, text, model } }, spent }
}

/** Rule 16: a model is asked for a customer's own wording. */
export function modelAnswerer({ pool, brand }: ModelDeps): Answerer<'model'> {
  return {
    absent: () => (pool() === null ? 'no-key' : null),
    async answer(asks, signal, each) {
      const now = brand()
      const requests = asks.map((ask) => polishRequest(ask, now))
      await pool()?.run(requests, signal, (result, index) => each(answered(result), index))
    },
  }
}
