import type { z } from 'zod'
import type { Balances, ChannelDelivery, ChannelPause, deliveryAnswer } from '../../shared/api/delivery.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { channels, isChannelId } from '../../shared/channels/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Channel } from '../channels/channel.ts'
import type { Desk } from '../ports/desk.ts'
import {
  failuresOf,
  historyOf,
  rateMinutes,
  rateOf,
  shownSince,
  todayOf,
  withheldOf,
} from './delivery-figures.ts'

/** What the use cases of delivery work with. */
export interface DeliveryDesk extends Desk {
  /** Channels by id, as they are set up now. */
  channels(): ReadonlyMap<string, Channel>
  /** Channels by which nothing can be sent, each with the reason. */
  absentChannels(): ReadonlyMap<string, LocalText>
}

type Answer = z.output<typeof deliveryAnswer>

/** How each channel does now, what it has done today, and in the days before. */
export async function readDelivery(desk: DeliveryDesk): Promise<Answer> {
  const { delivery, settings } = desk.stores
  const now = desk.now()
  const { zone, rates } = desk.brand()
  const days = shownSince(now, zone)
  const [first, today] = [days[0]?.at ?? now, days.at(-1)?.at ?? now]
  const ids = channels.map(({ id }) => id)
  const [queues, oldest, counted, history, minutes, pauses, halts] = await Promise.all([
    delivery.queues(now),
    delivery.oldestDue(ids, now),
    delivery.counts(today),
    delivery.history(first),
    delivery.minutes(now - rateMinutes * 60_000),
    delivery.pauses(),
    settings.halts(),
  ])
  const absent = desk.absentChannels()
  return {
    now,
    date: days.at(-1)?.date ?? '',
    channels: ids.map((id): ChannelDelivery => {
      const of = <Row extends { readonly channel: string }>(rows: readonly Row[]) =>
        rows.filter(({ channel }) => channel === id)
      const rows = of(counted)
      const { waiting = 0, due = 0, sending = 0 } = of(queues)[0] ?? {}
      return {
        id,
        transport: desk.sandbox ? 'sandbox' : absent.has(id) ? 'absent' : 'real',
        today: todayOf(rows),
        queue: { waiting, due, sending, oldestAt: of(oldest)[0]?.at ?? null },
        rate: rateOf({ minutes: of(minutes), perSecond: rates[id], due, now }),
        failures: failuresOf(id, rows),
        withheld: withheldOf(rows),
        pause: of(pauses)[0] ?? null,
        halts: of(halts),
        ...historyOf(of(history), days, now),
      }
    }),
  }
}

function known(id: string): void {
  if (!isChannelId(id)) throw new Problem('not-found', { what: id }, 'channel')
}

export async function readPauses({ stores }: Desk): Promise<ChannelPause[]> {
  return [...(await stores.delivery.pauses())]
}

/** Holds the messages of a channel back: they stay queued as they are, and none is spent. Problem `not-found`. */
export async function pauseChannel(
  desk: Desk,
  actor: Actor,
  { channel, reason }: { readonly channel: string; readonly reason: string },
): Promise<ChannelPause[]> {
  known(channel)
  await desk.stores.delivery.pause(desk.act(actor), channel, reason)
  return readPauses(desk)
}

/** Lets a paused channel go on: what has become due meanwhile is asked by the gates again, and leaves. */
export async function continueChannel(desk: Desk, actor: Actor, channel: string): Promise<ChannelPause[]> {
  known(channel)
  await desk.stores.delivery.continue(desk.act(actor), channel)
  await desk.stir()
  return readPauses(desk)
}

/** How long a provider may take to say what is left (ms). */
const balancePatienceMs = 10_000

/** An answer, or a refusal where it does not come in time. */
function inTime<T>(answer: Promise<T>, patienceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** What is left at each provider that says so; one that cannot be asked costs none of the others. */
export async function readBalances(
  desk: DeliveryDesk,
  patienceMs: number = balancePatienceMs,
): Promise<Balances> {
  const found = [...desk.channels().values()].map(async (channel): Promise<Balances['balances']> => {
    const { id } = channel
    try {
      const answer = channel.balance?.()
      if (answer === undefined) return []
      const { left, unit } = await inTime(answer, patienceMs)
      return [{ channel: id, left, unit, detail: null }]
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      return [{ channel: id, left: null, unit: { 'zh-CN': '', en: '' }, detail }]
    }
  })
  return { balances: (await Promise.all(found)).flat() }
}
