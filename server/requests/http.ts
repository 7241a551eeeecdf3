import { z } from 'zod'
import type { Caller } from '../channels/call.ts'
import type { DueAsk } from '../ports/asks.ts'
import type { Answered, Answerer } from './answerer.ts'

export interface HttpDeps {
  /** null where webhooks are not set up. */
  readonly caller: () => Caller | null
  /** Nobody outside is called by virtual customers. */
  readonly sandbox: boolean
}

async function called(
  caller: Caller,
  { request, life, enrollmentId, node, visit }: DueAsk<'http'>,
  signal: AbortSignal,
): Promise<Answered<'http'>> {
  const question = `${enrollmentId}.${node}.${visit}`
  const key = life === null ? question : `${life}.${question}`
  const result = await caller.call({ url: request.url, body: request.body, key }, signal)
  if (!result.ok) return { outcome: result, spent: null }
  const body = z.json().safeParse(result.body)
  if (!body.success) return { outcome: { ok: false, reason: 'garbage', retryable: false }, spent: null }
  return { outcome: { ok: true, reply: { ok: true, to: 'http', body: body.data } }, spent: null }
}

/** Another system is called, and its answer kept. */
export function httpAnswerer({ caller, sandbox }: HttpDeps): Answerer<'http'> {
  return {
    absent: () => (sandbox ? 'sandbox' : caller() === null ? 'not-set-up' : null),
    async answer(asks, signal, each) {
      const here = caller()
      if (here === null) return
      await Promise.all(asks.map(async (ask, index) => each(await called(here, ask, signal), index)))
    },
  }
}
