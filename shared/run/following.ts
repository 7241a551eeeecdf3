import type { CustomerEvent } from '../conditions/customer.ts'
import type { EndingReason } from '../effects/index.ts'
import type { JourneyEntrance } from '../nodes/entrance.ts'
import type { Enrollment } from '../nodes/type.ts'

type Follows = Pick<JourneyEntrance, 'on'> & { readonly endings: ReadonlySet<string> }

/** Leaving so is no end of a passage, but somebody's taking it away: it leads on only where that is asked for. */
const takenAway: ReadonlySet<string> = new Set([
  'stopped',
  'journey_changed',
  'removed',
  'erased',
  'merged',
] satisfies readonly EndingReason[])

/** Whether leaving a journey in some way leads into one that follows it. */
export function leadsOn({ endings }: Pick<Follows, 'endings'>, ending: string): boolean {
  return endings.size === 0 ? !takenAway.has(ending) : endings.has(ending)
}

/**
 * Rule 4: what is known at entry of somebody who comes from another journey: which, how it ended, and what it was
 * entered by itself.
 */
export function passedEvent(
  { id, journeyId, entry }: Pick<Enrollment, 'id' | 'journeyId' | 'entry'>,
  { on, ending, at }: { readonly on: Follows['on']; readonly ending: string | null; readonly at: number },
): CustomerEvent {
  const outcome = ending === null || on === 'entered' ? {} : { outcome: ending }
  const properties = { ...entry.event?.properties, journey: journeyId, ...outcome }
  return { id: String(id), name: `journey_${on}`, at, amount: null, properties }
}
