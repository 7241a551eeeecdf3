import type { Logger } from 'pino'
import { channelOf } from '../../shared/channels/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { languageOf } from '../../shared/message/compose.ts'
import type { PolishRequest, PolishResult } from '../ai/polish.ts'
import type { PolishPool } from '../ai/pool.ts'
import type { AskResult, AskSpent, AskStore, DueAsk } from '../ports/asks.ts'

const batchSize = 64
const firstDelayMs = 10_000

export interface AskDeps {
  readonly store: AskStore
  /** null where no model is set up. */
  readonly pool: () => PolishPool | null
  readonly brand: () => Brand
  readonly now: () => number
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export interface Asker {
  /** Asks the model what is due; resolves to how many requests were dealt with when none is left. */
  run(): Promise<number>
  /** Stops the calls under way: they are asked again after the next start. */
  stop(): Promise<void>
}

function polishRequest({ request, language }: DueAsk, brand: Brand): PolishRequest {
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

function spentOf(result: PolishResult): AskSpent {
  const spent = result.ok ? result : result.spent
  return {
    model: result.model,
    prompt: result.prompt,
    inputTokens: spent?.inputTokens ?? 0,
    outputTokens: spent?.outputTokens ?? 0,
    costMilli: spent?.costMilli ?? null,
  }
}

/** A failure that may pass is tried again within the node's wait; at its end the written text is sent. */
function resultOf(ask: DueAsk, result: PolishResult, now: number): AskResult {
  const spent = spentOf(result)
  if (result.ok) {
    const { text, model } = result
    return { ask, spent, outcome: { kind: 'reply', reply: { ok: true, text, model } } }
  }
  const at = now + firstDelayMs * 2 ** ask.attempts
  if (result.retryable && ask.deadline !== null && at < ask.deadline)
    return { ask, spent, outcome: { kind: 'again', at } }
  return { ask, spent, outcome: { kind: 'reply', reply: { ok: false, reason: result.reason } } }
}

/** No model is asked: nobody waits any more, or none is set up. */
function withoutCall(ask: DueAsk, reason: string): AskResult {
  return { ask, spent: null, outcome: { kind: 'reply', reply: { ok: false, reason } } }
}

/** Rule 16: carries requests to the model and keeps what it answers. Each is called for at most once at a time. */
export function createAsker(deps: AskDeps): Asker {
  const halt = new AbortController()
  let running: Promise<number> | null = null

  const askAll = async (asks: readonly DueAsk[]): Promise<void> => {
    const { store, now } = deps
    const pool = deps.pool()
    const waited = pool === null ? [] : asks.filter(({ deadline }) => deadline !== null)
    for (const ask of asks)
      if (!waited.includes(ask))
        await store.settle(withoutCall(ask, ask.deadline === null ? 'timeout' : 'no-key'), now())
    if (pool === null) return
    const brand = deps.brand()
    await pool.run(
      waited.map((ask) => polishRequest(ask, brand)),
      halt.signal,
      async (result, index) => {
        const ask = waited[index]
        if (ask !== undefined) await store.settle(resultOf(ask, result, now()), now())
      },
    )
  }

  const drain = async (): Promise<number> => {
    for (let total = 0; ; ) {
      const asks = halt.signal.aborted ? [] : await deps.store.due(deps.now(), batchSize)
      if (asks.length === 0) return total
      await askAll(asks)
      total += asks.length
    }
  }

  return {
    run() {
      running ??= drain()
        .catch((error: unknown) => {
          deps.log.error({ error: String(error) }, 'asking the model failed')
          return 0
        })
        .finally(() => {
          running = null
        })
      return running
    },
    async stop() {
      halt.abort(new Error('the server is stopping'))
      await running
    },
  }
}
