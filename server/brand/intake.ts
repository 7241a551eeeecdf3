import { setImmediate as breath } from 'node:timers/promises'
import { eventNamer, strangerMaker } from '../imports/index.ts'
import type { Act } from '../ports/acts.ts'
import type { EventOutcome, IncomingEvent, NamedEvent } from '../ports/events.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { counted, type NewEvent } from '../store/sqlite/events/events.ts'
import { type Ingested, ingester, inOrder } from '../store/sqlite/events/ingest.ts'

/** Events of one transaction: a large call holds up neither who else writes nor who reads a page. */
const atOnce = 500

/**
 * Takes a call's events in, in the order of their own time over the whole call, some hundreds in a transaction.
 * Should the process end in between, the caller tells all of them again, and what was taken is a duplicate. Whom nobody
 * knows is made a customer by whoever calls, where the brand wants that. `heed` sees them in the same transaction.
 */
export function eventIntake(
  db: BrandDatabase,
  heed: (events: readonly NewEvent[]) => void = () => undefined,
): (events: readonly (IncomingEvent | NamedEvent)[], now: number, by?: Act | null) => Promise<Ingested> {
  const ingest = ingester(db)
  const makeStrangers = strangerMaker(db)
  const ingestFor = db.sqlite.transaction((rows: readonly NewEvent[], now: number, by: Act | null) => {
    if (by !== null) makeStrangers(rows, by)
    const taken = ingest(rows, now)
    heed(rows.filter((_row, place) => taken.outcomes[place]?.status === 'accepted'))
    return taken
  }).immediate
  const named = eventNamer(db)
  const takeAll = async (
    events: readonly IncomingEvent[],
    now: number,
    by: Act | null,
  ): Promise<Ingested> => {
    const take = (taken: readonly NewEvent[], at: number) =>
      db.steady.run(async () => ingestFor(taken, at, by))
    const rows = events.map(({ customerId, event }) => ({ customerId, ...event }))
    if (rows.length <= atOnce) return take(rows, now)
    const order = inOrder(rows)
    const outcomes: EventOutcome[] = []
    const journeyIds = new Set<string>()
    let replies = 0
    for (let from = 0; from < order.length; from += atOnce) {
      const places = order.slice(from, from + atOnce)
      const taken = await take(
        places.flatMap((place) => rows[place] ?? []),
        now,
      )
      for (const [at, place] of places.entries()) {
        const outcome = taken.outcomes[at]
        if (outcome !== undefined) outcomes[place] = outcome
      }
      for (const id of taken.journeyIds) journeyIds.add(id)
      replies += taken.replies
      await breath()
    }
    return { ...counted(outcomes), journeyIds, replies }
  }
  return async (events, now, by = null) => {
    const [meant, faults] = await db.steady.run(async () => named(events, now, by))
    const taken = await takeAll(meant, now, by)
    if (faults.size === 0) return taken
    let next = 0
    const outcomes = events.map((_event, place): EventOutcome => {
      const fault = faults.get(place)
      if (fault !== undefined) return { status: 'refused', fault }
      const outcome = taken.outcomes[next]
      next += 1
      if (outcome === undefined) throw new Error('an event without an outcome')
      return outcome
    })
    return { ...taken, ...counted(outcomes) }
  }
}
