import { filterNames } from '../conditions/filter-names.ts'
import { type Condition, filtersIn, type Leaf, leavesOf } from '../conditions/schema.ts'
import { conditionOf } from '../journey/exits.ts'
import type { Journey } from '../journey/graph.ts'
import { contentsNamed } from '../message/contents-named.ts'
import { variablesOf } from '../message/variables.ts'
import type { Registry, TemplateText } from '../nodes/type.ts'
import { type ReadJourney, type ReadNode, readJourney } from './read.ts'

/** The kinds of things that journeys and audiences speak of by a name. */
export const referenceKinds = [
  'audience',
  'attribute',
  'event',
  'tag',
  'channel',
  'content',
  'asset',
  'coupon',
  'journey',
  'staff',
  'team',
  'node',
] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/**
 * Whether it can be known beforehand that there is no such thing. What a person makes here first (an audience, a
 * channel, a content, a coupon, an asset, a node) either is there or is not: nothing is published that names one that is not; but a journey
 * that is gone has done what it did, so that asking for that is told as a warning. Attributes, events and
 * tags come with data, tomorrow's import or call among it, so that none of them can be called wrong today: one that
 * nobody has is told as a warning, in the canvas, in the dialog of publishing and in the answer of the API. So are staff
 * and teams, who come and go without asking what names them.
 */
export const bearings = {
  audience: 'made here',
  channel: 'made here',
  content: 'made here',
  asset: 'made here',
  coupon: 'made here',
  journey: 'made here',
  node: 'made here',
  attribute: 'comes with data',
  event: 'comes with data',
  tag: 'comes with data',
  staff: 'comes with data',
  team: 'comes with data',
} as const satisfies Record<ReferenceKind, 'made here' | 'comes with data'>

export type LooseKind = {
  [K in ReferenceKind]: (typeof bearings)[K] extends 'comes with data' ? K : never
}[ReferenceKind]

export const isLoose = (kind: ReferenceKind): kind is LooseKind => bearings[kind] === 'comes with data'

/** A name as it stands somewhere in a journey or a condition. */
export interface Reference {
  readonly kind: ReferenceKind
  readonly name: string
  /** null: in the journey's settings, or in an audience. */
  readonly node: string | null
  readonly field: string
  /** Whether it makes what it names: a list that is filled, a tag that is given. */
  readonly makes: boolean
  /** The test in which it stands. */
  readonly test: Leaf | null
}

type Name = Pick<Reference, 'kind' | 'name'>

/** What stands in one place of the brand and is named from others; a node is named within its journey alone. */
export const usedKinds = [
  'audience',
  'attribute',
  'event',
  'tag',
  'channel',
  'content',
  'asset',
  'coupon',
  'journey',
  'staff',
  'team',
] as const satisfies readonly Exclude<ReferenceKind, 'node'>[]
export type UsedKind = (typeof usedKinds)[number]

/** Attributes whose values name something else. */
const valuesName: ReadonlyMap<string, ReferenceKind> = new Map([
  ['owner', 'staff'],
  ['owner_team', 'team'],
])

/** Whom it must be that a customer has; of whom it must not be nobody need be there. */
function namedByValue({ name, op, value }: Extract<Leaf, { kind: 'attribute' }>): Name[] {
  const kind = valuesName.get(name)
  if (kind === undefined || value === undefined || (op !== 'eq' && op !== 'in')) return []
  return [value].flat().flatMap((one) => (one === '' ? [] : [{ kind, name: String(one) }]))
}

/** Each once, however many filters name it. */
const once = (names: readonly Name[]): Name[] => [
  ...new Map(names.map((one) => [`${one.kind} ${one.name}`, one])).values(),
]

/** What a test names; nothing where that is not kept under a name. */
const namedBy: { readonly [K in Leaf['kind']]: (leaf: Extract<Leaf, { kind: K }>) => readonly Name[] } = {
  attribute: (leaf) => [{ kind: 'attribute', name: leaf.name }, ...namedByValue(leaf)],
  anniversary: ({ name }) => [{ kind: 'attribute', name }],
  tag: ({ tag }) => [{ kind: 'tag', name: tag }],
  // The product's own channels.
  contact: () => [],
  audience: ({ audience }) => [{ kind: 'audience', name: audience }],
  events: (leaf) => once(filterNames(leaf)),
  sequence: (leaf) => once(filtersIn(leaf).flatMap(filterNames)),
  history: ({ node }) => [{ kind: 'node', name: node }],
  // Of the event by which somebody comes in, whatever it may say.
  entry: () => [],
  // Products come and go with the catalogue; what is not there is never picked.
  picks: () => [],
}

