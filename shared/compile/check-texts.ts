import { adjacencyOf, reachable } from '../journey/walk.ts'
import { neededFormat } from '../message/formats.ts'
import { describeRenderProblem } from '../message/problems.ts'
import { type TemplateVariable, variablesOf } from '../message/variables.ts'
import { prohibitedWords } from '../message/words.ts'
import { type ForEntrances, forEntrance } from '../nodes/entrance.ts'
import type { TemplateText } from '../nodes/type.ts'
import { builtInVariables } from '../nodes/variables.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney, ReadNode } from './read.ts'

/** Built-in values that everyone has; the name may be missing, and marketers know that. */
const neverBlank = ['customer.id', 'customer.name', 'brand.name', 'journey.name', 'now', 'today']

/** Whether a name is one of a list, or a part of one: `entry.items[0].title` of `entry.items`. */
function covers(names: Iterable<string>, name: string): boolean {
  for (const known of names)
    if (name === known || name.startsWith(`${known}.`) || name.startsWith(`${known}[`)) return true
  return false
}

/** The triggers from which a node can be reached. */
function triggersOf(read: ReadJourney, id: string): string[] {
  const backward = reachable(adjacencyOf(read.edges, 'backward'), [id])
  return read.triggers.filter((trigger) => backward.has(trigger))
}

/** Whether an entrance lets in at a festival. */
const anchored: ForEntrances<[zone: string], boolean> = {
  schedule: ({ next }, zone) => next(0, zone)?.anchor != null,
  event: () => false,
  manual: () => false,
}

/** Whether everyone who gets to a node came in at a festival, so that `festival.*` has values. */
function isAnchored(read: ReadJourney, id: string, zone: string): boolean {
  const triggers = triggersOf(read, id)
  return triggers.every((trigger) => {
    const node = read.nodes.get(trigger)
    const entrance = node?.type.entrance?.(node.config)
    return entrance !== undefined && forEntrance(anchored, entrance, zone)
  })
}

/** Where a variable that only nodes give has a value when a node is reached. */
function givenBefore(
  read: ReadJourney,
  id: string,
  variable: string,
): 'everywhere' | 'somewhere' | 'nowhere' {
  const givers = [...read.nodes.values()]
    .filter(({ type, config }) => covers(type.gives?.(config) ?? [], variable))
    .map((node) => node.id)
  const forward = adjacencyOf(read.edges)
  const after = reachable(
    forward,
    givers.flatMap((giver) => forward.get(giver) ?? []),
  )
  if (!after.has(id)) return 'nowhere'
  const around = adjacencyOf(read.edges.filter(({ from }) => !givers.includes(from)))
  return reachable(around, read.triggers).has(id) ? 'somewhere' : 'everywhere'
}

function checkVariable(
  read: ReadJourney,
  { id }: ReadNode,
  field: string,
  { name, hasDefault, bare }: TemplateVariable,
  given: { readonly zone: string; readonly known: readonly string[] },
): Diagnostic[] {
  const place = { node: id, field }
  const details = { variable: name }
  const filter = bare ? neededFormat(name) : null
  if (filter !== null) {
    const code = filter === 'money' ? 'bare-money' : 'bare-date'
    return [diagnose(code, place, details)]
  }
  const declared = [...builtInVariables, ...Object.keys(read.journey.variables), ...given.known]
  if (!covers(declared, name)) {
    const where = givenBefore(read, id, name)
    if (where === 'nowhere') return [diagnose('unknown-variable', place, details)]
    return where === 'somewhere' && !hasDefault ? [diagnose('variable-on-some-paths', place, details)] : []
  }
  if (hasDefault || covers(neverBlank, name)) return []
  if (name.startsWith('festival.') && isAnchored(read, id, given.zone)) return []
  return [diagnose('missing-default', place, details)]
}

function checkText(
  read: ReadJourney,
  node: ReadNode,
  { field, text }: TemplateText,
  given: { readonly zone: string; readonly known: readonly string[] },
): Diagnostic[] {
  const place = { node: node.id, field }
  const { variables, problems } = variablesOf(text)
  return [
    ...problems.map((problem) => {
      const { message, mend } = describeRenderProblem(problem)
      return diagnose(
        'template-syntax',
        { ...place, zh: { detail: message['zh-CN'], mend: mend['zh-CN'] } },
        { detail: message.en, mend: mend.en },
      )
    }),
    ...variables.flatMap((variable) => checkVariable(read, node, field, variable, given)),
    ...prohibitedWords(text).map(({ word, severity, advice }) =>
      diagnose(
        'prohibited-word',
        { ...place, severity: severity === 'block' ? 'error' : 'warning' },
        { word, advice_en: advice.en, advice_zh: advice['zh-CN'] },
      ),
    ),
  ]
}

/** Texts of all nodes: their syntax, their variables, and the words of the advertising law. */
export function checkTexts(read: ReadJourney, zone: string, known: readonly string[]): Diagnostic[] {
  return [...read.nodes.values()].flatMap((node) =>
    (node.type.texts?.(node.config) ?? []).flatMap((text) => checkText(read, node, text, { zone, known })),
  )
}
