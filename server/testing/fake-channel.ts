import type { Channel, OutboundMessage, SendResult } from '../channels/channel.ts'

export const accepted: SendResult = { kind: 'accepted', providerId: 'p' }
export const lostAnswer: SendResult = { kind: 'unknown', code: 'ECONNRESET', detail: 'the answer was lost' }
export const laterPlease: SendResult = { kind: 'retry', code: 'http-503', detail: 'busy', afterMs: null }
export const refused: SendResult = { kind: 'rejected', code: 'http-400', detail: 'not a number' }

export interface FakeChannel extends Channel {
  /** Every message that was handed over, in order, repeats included. */
  readonly handed: OutboundMessage[]
}

/** A channel that answers what it is told, one answer after the other, and then accepts. */
export function fakeChannel(
  id: string,
  answers: readonly SendResult[] = [],
  { idempotent = true, batch = 50 } = {},
): FakeChannel {
  const left = [...answers]
  const handed: OutboundMessage[] = []
  return {
    id,
    idempotent,
    batch,
    handed,
    async send(messages, _signal, begin) {
      const results: SendResult[] = []
      for (const message of messages) {
        const may = idempotent || begin === undefined || (await begin(message))
        if (may) handed.push(message)
        results.push(may ? (left.shift() ?? accepted) : laterPlease)
      }
      return results
    },
    async close() {},
  }
}