function namesIn<K extends Leaf['kind']>(leaf: Extract<Leaf, { kind: K }>, kind: K): readonly Name[] {
  return namedBy[kind](leaf)
}

/** All that a condition names, in the order in which it stands. */
export function referencesIn(
  condition: Condition,
  place: { node: string | null; field: string },
): Reference[] {
  return leavesOf(condition).flatMap((leaf) =>
    namesIn(leaf, leaf.kind).map((name) => ({ ...name, ...place, makes: false, test: leaf })),
  )
}

/** The contents that texts name themselves; what stands within those is theirs. */
const contentsIn = (texts: readonly TemplateText[]) =>
  texts.flatMap(({ field, text }) => contentsNamed(text).map((name) => ({ field, name })))

function referencesOfNode({ id, type, config }: ReadNode): Reference[] {
  const named = (kind: ReferenceKind, name: string, field: string, makes = false): Reference => ({
    ...{ kind, name, field, makes },
    node: id,
    test: null,
  })
  return [
    ...(type.conditions?.(config) ?? []).flatMap(({ field, condition }) =>
      referencesIn(condition, { node: id, field }),
    ),
    ...(type.dates?.(config) ?? []).map(({ attribute, field }) => named('attribute', attribute, field)),
    ...(type.fills?.(config) ?? []).map(({ audience }) => named('audience', audience, 'audience', true)),
    ...(type.channels?.(config) ?? []).map((channel) => named('channel', channel, 'channel')),
    ...(type.refers?.(config) ?? []).map(({ node, field }) => named('node', node, field)),
    ...contentsIn(type.texts?.(config) ?? []).map(({ name, field }) => named('content', name, field)),
    ...(type.names?.(config) ?? []).map(({ kind, name, field, makes }) => named(kind, name, field, makes)),
  ]
}

/** The audiences by which people leave the journey, as the conditions that they stand for. */
export function exitConditions({ journey }: ReadJourney): { condition: Condition; field: string }[] {
  return (journey.settings.exitAudiences ?? []).map((exit, index) => ({
    ...{ condition: conditionOf(exit), field: `settings.exitAudiences.${index}` },
  }))
}

/** All that a journey names, of the nodes that can be read. */
export function referencesOfRead(read: ReadJourney): Reference[] {
  const exits = read.journey.settings.exitWhen.flatMap((filter, index) =>
    filterNames(filter).map(
      (name): Reference => ({
        ...{ ...name, node: null, field: `settings.exitWhen.${index}` },
        ...{ makes: false, test: null },
      }),
    ),
  )
  const audiences = exitConditions(read).flatMap(({ condition, field }) =>
    referencesIn(condition, { node: null, field }),
  )
  return [...exits, ...audiences, ...[...read.nodes.values()].flatMap(referencesOfNode)]
}

/** The texts of a node that say an attribute of the customer. */
function saidIn({ type, config }: ReadNode, attribute: string): string[] {
  const variable = `customer.${attribute}`
  return (type.texts?.(config) ?? []).flatMap(({ field, text }) =>
    // Most texts need not be read to see that.
    text.includes(variable) && variablesOf(text).variables.some(({ name }) => name === variable)
      ? [field]
      : [],
  )
}

/**
 * Where a journey names something: the first place in each node, and in the settings. Of a node that cannot be read,
 * whether the name stands anywhere in it.
 */
export function placesOf(
  journey: Journey,
  registry: Registry,
  { kind, name }: Name,
): { readonly node: string | null; readonly field: string | null }[] {
  const read = readJourney(journey, registry)
  const places = new Map<string | null, string | null>()
  const note = (node: string | null, field: string | null) => {
    if (!places.has(node)) places.set(node, field)
  }
  for (const reference of referencesOfRead(read))
    if (reference.kind === kind && reference.name === name) note(reference.node, reference.field)
  if (kind === 'attribute')
    for (const node of read.nodes.values()) for (const field of saidIn(node, name)) note(node.id, field)
  for (const id of read.unclear)
    if (JSON.stringify(journey.nodes[id]?.config).includes(JSON.stringify(name))) note(id, null)
  return [...places].map(([node, field]) => ({ node, field }))
}
