import { channels } from '../../shared/channels/index.ts'
import { limits } from '../../shared/limits.ts'
import { sayLength } from '../clock/told.ts'
import type { WallTime } from '../ports/clock.ts'
import type { Counted } from '../ports/delivery.ts'
import type { Probe, Signs } from '../ports/signs.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { historySince } from '../store/sqlite/delivery/counts.ts'
import { listPauses } from '../store/sqlite/delivery/pauses.ts'
import { oldestDueOf, queuesOf } from '../store/sqlite/delivery/queues.ts'
import { listHalts } from '../store/sqlite/messages/halts.ts'
import { named } from './watched.ts'

const hourMs = 3_600_000
/** Fewer sends say nothing of a channel. */
const fewestSends = 50

/** Whether too many of a channel's last sends failed; `rows` the newest first. */
function isFailing(rows: readonly Counted[]): boolean {
  let [sent, failed] = [0, 0]
  for (const { outcome, count } of rows) {
    if (sent + failed >= limits.failureSends.value) break
    if (outcome === 'sent') sent += count
    else failed += count
  }
  return sent + failed >= fewestSends && (failed / (sent + failed)) * 100 > limits.failureShare.value
}

/** How a brand's channels do, told among the signs; answers how to end that. */
export function watchDelivery(
  signs: Signs,
  brand: string,
  db: BrandDatabase,
  now: WallTime,
): readonly (() => void)[] {
  const paused: Probe = () => {
    const hours = limits.pausedFor.value
    const long = listPauses(db).filter(({ since }) => now() - since > hours * hourMs)
    if (long.length === 0) return null
    const ids = new Set(long.map(({ channel }) => channel))
    const waiting = queuesOf(db, now()).filter(({ channel }) => ids.has(channel))
    return { channels: named([...ids]), hours, count: waiting.reduce((sum, queue) => sum + queue.waiting, 0) }
  }
  const late: Probe = () => {
    const minutes = limits.queueAge.value
    // What a person has stopped, or has to mend, is told by signs of its own.
    const told = new Set([
      ...listPauses(db).map(({ channel }) => channel),
      ...listHalts(db).flatMap(({ channel, mend }) => (mend === 'person' ? [channel] : [])),
    ])
    const ids = channels.map(({ id }) => id).filter((id) => !told.has(id))
    const old = oldestDueOf(db, ids, now()).filter(({ at }) => now() - at > minutes * 60_000)
    if (old.length === 0) return null
    const first = Math.min(...old.map(({ at }) => at))
    return { channels: named(old.map(({ channel }) => channel)), minutes, length: sayLength(now() - first) }
  }
  const failing: Probe = () => {
    const rows = historySince(db, now() - 24 * hourMs)
    const found = channels.filter(({ id }) => isFailing(rows.filter(({ channel }) => channel === id)))
    if (found.length === 0) return null
    const [sends, share] = [limits.failureSends.value, limits.failureShare.value]
    return { channels: named(found.map(({ id }) => id)), sends, share }
  }
  return [
    signs.watch('channel-paused', brand, paused),
    signs.watch('queue-late', brand, late),
    signs.watch('channel-failing', brand, failing),
  ]
}
