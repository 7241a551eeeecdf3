import { isAct } from '../conditions/acts.ts'
import { lineEvent } from '../conditions/lines.ts'
import { sayName } from '../conditions/say.ts'
import type { Condition } from '../conditions/schema.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney } from './read.ts'
import { type Reference, referencesIn, referencesOfRead } from './references.ts'

/** Whether there is a journey of an id; undefined where nobody can say. */
export type HasJourney = ((id: string) => boolean) | undefined

/** Journeys that are named and not there, once in each place: nothing has ever been done by them. */
function checkNamed(references: readonly Reference[], has: HasJourney): Diagnostic[] {
  if (has === undefined) return []
  const gone = references.filter(({ kind, name }) => kind === 'journey' && !has(name))
  const places = new Map(gone.map((one) => [[one.name, one.node, one.field].join('\n'), one]))
  return [...places.values()].map(({ name, node, field }) =>
    diagnose('condition-journey-missing', { node, field }, { journey: name }),
  )
}

/** The journeys of a condition that stands by itself. */
export function checkJourneysIn(
  condition: Condition,
  place: { readonly node: string | null; readonly field: string },
  has: HasJourney,
): Diagnostic[] {
  return checkNamed(referencesIn(condition, place), has)
}

/** The same of a whole journey; and events that follow from others, where one is waited for that never comes in. */
export function checkActs(read: ReadJourney, has: HasJourney): Diagnostic[] {
  const own = read.journey.id
  const known = has === undefined ? undefined : (id: string) => id === own || has(id)
  const references = referencesOfRead(read)
  // Whom a journey follows is a finding of its own.
  const followed = (node: string | null) => {
    const found = node === null ? undefined : read.nodes.get(node)
    return found?.type.entrance?.(found.config).kind === 'journey'
  }
  const derived = references.flatMap(({ kind, name, node, field, test }) =>
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
  return [
    ...checkNamed(
      references.filter(({ node }) => !followed(node)),
      known,
    ),
    ...derived,
  ]
}
