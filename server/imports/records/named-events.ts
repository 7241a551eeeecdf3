import { isReceipt } from '../../../shared/conditions/receipts.ts'
import type { Act } from '../../ports/acts.ts'
import type { EventFault, IncomingEvent, NamedEvent } from '../../ports/events.ts'
import { auditWriter } from '../../store/sqlite/audit/audit.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { readBrand } from '../../store/sqlite/settings/meta.ts'
import { identifierNamer } from './named.ts'

type Told = readonly (IncomingEvent | NamedEvent)[]

/** Events of whom it is known who they are, and why others are of nobody, by their place. */
type Named = readonly [events: readonly IncomingEvent[], faults: ReadonlyMap<number, EventFault>]

const nothing: ReadonlyMap<number, EventFault> = new Map()
const isNamed = (one: IncomingEvent | NamedEvent): one is NamedEvent => 'by' in one
const isMeant = (one: IncomingEvent | NamedEvent): one is IncomingEvent => !isNamed(one)

/**
 * Finds of whom events are that name them by an identifier; whom nobody knows is made a customer by whoever calls, where
 * the brand wants that. What a provider reports of a message makes nobody.
 */
export function eventNamer(db: BrandDatabase): (events: Told, now: number, by: Act | null) => Named {
  const namer = identifierNamer(db)
  const note = auditWriter(db)
  const nameAll = db.sqlite.transaction((events: Told, now: number, by: Act | null): Named => {
    const makes = by !== null && readBrand(db).strangers === 'made'
    const faults = new Map<number, EventFault>()
    const meant: IncomingEvent[] = []
    let made = 0
    for (const [place, one] of events.entries()) {
      if (!isNamed(one)) {
        meant.push(one)
        continue
      }
      const found = namer.find(one.by)
      if (found === 'unknown' && by !== null && makes && !isReceipt(one.event.name)) {
        meant.push({ customerId: namer.make(one.by, { at: now, actor: by.actor }), event: one.event })
        made += 1
      } else if (found === 'unknown') faults.set(place, namer.unknown(one.by))
      else if ('id' in found) meant.push({ customerId: found.id, event: one.event })
      else faults.set(place, found)
    }
    if (by !== null && made > 0) note(by, 'records.taken', '', { kind: 'customers', imported: made })
    return [meant, faults]
  }).immediate
  return (events, now, by) =>
    events.every(isMeant) ? [events.filter(isMeant), nothing] : nameAll(events, now, by)
}
