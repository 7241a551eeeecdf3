import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import { endpointOf } from '../../shared/channels/halts.ts'
import type { Begin, Channel, SendResult } from '../channels/channel.ts'
import type { Claimant } from '../ports/claims.ts'
import type { Mark } from '../ports/clock.ts'
import type { ClaimedMessage, OutboxStore, Settlement } from '../ports/dispatch.ts'
import { troubleOf } from '../ports/trouble.ts'
import { type Book, createBook } from './book.ts'
import { type Dressing, outboundOf, verdictOf } from './message.ts'
import { hasAnswered, settlementOf } from './result.ts'

/** How many messages may leave by a channel now. */
export interface Limiter {
  /** At most `wanted`; nothing is taken yet. */
  allowance(channel: string, wanted: number): number
  spend(channel: string, count: number): void
}

export interface DispatchDeps {
  readonly outbox: Pick<OutboxStore, 'claim' | 'begin' | 'settle' | 'recover'>
  readonly channels: () => ReadonlyMap<string, Channel>
  readonly dressing: () => Dressing
  readonly limiter: Limiter
  readonly now: () => number
  readonly by: Claimant
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** So many batches of one channel are under way at once at most. */
  readonly mostFlights: number
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
  readonly book: Book
}

/** What a channel has told of one message. */
interface Told {
  readonly message: ClaimedMessage
  readonly result: SendResult
}

export function createDispatcher(deps: DispatchDeps): Dispatcher {
  const lanes = new Map<string, Lane>()
  const halt = new AbortController()
  // Every message under way listens to it.
  setMaxListeners(0, halt.signal)
  let stopping = false
  let lookedAt: Mark | null = null

  const hand = (channel: Channel, messages: readonly ClaimedMessage[], begin?: Begin) => {
    const dressing = deps.dressing()
    const outbound = messages.map((message) => outboundOf(message, dressing, channel, deps.now()))
    return channel.send(outbound, halt.signal, begin).catch((error: unknown) => {
      deps.log.error({ channel: channel.id, error: String(error) }, 'a channel broke its promise')
      return []
    })
  }

  const settlementsOf = (told: readonly Told[], all: readonly Told[], channel: Channel): Settlement[] => {
    const now = deps.now()
    const working = new Set(
      all.flatMap(({ message, result }) => (hasAnswered(result) ? [endpointOf(message)] : [])),
    )
    return told.map(({ message, result }) =>
      settlementOf(message, result, channel, { now, works: working.has(endpointOf(message)) }),
    )
  }

  /** Answers whether nothing was the other side's fault, as `sendEach` does. */
  const sendBatch = async (
    channel: Channel,
    book: Book,
    messages: readonly ClaimedMessage[],
  ): Promise<boolean> => {
    const results = await hand(channel, messages)
    const told = messages.map((message, index) => ({ message, result: results[index] ?? lost }))
    book.note(settlementsOf(told, told, channel))
    return told.every(({ result }) => result.kind !== 'endpoint')
  }

  /**
   * Without keys each is written down as it leaves and as it is answered, so that at the end of the process those
   * alone are in doubt that are on the wire.
   */
  const sendEach = async (
    channel: Channel,
    book: Book,
    messages: readonly ClaimedMessage[],
  ): Promise<boolean> => {
    const sent = messages.map(async (message): Promise<readonly Told[]> => {
      let begun: boolean | null = null
      const [result = lost] = await hand(channel, [message], async () => {
        begun = await book.begin(message)
        return begun
      })
      // It is not ours any more, or was taken back: nothing has left, and nothing is to be written.
      if (begun === false) return []
      const told = { message, result }
      // Whose fault it is shows only when the others have been answered too.
      if (result.kind !== 'endpoint') book.note(settlementsOf([told], [], channel))
      return [told]
    })
    const told = (await Promise.all(sent)).flat()
    const faults = told.filter(({ result }) => result.kind === 'endpoint')
    book.note(settlementsOf(faults, told, channel))
    return faults.length === 0
  }

  /** Claims what may leave by a channel now, and begins to send it; `dealt` is 0 where nothing may. */
  const sendNext = async (
    id: string,
    { book }: Lane,
  ): Promise<{ readonly dealt: number; readonly sent: Promise<boolean> | null }> => {
    // Asked anew each time: the settings may have been saved meanwhile.
    const channel = stopping ? undefined : deps.channels().get(id)
    const limit = channel === undefined ? 0 : deps.limiter.allowance(id, channel.batch)
    if (channel === undefined || limit === 0) return { dealt: 0, sent: null }
    const { brand } = deps.dressing()
    const now = deps.now()
    const { messages, others } = await deps.outbox.claim({
      channel: id,
      by: deps.by,
      now,
      limit,
      begins: !channel.idempotent,
      verdict: (message) => verdictOf(message, brand, now),
    })
    deps.limiter.spend(id, messages.length)
    const send = channel.idempotent ? sendBatch : sendEach
    return {
      dealt: messages.length + others,
      sent: messages.length > 0 ? send(channel, book, messages) : null,
    }
  }

  /**
   * Batches leave one after the other until the other side has answered one, then more and more of them beside each
   * other, so that its slowness costs no rate; a fault of its own brings it down to one again.
   */
  const drain = async (id: string, lane: Lane): Promise<number> => {
    const flying = new Set<Promise<void>>()
    let room = 1
    let total = 0
    const fly = (sent: Promise<boolean>): void => {
      const flight = sent
        .then((sound) => {
          room = sound ? Math.min(room + 1, deps.mostFlights) : 1
        })
        .finally(() => flying.delete(flight))
      flying.add(flight)
    }
    try {
      for (;;) {
        await lane.book.write()
        const { dealt, sent } = await sendNext(id, lane)
        total += dealt
        if (sent !== null) fly(sent)
        if (dealt === 0 && flying.size === 0) return total
        if (dealt === 0 || flying.size >= room) await Promise.race(flying)
      }
    } finally {
      await Promise.all(flying)
      await lane.book.write()
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
    const { outbox, by, now, onBatch } = deps
    const lane: Lane = { running: null, book: createBook({ outbox, by, now, onWritten: onBatch }) }
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
      await Promise.all([...lanes.values()].map(({ book }) => book.write()))
    },
  }
}

/** A channel that answers for fewer messages than it was given has told nothing of the rest. */
const lost: SendResult = { kind: 'unknown', code: 'no-answer', detail: 'the channel gave no result' }
