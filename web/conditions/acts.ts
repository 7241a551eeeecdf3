import { useEffect, useState } from 'react'
import { isAct } from '../../shared/conditions/acts.ts'
import { contactChannels } from '../../shared/conditions/contact.ts'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import { actReasons, actValue } from '../../shared/conditions/say-acts.ts'
import type { PropertyTest } from '../../shared/conditions/schema.ts'
import { endingReasons } from '../../shared/effects/index.ts'
import { gates } from '../../shared/message/gates.ts'
import type { LocalText } from '../../shared/text.ts'
import { useFormat } from '../ui/useFormat.ts'
import { type JourneyNode, useConditionServices } from './context.ts'

/** A value with what it is called. */
export interface WordOption {
  readonly value: string
  readonly label: string
}

/** Whether events of a name tell of journeys, messages among them. */
export const ofJourneys = (event: string): boolean => isAct(event) || isReceipt(event)

/** The journey that tests narrow an event down to; null where it is none, or may be any of several. */
export function journeyOf(where: readonly PropertyTest[]): string | null {
  const test = where.find(({ property, op }) => property === 'journey_id' && op === 'eq')
  return typeof test?.value === 'string' && test.value !== '' ? test.value : null
}

const noNodes: readonly JourneyNode[] = []

/** The nodes of a journey as it is drawn. */
function useNodesOf(journey: string | null): readonly JourneyNode[] {
  const { nodesOf } = useConditionServices()
  const [found, setFound] = useState(noNodes)
  useEffect(() => {
    setFound(noNodes)
    if (journey === null) return
    const stop = new AbortController()
    // Of a journey that cannot be read no node is offered; one that is chosen already stays.
    nodesOf(journey, stop.signal).then(setFound, () => undefined)
    return () => stop.abort()
  }, [journey, nodesOf])
  return found
}

/** At which nodes such a thing can happen. */
const nodeTypes = (event: string): readonly string[] => {
  if (event === '$journey_goal') return ['goal']
  return event === '$journey_finished' ? ['exit', 'goal'] : ['send']
}

const reasonsOf = (event: string): readonly string[] => (event === '$journey_left' ? endingReasons : gates)

/** What a property of a message or a journey may be, under the names that people know; null where any value may be. */
export function useActWords(
  event: string,
  property: string,
  where: readonly PropertyTest[],
): readonly WordOption[] | null {
  const { journeys } = useConditionServices()
  const format = useFormat()
  const asked = ofJourneys(event)
  const nodes = useNodesOf(asked && property === 'node' ? journeyOf(where) : null)
  if (!asked) return null
  const named = (value: string, words: LocalText | null): WordOption => ({
    value,
    label: words === null ? value : format.text(words),
  })
  const options: Readonly<Record<string, () => WordOption[]>> = {
    journey_id: () => journeys.map(({ id, name }) => ({ value: id, label: format.text(name) })),
    node: () =>
      nodes
        .filter(({ type }) => nodeTypes(event).includes(type))
        .map(({ id, name }) => ({ value: id, label: format.text(name) })),
    channel: () => Object.entries(contactChannels).map(([id, { words }]) => named(id, words)),
    reason: () => reasonsOf(event).map((reason) => named(reason, actReasons[reason] ?? null)),
    purpose: () => ['marketing', 'service'].map((one) => named(one, actValue('purpose', one))),
  }
  const found = Object.hasOwn(options, property) ? options[property]?.() : undefined
  return found === undefined || found.length === 0 ? null : found
}
