import { leftState } from '../compile/plan.ts'
import type { Journey } from '../journey/graph.ts'
import { valuesOf } from '../journey/values.ts'
import type { Registry } from '../nodes/type.ts'
import {
  canStand,
  type Fate,
  type Fated,
  fatedLanding,
  type Ground,
  groundOf,
  type Landing,
  type LandingKind,
  landingOf,
  type Mapping,
  saidOf,
} from './move.ts'
import { nodesThatSay } from './reword.ts'
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
  /** What is said of one node goes before all else. */
  readonly byNode?: Fated['byNode']
}

export const becomings = [
  'finishes',
  'stays',
  'asked',
  'enters',
  'leaves',
  'undecided',
] as const satisfies readonly LandingKind[]
export type Becoming = (typeof becomings)[number]

/** What becomes of those who stand on a node. */
export interface Destiny extends Standing {
  readonly becomes: Becoming
  /** The node of the next version; null where they do not come to one. */
  readonly to: string | null
}

/** What becomes of all under way in earlier versions (rule 21). */
export interface Fates {
  /** By version; on versions that are not named everybody finishes, wherever they stand. */
  readonly fates: Readonly<Record<string, Fate>>
  /** By version: how much the next one differs from it; null where it cannot be read. */
  readonly changes: ReadonlyMap<number, ChangeKind | null>
  readonly destinies: readonly Destiny[]
  /** By version: the messages that are said in other words. */
  readonly reworded: Readonly<Record<string, readonly string[]>>
}

export interface FateInput {
  readonly standing: readonly Standing[]
  /** Versions with messages in the outbox that no channel has been handed, and how many by node. */
  readonly waiting: readonly Standing[]
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

/** Nodes of a version where people may be brought to. */
export function targetsIn(next: Journey, registry: Registry): string[] {
  return [...groundOf(next, registry).nodes.values()].filter(canStand).map(({ id }) => id)
}

/** Where those of single nodes are to go, in whichever way it is said. */
export function goingTo({ mapping, byNode = {} }: FateChoice): Mapping {
  const moved = Object.entries(byNode).flatMap(([node, said]) =>
    said.fate === 'move' ? [[node, said.to] as const] : [],
  )
  return { ...mapping, ...Object.fromEntries(moved) }
}

/** The first part of a choice that leads to no node of the next version, or to one where nobody can stand. */
export function mappingFault(next: Journey, choice: FateChoice, registry: Registry): MappingFault | null {
  const { nodes } = groundOf(next, registry)
  for (const [node, to] of Object.entries(goingTo(choice))) {
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

/** Whoever is to finish unasked stands on a node that is gone: that much somebody must have said. */
function finishing({ choice, isNew }: FateInput, from: Ground | null, to: Ground, node: string): boolean {
  const said = choice.fate !== null || saidOf({ byNode: choice.byNode ?? {} }, node) !== null
  return said || !isNew || landingOf(from, to, node).kind !== 'undecided'
}

/** Messages that are said otherwise in the next version, by their own words or by a value that they say. */
function rewordedBetween(before: Journey | null, { next, registry }: FateInput): string[] {
  if (before === null) return []
  const [was, is] = [valuesOf(before), valuesOf(next)]
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => was[name] !== is[name],
  )
  const saying = new Set(changed.length === 0 ? [] : nodesThatSay(next, changed, registry))
  return Object.entries(next.nodes).flatMap(([id, node]) => {
    const earlier = before.nodes[id]
    if (earlier?.type !== node.type || registry.get(node.type)?.reword === undefined) return []
    return saying.has(id) || saysAnew(earlier, node, registry) ? [id] : []
  })
}

/** What becomes of everybody by what the marketer has chosen, or by what is usual. */
export function fatesOf(input: FateInput): Fates {
  const { standing, waiting, graph, next, choice, registry } = input
  const to = groundOf(next, registry)
  const { mapping, byNode = {} } = choice
  const versions = [...new Set([...standing, ...waiting].map(({ version }) => version))].sort((a, b) => a - b)
  const fates: Record<string, Fate> = {}
  const reworded: Record<string, readonly string[]> = {}
  const changes = new Map<number, ChangeKind | null>()
  const destinies: Destiny[] = []
  for (const version of versions) {
    const before = graph(version)
    const from = before === null ? null : groundOf(before, registry)
    const change = before === null ? null : changeOf(before, next, registry)
    const fate = fateOf(input, change)
    changes.set(version, change)
    const here = standing.filter((each) => each.version === version)
    if (fate !== 'finish' || here.some(({ node }) => Object.hasOwn(byNode, node))) fates[version] = fate
    const words = fate === 'move' ? rewordedBetween(before, input) : []
    if (words.length > 0) reworded[version] = words
    for (const one of here) {
      const landing = fatedLanding(from, to, one.node, { fate, mapping, byNode })
      const decided = landing.kind !== 'finishes' || finishing(input, from, to, one.node)
      destinies.push({ ...one, ...place(decided ? landing : { kind: 'undecided' }) })
    }
  }
  return { fates, changes, destinies, reworded }
}

/** How many people share one of some destinies. */
export function peopleWho(destinies: readonly Destiny[], ...become: readonly Becoming[]): number {
  return destinies.reduce((sum, { becomes, people }) => sum + (become.includes(becomes) ? people : 0), 0)
}
