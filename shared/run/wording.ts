import { changesOf, differenceOf, type FieldChange } from '../journey/difference.ts'
import type { Journey, JourneyNode } from '../journey/graph.ts'
import { filledIn as withOwnValues } from '../journey/values.ts'
import type { NodeTypeName } from '../nodes/index.ts'
import type { Registry } from '../nodes/type.ts'

/**
 * Rule 21: what of each type's configuration is words alone, told to people or shown to the marketer: it changes
 * neither who goes where nor when. Paths in dots, with `*` for any place of a list, each with all below it. What is
 * not named here is structure.
 */
export const wording = {
  audience_at: [],
  customer_date: [],
  event: [],
  manual: [],
  from_journey: [],
  wait: [],
  wait_event: ['also.*.name'],
  branch: ['branches.*.name'],
  split: ['variants.*.name'],
  decision: ['title', 'text', 'buttons.*.name'],
  task: ['title', 'text', 'results.*.name'],
  send: [
    ...['subject', 'text', 'template', 'mail', 'attachments', 'track', 'ai.instructions', 'ai.maxChars'],
    ...['subject', 'text', 'template', 'mail', 'attachments', 'track'].map((said) => `fallbacks.*.${said}`),
  ],
  coupon: ['name'],
  tag: [],
  webhook_call: ['body', 'cases.*.name'],
  save_audience: ['name'],
  goal: [],
  exit: [],
} as const satisfies Readonly<Record<NodeTypeName, readonly string[]>>

/** A node's own fields that decide nothing. */
const wordsOfNode = ['name', 'note']

/** Of the journey itself what decides nothing: what a variable is worth decides where a node goes by it. */
const wordsOfJourney = ['name', 'description', 'variables']

/** How much two versions, or two nodes, differ; the later includes the earlier. */
export const changeKinds = ['none', 'words', 'structure'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** The greatest of some changes. */
export function greatest(kinds: readonly ChangeKind[]): ChangeKind {
  return changeKinds.findLast((kind) => kinds.includes(kind)) ?? 'none'
}

function fits(field: string, pattern: string): boolean {
  const parts = field.split('.')
  return pattern.split('.').every((part, at) => part === parts[at] || (part === '*' && at < parts.length))
}

const kindBy =
  (patterns: readonly string[]) =>
  ({ field }: Pick<FieldChange, 'field'>): ChangeKind =>
    patterns.some((pattern) => fits(field, pattern)) ? 'words' : 'structure'

const isKnown = (type: string): type is NodeTypeName => Object.hasOwn(wording, type)

/** The paths of what a node says, beside its own name and note. */
function saidBy(type: string): readonly string[] {
  const own: readonly string[] = isKnown(type) ? wording[type] : []
  return own.map((path) => `config.${path}`)
}

/** The paths of a node that are words alone; of a type that the house does not know, its name and note. */
export function wordsOf(type: string): readonly string[] {
  return [...wordsOfNode, ...saidBy(type)]
}

/** Whether a changed field of a node, as the difference of two versions names it, is words alone. */
export function isWords(type: string, field: string): boolean {
  return kindBy(wordsOf(type))({ field }) === 'words'
}

/** Whether a changed field of the journey's own is words alone. */
export function isWordsOfJourney(field: string): boolean {
  return kindBy(wordsOfJourney)({ field }) === 'words'
}

/** A node with what its type fills in, so that what is left out and what is said are the same. */
export function filledIn(node: JourneyNode, registry: Registry): JourneyNode {
  const read = registry.get(node.type)?.config.safeParse(node.config)
  return read?.success ? { ...node, config: read.data as JourneyNode['config'] } : node
}

/** A journey with all that is left out filled in. */
export function filled(journey: Journey, registry: Registry): Journey {
  const nodes = Object.entries(journey.nodes).map(([id, node]) => [id, filledIn(node, registry)] as const)
  return { ...journey, nodes: Object.fromEntries(nodes) }
}

/** Whether a node of both versions says something else; what its card is called, and when it speaks, is no matter. */
export function saysAnew(before: JourneyNode, after: JourneyNode, registry: Registry): boolean {
  const said = saidBy(after.type)
  const changes = changesOf(filledIn(before, registry), filledIn(after, registry))
  return changes.some(({ field }) => said.some((pattern) => fits(field, pattern)))
}

/** How much a version has changed from another: in words alone, or in what happens (rule 21). */
export function changeOf(before: Journey, after: Journey, registry: Registry): ChangeKind {
  const [old, now] = [withOwnValues(before), withOwnValues(after)]
  const { journey, nodes, edges } = differenceOf(filled(old, registry), filled(now, registry))
  const moved = edges.added.length + edges.removed.length + nodes.added.length + nodes.removed.length
  if (moved > 0) return 'structure'
  return greatest([
    ...journey.map(kindBy(wordsOfJourney)),
    ...nodes.changed.flatMap(({ id, fields }) => fields.map(kindBy(wordsOf(after.nodes[id]?.type ?? '')))),
  ])
}
