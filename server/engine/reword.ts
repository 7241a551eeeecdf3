import { reword } from '../../shared/run/reword.ts'
import { isReadable } from '../ports/engine.ts'
import type { OpenMove, Reworded, WaitingMessage } from '../ports/moves.ts'
import { contextOf, type Runtime } from './runtime.ts'

const nothing: ReadonlySet<string> = new Set()

/**
 * Says one batch of the messages that wait in the outbox in the words of the version that they move to; what cannot
 * be said there is held, with its reason. Returns how much there was to do.
 */
export async function rewordBatch(runtime: Runtime, move: OpenMove, now: number): Promise<number> {
  const { store, batchSize } = runtime
  const { messages, more } = await store.toReword(move, batchSize)
  const plan = await runtime.planFor(move.journeyId, move.toVersion)
  const ids = [...new Set(messages.map(({ stored }) => stored.enrollment.customerId))]
  const customers = await store.customers(ids)
  const context = contextOf(runtime, now)
  const sayAnew = (message: WaitingMessage): Reworded['to'] | null => {
    const { enrollment } = message.stored
    const customer = customers.get(enrollment.customerId)
    if (customer === undefined || !isReadable(customer)) return { gate: 'render' }
    const loaded = { customer, tags: nothing, audiences: nothing, events: [], touches: [], reply: null }
    try {
      return reword(plan, message, enrollment, loaded, context)
    } catch (error) {
      // Rule 26: one that cannot be said holds back no other.
      runtime.log.error(
        { journey: move.journeyId, message: message.id, error: String(error) },
        'a message cannot be said',
      )
      return { gate: 'render' }
    }
  }
  const results = messages.flatMap((message): Reworded[] => {
    const to = sayAnew(message)
    return to === null ? [] : [{ message, to }]
  })
  await store.reword(move, results, !more)
  return messages.length + 1
}
