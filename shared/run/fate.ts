import { leftState } from '../compile/plan.ts'
import type { Journey } from '../journey/graph.ts'
import type { Registry } from '../nodes/type.ts'
import {
  canStand,
  type Fate,
  type Ground,
  groundOf,
  type Landing,
  type LandingKind,
  landingOf,
  type Mapping,
} from './move.ts'
import { type ChangeKind, changeOf, saysAnew } from './wording.ts'

/** How many stand on a node of an earlier version. */
export interface Standing {
  readonly version: number
  readonly node: string
  readonly people: number
}

/** What the marketer has said of those under way; a fate of null says nothing. */
export interface FateChoice {
  readonly fate: Fate | null
  readonly mapping: Mapping
}

export const becomings = [
  'finishes',
  'stays',
  'asked',
  'enters',
  'leaves',
  'undecided',
] as const satisfies readonly (LandingKind | 'finishes')[]
export type Becoming = (typeof becomings)[number]

/** What becomes of those who stand on a node. */
export interface Destiny extends Standing {
  readonly becomes: Becoming
  /** The node of the next version; null where they do not come to one. */
  readonly to: string | null
}

/** What becomes of all under way in earlier versions (rule 21). */
export interface Fates {
  /** By version; versions that are not named are finished where they are. */
  readonly fates: Readonly<Record<string, Exclude<Fate, 'finish'>>>
  /** By version: how much the next one differs from it; null where it cannot be read. */
  readonly changes: ReadonlyMap<number, ChangeKind | null>
  readonly destinies: readonly Destiny[]
  /** By version: the messages that are said in other words. */
  readonly reworded: Readonly<Record<string, readonly string[]>>
}

export interface FateInput {
  readonly standing: readonly Standing[]
  /** Versions with messages in the outbox that no channel has been handed. */
  readonly waiting: readonly number[]
  /** The graph of an earlier version; null where it cannot be read. */
  readonly graph: (version: number) => Journey | null
  readonly next: Journey
  readonly choice: FateChoice
  /** Whether this makes a version at all: without, nobody moves who has not been told to. */
  readonly isNew: boolean
  readonly registry: Registry
}

/** What is wrong with a mapping; `node` is its key. */
export interface MappingFault {
  readonly node: string
  readonly to: string
  readonly why: 'no-such-node' | 'nobody-stands'
}

/** The first part of a mapping that leads to no node of the next version, or to one where nobody can stand. */
export function mappingFault(next: Journey, mapping: Mapping, registry: Registry): MappingFault | null {
  const { nodes } = groundOf(next, registry)
  for (const [node, to] of Object.entries(mapping)) {
    if (to === leftState) continue
    const target = nodes.get(to)
    if (target === undefined) return { node, to, why: 'no-such-node' }
    if (!canStand(target)) return { node, to, why: 'nobody-stands' }
  }
  return null
}

/** A change of words alone reaches everyone; where more has changed nobody is moved unasked. */
const usualFate = { none: 'move', words: 'move', structure: 'finish' } as const satisfies Record<
  ChangeKind,
  Fate
>

function fateOf({ choice, isNew }: FateInput, change: ChangeKind | null): Fate {
  if (choice.fate !== null) return choice.fate
  return change === null || !isNew ? 'finish' : usualFate[change]
}

const place = (landing: Landing): Pick<Destiny, 'becomes' | 'to'> => ({
  becomes: landing.kind,
  to: 'node' in landing ? landing.node : null,
})

/** Whoever is to finish where they are stands on a node that is gone: that much somebody must have said. */
function finishing({ choice, isNew }: FateInput, from: Ground | null, to: Ground, node: string) {
  const gone = isNew && choice.fate === null && landingOf(from, to, node).kind === 'undecided'
  return { becomes: gone ? 'undecided' : 'finishes', to: null } as const
}

function rewordedBetween(before: Journey | null, { next, registry }: FateInput): string[] {
  return Object.entries(next.nodes).flatMap(([id, node]) => {
    const earlier = before?.nodes[id]
    if (earlier?.type !== node.type || registry.get(node.type)?.reword === undefined) return []
    return saysAnew(earlier, node, registry) ? [id] : []
  })
}

/** What becomes of everybody by what the marketer has chosen, or by what is usual. */
export function fatesOf(input: FateInput): Fates {
  const { standing, waiting, graph, next, choice, registry } = input
  const to = groundOf(next, registry)
  const versions = [...new Set([...standing.map(({ version }) => version), ...waiting])].sort((a, b) => a - b)
  const fates: Record<string, Exclude<Fate, 'finish'>> = {}
  const reworded: Record<string, readonly string[]> = {}
  const changes = new Map<number, ChangeKind | null>()
  const destinies: Destiny[] = []
  for (const version of versions) {
    const before = graph(version)
    const from = before === null ? null : groundOf(before, registry)
    const change = before === null ? null : changeOf(before, next, registry)
    const fate = fateOf(input, change)
    changes.set(version, change)
    if (fate !== 'finish') fates[version] = fate
    const words = fate === 'move' ? rewordedBetween(before, input) : []
    if (words.length > 0) reworded[version] = words
    for (const one of standing.filter((each) => each.version === version)) {
      const become: Readonly<Record<Fate, () => Pick<Destiny, 'becomes' | 'to'>>> = {
        finish: () => finishing(input, from, to, one.node),
        leave: () => ({ becomes: 'leaves', to: null }),
        move: () => place(landingOf(from, to, one.node, choice.mapping)),
      }
      destinies.push({ ...one, ...become[fate]() })
    }
  }
  return { fates, changes, destinies, reworded }
}

/** How many people share one of some destinies. */
export function peopleWho(destinies: readonly Destiny[], ...become: readonly Becoming[]): number {
  return destinies.reduce((sum, { becomes, people }) => sum + (become.includes(becomes) ? people : 0), 0)
}
