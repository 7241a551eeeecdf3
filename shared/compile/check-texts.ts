import type { Library } from '../contents/content.ts'
import { valuesOf } from '../journey/values.ts'
import { adjacencyOf, reachable } from '../journey/walk.ts'
import { limits } from '../limits.ts'
import { neededFormat } from '../message/formats.ts'
import { describeRenderProblem } from '../message/problems.ts'
import type { MessageContext, RenderProblem } from '../message/render.ts'
import { costOf, runsOut, type TemplateVariable, variablesOf } from '../message/variables.ts'
import { prohibitedWords } from '../message/words.ts'
import { type ForEntrances, forEntrance } from '../nodes/entrance.ts'
import type { TemplateText } from '../nodes/type.ts'
import { builtInRoots, builtInVariables, isPickName } from '../nodes/variables.ts'
import type { NamedReferral } from '../referrals/links.ts'
import { checkContentName, checkContents } from './check-contents.ts'
import { checkReferralName } from './check-referrals.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney, ReadNode } from './read.ts'

/** Built-in values that everyone has; the name may be missing, and marketers know that. */
const neverBlank = new Set(['customer.id', 'customer.name', 'brand.name', 'journey.name', 'now', 'today'])

/** A name and all of which it is a part: `entry.items[0].title`, `entry.items[0]`, `entry.items`, `entry`. */
function wholesOf(name: string): string[] {
  const ends = [...name.matchAll(/[.[]/g)].map(({ index }) => name.slice(0, index))
  return [name, ...ends]
}

const covers = (names: ReadonlySet<string>, name: string): boolean =>
  wholesOf(name).some((whole) => names.has(whole))

/** Whether an entrance lets in at a festival. */
const anchored: ForEntrances<[zone: string], boolean> = {
  schedule: ({ next }, zone) => next(0, zone)?.anchor != null,
  event: () => false,
  manual: () => false,
  membership: () => false,
  absence: () => false,
  journey: () => false,
}

/** Where a variable that only nodes give has a value. */
interface Given {
  readonly somewhere: ReadonlySet<string>
  /** Nodes that can be reached without passing a giver. */
  readonly around: ReadonlySet<string>
}

/** What is known beside the journey of what its texts may speak of. */
interface TextGrounds {
  readonly zone: string
  /** Variables besides those that are built in and declared. */
  readonly known: readonly string[]
  readonly library: Library | undefined
  readonly referrals: readonly NamedReferral[] | undefined
}

/** What the texts of a journey may speak of; what has to be looked for in the graph is found once. */
class Grounds {
  readonly declared: ReadonlySet<string>
  /** The journey's own values, which everyone has. */
  readonly own: ReadonlySet<string>
  readonly at: MessageContext
  readonly library: Library | undefined
  readonly referrals: readonly NamedReferral[] | undefined
  readonly #read: ReadJourney
  readonly #zone: string
  /** Nodes by the variables that they give. */
  readonly #givers = new Map<string, string[]>()
  readonly #given = new Map<string, Given>()
  #unanchored: ReadonlySet<string> | null = null

  constructor(read: ReadJourney, { zone, known, library, referrals }: TextGrounds) {
    this.library = library
    this.referrals = referrals
    this.#read = read
    this.#zone = zone
    this.at = { now: 0, zone, locale: 'zh-CN', currency: 'CNY' }
    this.declared = new Set([...builtInVariables, ...Object.keys(read.journey.variables), ...known])
    this.own = new Set(Object.keys(valuesOf(read.journey)))
    for (const { id, type, config } of read.nodes.values())
      for (const name of type.gives?.(config) ?? []) {
        const known = this.#givers.get(name)
        if (known === undefined) this.#givers.set(name, [id])
        else known.push(id)
      }
  }

  /** Whether everyone who gets to a node came in at a festival, so that `festival.*` has values. */
  isAnchored(id: string): boolean {
    this.#unanchored ??= reachable(adjacencyOf(this.#read.edges), this.#unanchoredTriggers())
    return !this.#unanchored.has(id)
  }

  #unanchoredTriggers(): string[] {
    return this.#read.triggers.filter((trigger) => {
      const node = this.#read.nodes.get(trigger)
      const entrance = node?.type.entrance?.(node.config)
      return entrance === undefined || !forEntrance(anchored, entrance, this.#zone)
    })
  }

  /** Where a variable that only nodes give has a value when a node is reached. */
  givenBefore(id: string, variable: string): 'everywhere' | 'somewhere' | 'nowhere' {
    const name = wholesOf(variable).find((whole) => this.#givers.has(whole))
    const given = name === undefined ? undefined : this.#givenBy(name)
    if (!given?.somewhere.has(id)) return 'nowhere'
    return given.around.has(id) ? 'somewhere' : 'everywhere'
  }

  #givenBy(name: string): Given {
    const known = this.#given.get(name)
    if (known !== undefined) return known
    const { edges, triggers } = this.#read
    const givers = new Set(this.#givers.get(name))
    const forward = adjacencyOf(edges)
    const after = [...givers].flatMap((giver) => forward.get(giver) ?? [])
    const around = adjacencyOf(edges.filter(({ from }) => !givers.has(from)))
    const given = { somewhere: reachable(forward, after), around: reachable(around, triggers) }
    this.#given.set(name, given)
    return given
  }

  /** Values as somebody might have them: the journey's own examples, else a number that may be read as a text. */
  sample(names: readonly string[]): Record<string, unknown> {
    const root: Record<string, unknown> = {}
    for (const name of names) {
      const path = name.split('.')
      const example = Object.hasOwn(this.#read.journey.variables, name)
        ? (this.#read.journey.variables[name]?.value ?? this.#read.journey.variables[name]?.example)
        : undefined
      let here = root
      for (const step of path.slice(0, -1)) {
        const next = Object.hasOwn(here, step) ? here[step] : undefined
        const inner: Record<string, unknown> = isGroup(next) ? next : {}
        here[step] = inner
        here = inner
      }
      here[path.at(-1) ?? name] = example ?? '1'
    }
    return root
  }
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a blank value keeps from happening: a message, or what else the node does with its texts. */
const missing = {
  message: { blank: 'missing-default', somewhere: 'variable-on-some-paths' },
  step: { blank: 'missing-default-step', somewhere: 'variable-on-some-paths-step' },
} as const

function checkVariable(
  { id, type }: ReadNode,
  field: string,
  { name, hasDefault, bare }: TemplateVariable,
  grounds: Grounds,
): Diagnostic[] {
  const place = { node: id, field }
  const details = { variable: name }
  const codes = missing[type.messages === undefined ? 'step' : 'message']
  const filter = bare ? neededFormat(name) : null
  if (filter !== null) {
    const code = filter === 'money' ? 'bare-money' : 'bare-date'
    return [diagnose(code, place, details)]
  }
  if (isContentName(name) && !covers(grounds.own, name))
    return checkContentName({ name, hasDefault, bare }, place, grounds.library)
  if (isReferralName(name) && !covers(grounds.own, name))
    return checkReferralName(name, place, grounds.referrals)
  if (!covers(grounds.declared, name) && !isPickName(name)) {
    const where = grounds.givenBefore(id, name)
    if (where === 'nowhere') return [diagnose('unknown-variable', place, details)]
    return where === 'somewhere' && !hasDefault ? [diagnose(codes.somewhere, place, details)] : []
  }
  if (hasDefault || covers(neverBlank, name) || covers(grounds.own, name)) return []
  if (name.startsWith('festival.') && grounds.isAnchored(id)) return []
  return [diagnose(codes.blank, place, details)]
}

/** Rendering a text may not take more than a limit; what depends on the lists of an event may. */
function checkCost(
  { field, text }: TemplateText,
  place: { readonly node: string; readonly field: string },
  names: readonly string[],
  grounds: Grounds,
): Diagnostic[] {
  const cost = costOf(text)
  if (cost === null) return []
  const limit = limits.templateSteps.value
  if (cost.sure > limit)
    return [diagnose('template-over-budget', { ...place, field }, { steps: cost.sure, limit })]
  const problem = runsOut(text, grounds.sample(names), grounds.at)
  if (problem !== null) return [unreadable(problem, place)]
  const { value: entries } = limits.propertyEntries
  return cost.most > limit
    ? [diagnose('template-maybe-over-budget', { ...place, field }, { steps: cost.most, entries, limit })]
    : []
}

function unreadable(
  problem: RenderProblem,
  place: { readonly node: string; readonly field: string },
): Diagnostic {
  const { message, mend } = describeRenderProblem(problem)
  return diagnose(
    'template-syntax',
    { ...place, zh: { detail: message['zh-CN'], mend: mend['zh-CN'] } },
    { detail: message.en, mend: mend.en },
  )
}

const isReferralName = (name: string): boolean => /^referral(?:[.[]|$)/.test(name)

const isContentName = (name: string): boolean => /^content(?:[.[]|$)/.test(name)

function checkText(node: ReadNode, template: TemplateText, grounds: Grounds): Diagnostic[] {
  const { field, text } = template
  const place = { node: node.id, field }
  const { variables, problems } = variablesOf(text)
  return [
    ...problems.map((problem) => unreadable(problem, place)),
    ...checkCost(
      template,
      place,
      variables.map(({ name }) => name),
      grounds,
    ),
    ...variables.flatMap((variable) => checkVariable(node, field, variable, grounds)),
    ...prohibitedWords(text).map(({ word, severity, advice }) =>
      diagnose(
        'prohibited-word',
        { ...place, severity: severity === 'block' ? 'error' : 'warning' },
        { word, advice_en: advice.en, advice_zh: advice['zh-CN'] },
      ),
    ),
  ]
}

/** Texts of all nodes: their syntax, their cost, their variables, and the words of the advertising law. */
export function checkTexts(read: ReadJourney, given: TextGrounds): Diagnostic[] {
  const grounds = new Grounds(read, given)
  return [...hiddenValues(grounds), ...checkTextsOf(read, grounds)]
}

/** Values that a built-in one of the same name hides from the texts. */
function hiddenValues({ own }: Grounds): Diagnostic[] {
  const rootOf = (name: string) => name.split('.')[0] ?? name
  const roots = new Set(builtInRoots.map(rootOf))
  return [...own]
    .filter((name) => roots.has(rootOf(name)))
    .map((variable) => {
      const place = { node: null, field: `variables.${variable}` }
      return diagnose('value-hidden', place, { variable, root: rootOf(variable) })
    })
}

function checkTextsOf(read: ReadJourney, grounds: Grounds): Diagnostic[] {
  return [...read.nodes.values()].flatMap((node) => {
    const texts = node.type.texts?.(node.config) ?? []
    const looked = (text: string) => checkText(node, { field: '', text }, grounds)
    return [
      ...texts.flatMap((text) => checkText(node, text, grounds)),
      ...checkContents(node.id, texts, grounds.library, looked),
    ]
  })
}
