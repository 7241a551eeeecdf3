import type { DeliveryStore } from '../../../ports/delivery.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { countsSince, historySince, minutesSince } from './counts.ts'
import { listPauses, pauseWriter } from './pauses.ts'
import { oldestDueOf, queuesOf } from './queues.ts'

/** How the channels of one brand do, over its database. */
export function deliveryStore(db: BrandDatabase): DeliveryStore {
  const change = changer(db)
  const pauses = pauseWriter(db)
  return {
    queues: async (now) => queuesOf(db, now),
    oldestDue: async (channels, now) => oldestDueOf(db, channels, now),
    counts: async (from) => countsSince(db, from),
    history: async (from) => historySince(db, from),
    minutes: async (from) => minutesSince(db, from),
    pauses: async () => listPauses(db),
    pause: async (act, channel, reason) =>
      change(
        act,
        () => pauses.write(channel, act.at, act.actor, reason),
        () => ({ action: 'channel.paused', id: channel, detail: { reason } }),
      ),
    continue: async (act, channel) =>
      change(
        act,
        () => pauses.end(channel),
        () => ({ action: 'channel.continued', id: channel }),
      ),
  }
}
