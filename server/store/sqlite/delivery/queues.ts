import type { ChannelQueue, OldestDue } from '../../../ports/delivery.ts'
import type { BrandDatabase } from '../database.ts'

type Sqlite = Pick<BrandDatabase, 'sqlite'>

/** Only what is queued stands in the index that is read. */
export const queuedSql = `select m.channel, count(*) as waiting,
    sum(j.status = 'live' and m.due_at <= @now) as due, 0 as sending
  from journeys j cross join messages m on m.journey_id = j.id and m.due_at is not null group by m.channel`

// The second condition is the index's own, word for word, without which it is not used.
export const sendingSql = `select channel, 0 as waiting, 0 as due, count(*) as sending from messages
  where status = 'sending' and status in ('sending', 'unknown', 'failed') group by channel`

/** One seek for each live journey and channel. */
export const oldestSql = `select c.value as channel, min((select min(m.due_at) from messages m
    where m.journey_id = j.id and m.channel = c.value and m.due_at is not null)) as at
  from json_each(@channels) c cross join journeys j where j.status = 'live' and j.spacing_ms is null group by c.value`

/** What waits and is under way by channel; those with nothing are left out. */
export function queuesOf({ sqlite }: Sqlite, now: number): ChannelQueue[] {
  const queues = new Map<string, ChannelQueue>()
  const rows = [
    ...sqlite.prepare<{ now: number }, ChannelQueue>(queuedSql).all({ now }),
    ...sqlite.prepare<[], ChannelQueue>(sendingSql).all(),
  ]
  for (const row of rows) {
    const known = queues.get(row.channel)
    queues.set(row.channel, {
      channel: row.channel,
      waiting: row.waiting + (known?.waiting ?? 0),
      due: row.due + (known?.due ?? 0),
      sending: row.sending + (known?.sending ?? 0),
    })
  }
  return [...queues.values()]
}

/** Of channels that have something which could have left by now. */
export function oldestDueOf({ sqlite }: Sqlite, channels: readonly string[], now: number): OldestDue[] {
  return sqlite
    .prepare<{ channels: string }, { channel: string; at: number | null }>(oldestSql)
    .all({ channels: JSON.stringify(channels) })
    .flatMap(({ channel, at }) => (at === null || at > now ? [] : [{ channel, at }]))
}
