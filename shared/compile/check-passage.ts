import {
  type Condition,
  filtersIn,
  isEntryReference,
  type Leaf,
  leavesOf,
  propertyTest,
} from '../conditions/schema.ts'
import { type ForEntrances, forEntrance } from '../nodes/entrance.ts'
import type { LocalText } from '../text.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney, ReadNode } from './read.ts'

/**
 * What is known of a passage where a condition is asked: `none` where nobody has come in (an audience, a
 * trigger by time), `event` where the event that may let somebody in is known, and nothing else of it.
 */
export type Known = 'none' | 'event'

/** The parts of a passage that a condition may speak of. */
type Part = 'entry' | 'history' | 'since'

const words: Readonly<Record<Part, LocalText>> = {
  entry: { 'zh-CN': '进入时那次行为的内容', en: 'the event of entry' },
  history: { 'zh-CN': '走过哪些节点', en: 'the nodes passed' },
  since: { 'zh-CN': '进入以后的时间', en: 'the time since entry' },
}

const known: Readonly<Record<Known, readonly Part[]>> = { none: [], event: ['entry'] }

function partsOf(leaf: Leaf): Part[] {
  if (leaf.kind === 'entry' || leaf.kind === 'history') return [leaf.kind]
  if (leaf.kind !== 'events' && leaf.kind !== 'sequence' && leaf.kind !== 'contact') return []
  const since: Part[] = leaf.window?.kind === 'since_entry' ? ['since'] : []
  if (leaf.kind === 'contact') return since
  const refers = filtersIn(leaf).some(({ where }) => where.some(({ value }) => isEntryReference(value)))
  return refers ? [...since, 'entry'] : since
}

function untimely(
  parts: readonly Part[],
  at: Known,
  place: { node: string | null; field: string },
): Diagnostic[] {
  return [...new Set(parts)]
    .filter((part) => !known[at].includes(part))
    .map((part) =>
      diagnose(
        'asks-before-entry',
        { ...place, zh: { part: words[part]['zh-CN'] } },
        { part: words[part].en },
      ),
    )
}

/** Tests that ask for what nobody has before coming in. */
export function checkBeforeEntry(
  condition: Condition,
  at: Known,
  place: { node: string | null; field: string },
): Diagnostic[] {
  return untimely(leavesOf(condition).flatMap(partsOf), at, place)
}

/** Whether somewhere in a configuration a property is compared with one of the entry. */
function refersToEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const test = propertyTest.safeParse(value)
  if (test.success && isEntryReference(test.data.value)) return true
  return Object.values(value).some(refersToEntry)
}

/** What of its entry an entrance brings with it, and the filter that lets in. */
const brought: ForEntrances<
  [],
  { readonly at: Parameters<typeof checkBeforeEntry>[1]; readonly filter: unknown }
> = {
  schedule: () => ({ at: 'none', filter: null }),
  event: ({ filter }) => ({ at: 'event', filter }),
  manual: () => ({ at: 'none', filter: null }),
  membership: () => ({ at: 'none', filter: null }),
  // What is missing may be compared with what was done.
  absence: ({ filter }) => ({ at: 'event', filter }),
  journey: () => ({ at: 'none', filter: null }),
}

function checkTrigger({ id, type, config }: ReadNode): Diagnostic[] {
  const entrance = type.entrance?.(config)
  if (entrance === undefined) return []
  const conditions = type.conditions?.(config) ?? []
  const { at, filter } = forEntrance(brought, entrance)
  const asked = conditions.flatMap(({ field, condition }) =>
    checkBeforeEntry(condition, at, { node: id, field }),
  )
  // The filter of the event that lets in cannot be compared with what that event brings.
  return refersToEntry(filter)
    ? [...asked, ...untimely(['entry'], 'none', { node: id, field: 'filter' })]
    : asked
}

/** Rule 4: triggers whose conditions ask for the facts of an entry that has not been yet. */
export const checkTriggers = (read: ReadJourney): Diagnostic[] =>
  [...read.nodes.values()].flatMap(checkTrigger)
