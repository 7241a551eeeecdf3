import { isAct } from '../conditions/acts.ts'
import { lineEvent } from '../conditions/lines.ts'
import { isReceipt } from '../conditions/receipts.ts'
import { sayName } from '../conditions/say.ts'
import {
  type Condition,
  type EventFilter,
  filtersIn,
  isEntryReference,
  leavesOf,
} from '../conditions/schema.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney } from './read.ts'
import { exitConditions, referencesOfRead } from './references.ts'

/** Whether there is a journey of an id; undefined where nobody can say. */
export type HasJourney = ((id: string) => boolean) | undefined

function journeysOf({ event, where }: EventFilter): string[] {
  if (!isAct(event) && !isReceipt(event)) return []
  return where.flatMap(({ property, value }) =>
    property !== 'journey_id' || value === undefined || isEntryReference(value)
      ? []
      : [value].flat().filter((one) => typeof one === 'string' && one !== ''),
  ) as string[]
}

/** Journeys that a condition names and that are not there: nothing has ever been done by them. */
export function checkJourneysIn(
  condition: Condition,
  place: { readonly node: string | null; readonly field: string },
  has: HasJourney,
): Diagnostic[] {
  if (has === undefined) return []
  const named = new Set(leavesOf(condition).flatMap(filtersIn).flatMap(journeysOf))
  return [...named]
    .filter((journey) => !has(journey))
    .map((journey) => diagnose('condition-journey-missing', place, { journey }))
}

/** The same of a whole journey; and events that follow from others, where one is waited for that never comes in. */
export function checkActs(read: ReadJourney, has: HasJourney): Diagnostic[] {
  const own = read.journey.id
  const known = has === undefined ? undefined : (id: string) => id === own || has(id)
  const inNodes = [...read.nodes.values()].flatMap(({ id, type, config }) =>
    (type.conditions?.(config) ?? []).flatMap(({ field, condition }) =>
      checkJourneysIn(condition, { node: id, field }, known),
    ),
  )
  const inExits = exitConditions(read).flatMap(({ condition, field }) =>
    checkJourneysIn(condition, { node: null, field }, known),
  )
  const derived = referencesOfRead(read).flatMap(({ kind, name, node, field, test }) =>
    kind === 'event' && test === null && (isAct(name) || name === lineEvent)
      ? [
          diagnose(
            'event-derived',
            { node, field, zh: { name: sayName(name, 'zh-CN') } },
            { name: sayName(name, 'en') },
          ),
        ]
      : [],
  )
  return [...inNodes, ...inExits, ...derived]
}
