import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import { endpointOf } from '../../shared/channels/halts.ts'
import type { Channel, SendResult } from '../channels/channel.ts'
import type { Claimant } from '../ports/claims.ts'
import type { Mark } from '../ports/clock.ts'
import type { ClaimedMessage, OutboxStore, Settlement } from '../ports/dispatch.ts'
import { troubleOf } from '../ports/trouble.ts'
import { type Dressing, outboundOf, verdictOf } from './message.ts'
import { hasAnswered, settlementOf } from './result.ts'

/**
 * How many messages are in the hands of a channel at once that knows no keys: so many are in doubt when the
 * process dies, and each is then a person's to look after.
 */
const mostInDoubt = 8

/** How many messages may leave by a channel now. */
export interface Limiter {
  /** At most `wanted`; nothing is taken yet. */
  allowance(channel: string, wanted: number): number
  spend(channel: string, count: number): void
}

export interface DispatchDeps {
  readonly outbox: Pick<OutboxStore, 'claim' | 'settle' | 'recover'>
  readonly channels: () => ReadonlyMap<string, Channel>
  readonly dressing: () => Dressing
  readonly limiter: Limiter
  readonly now: () => number
  readonly by: Claimant
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Told after each batch which journeys it was of. */
  readonly onBatch: (settlements: readonly Settlement[]) => void
}

export interface Dispatcher {
  /**
   * Hands over what is due, the channels beside each other, so that a slow one holds back no other.
   * Resolves to how many messages were dealt with when none is left that may leave now.
   */
  run(): Promise<number>
  /** Takes nothing new; resolves when what was handed over is answered or, after `graceMs`, given up. */
  stop(graceMs: number): Promise<void>
}

/** One channel's way out. */
interface Lane {
  running: Promise<number> | null
  /** Answers that could not be written yet: the messages are out, so these must not be lost. */
  unwritten: readonly Settlement[]
}

export function createDispatcher(deps: DispatchDeps): Dispatcher {
  const lanes = new Map<string, Lane>()
  const halt = new AbortController()
  // Every message under way listens to it.
  setMaxListeners(0, halt.signal)
  let stopping = false
  let lookedAt: Mark | null = null

  const write = async (lane: Lane): Promise<void> => {
    if (lane.unwritten.length === 0) return
    const settlements = lane.unwritten
    await deps.outbox.settle(settlements, deps.now())
    lane.unwritten = []
    deps.onBatch(settlements)
  }

  const sendBatch = async (channel: Channel, messages: readonly ClaimedMessage[]): Promise<Settlement[]> => {
    const dressing = deps.dressing()
    const outbound = messages.map((message) => outboundOf(message, dressing, channel, deps.now()))
    const results = await channel.send(outbound, halt.signal).catch((error: unknown) => {
      deps.log.error({ channel: channel.id, error: String(error) }, 'a channel broke its promise')
      return []
    })
    const now = deps.now()
    const told = messages.map((message, index) => ({ message, result: results[index] ?? lost }))
    const working = new Set(
      told.flatMap(({ message, result }) => (hasAnswered(result) ? [endpointOf(message)] : [])),
    )
    return told.map(({ message, result }) =>
      settlementOf(message, result, channel, { now, works: working.has(endpointOf(message)) }),
    )
  }

  const drain = async (id: string, lane: Lane): Promise<number> => {
    for (let total = 0; ; ) {
      await write(lane)
      // Asked anew each time: the settings may have been saved meanwhile.
      const channel = stopping ? undefined : deps.channels().get(id)
      if (channel === undefined) return total
      const wanted = channel.idempotent ? channel.batch : Math.min(channel.batch, mostInDoubt)
      const limit = deps.limiter.allowance(id, wanted)
      if (limit === 0) return total
      const { brand } = deps.dressing()
      const now = deps.now()
      const claim = await deps.outbox.claim({
        channel: id,
        by: deps.by,
        now,
        limit,
        verdict: (message) => verdictOf(message, brand, now),
      })
      const { messages } = claim
      if (messages.length + claim.others === 0) return total
      deps.limiter.spend(id, messages.length)
      total += messages.length + claim.others
      if (messages.length > 0) lane.unwritten = await sendBatch(channel, messages)
    }
  }

  /** Now and then takes over what another worker had in hand who is gone. */
  const takeOver = async (): Promise<void> => {
    const { elapsed, leaseMs } = deps.by
    if (lookedAt !== null && elapsed.since(lookedAt) < leaseMs / 2) return
    lookedAt = elapsed.mark()
    const channels = [...deps.channels().values()].filter(({ idempotent }) => idempotent)
    const idempotent = new Set(channels.map(({ id }) => id))
    const left = await deps.outbox.recover({ idempotent, now: deps.now(), by: deps.by, own: false })
    if (left.queued + left.unknown > 0) deps.log.warn(left, 'messages of another worker were taken over')
  }

  const laneOf = (id: string): Lane => {
    const known = lanes.get(id)
    if (known !== undefined) return known
    const lane: Lane = { running: null, unwritten: [] }
    lanes.set(id, lane)
    return lane
  }

  const runLane = (id: string): Promise<number> => {
    const lane = laneOf(id)
    lane.running ??= drain(id, lane)
      .catch((error: unknown) => {
        // The store's own troubles are told once, by whoever watches it.
        if (troubleOf(error) === null)
          deps.log.error({ channel: id, error: String(error) }, 'a dispatch failed')
        return 0
      })
      .finally(() => {
        lane.running = null
      })
    return lane.running
  }

  return {
    async run() {
      await takeOver()
      const counts = await Promise.all([...deps.channels().keys()].map(runLane))
      return counts.reduce((total, count) => total + count, 0)
    },
    async stop(graceMs) {
      stopping = true
      const patience = setTimeout(() => halt.abort(new Error('the server is stopping')), graceMs)
      await Promise.all([...lanes.values()].map(({ running }) => running))
      clearTimeout(patience)
      await Promise.all([...lanes.values()].map(write))
    },
  }
}

/** A channel that answers for fewer messages than it was given has told nothing of the rest. */
const lost: SendResult = { kind: 'unknown', code: 'no-answer', detail: 'the channel gave no result' }
