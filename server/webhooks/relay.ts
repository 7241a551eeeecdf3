import { engineActor } from '../../shared/audit/actor.ts'
import type { NoticePoster } from '../channels/notices.ts'
import type { Elapsed, WallTime } from '../ports/clock.ts'
import type { Attempt, DueDelivery, Gathering, WebhookOutbox } from '../ports/webhooks.ts'

export interface RelayDeps {
  readonly outbox: WebhookOutbox
  readonly poster: NoticePoster
  readonly sandbox: boolean
  /** The brand's clock. */
  readonly now: () => number
  readonly realNow: WallTime
  readonly elapsed: Elapsed
  readonly newId: Gathering['newId']
  /** Told of the endpoints that were switched off by themselves. */
  readonly onOff: (names: readonly string[]) => void
  /** Told of what kept something from being sent or noted; it is tried again. */
  readonly onError: (error: unknown) => void
}

export interface Relay {
  /** Makes notices of what has happened and begins to send what is due; the rest follows as places become free. */
  run(): Promise<void>
  /** Resolves once nothing is due and in hand any more. */
  idle(): Promise<void>
  /** Begins nothing new; what is in hand is given up after so long, and sent again by the next process. */
  stop(graceMs: number): Promise<void>
}

const goneStatus = 410

/** Tells other systems of what happens: at least once each, in the order in which it happened where nothing fails. */
export function createRelay({ outbox, poster, ...deps }: RelayDeps): Relay {
  const { sandbox, now, realNow, elapsed, newId, onOff, onError } = deps
  const inHand = new Map<DueDelivery, Promise<void>>()
  const giveUp = new AbortController()
  let running: Promise<void> | null = null
  let stopping = false

  const attempt = async (delivery: DueDelivery): Promise<Attempt> => {
    const { url, allowPrivate, messageId: id, body, secrets } = delivery
    const began = elapsed.mark()
    const answer = await poster.post({ url, allowPrivate, id, body, secrets }, giveUp.signal)
    const { status, error, answer: said, afterMs, taken } = answer
    const end = taken ? 'taken' : status === goneStatus ? 'gone' : 'failed'
    return { delivery, end, status, error, answer: said, ms: Math.round(elapsed.since(began)), afterMs }
  }
  const send = async (delivery: DueDelivery): Promise<void> => {
    let settled = false
    try {
      const ended = await attempt(delivery)
      // What was broken off by our own end has not failed.
      if (giveUp.signal.aborted) return
      await outbox.settle({ actor: engineActor, at: now(), realAt: realNow() }, [ended])
      settled = true
    } catch (error) {
      onError(error)
    } finally {
      inHand.delete(delivery)
    }
    // There is a place for the next one. Where the store is in trouble, that is for the next beat.
    if (settled) await run().catch(onError)
  }
  const step = async (): Promise<void> => {
    while (!stopping && (await outbox.gather({ now: now(), realNow: realNow(), sandbox, newId })) > 0);
    if (stopping) return
    for (const delivery of await outbox.due(realNow(), [...inHand.keys()]))
      inHand.set(delivery, send(delivery))
    onOff(await outbox.offByItself())
  }
  const run = async (): Promise<void> => {
    // Whoever comes while another is at it is looked after by one more step.
    await running?.catch(() => undefined)
    if (stopping) return
    running ??= step().finally(() => {
      running = null
    })
    await running
  }
  const idle = async (): Promise<void> => {
    await running?.catch(() => undefined)
    while (inHand.size > 0) {
      await Promise.all(inHand.values())
      await running?.catch(() => undefined)
    }
  }
  return {
    run,
    idle,
    async stop(graceMs) {
      stopping = true
      const timer = setTimeout(() => giveUp.abort(), graceMs)
      try {
        await idle()
      } finally {
        clearTimeout(timer)
        poster.close()
      }
    },
  }
}
