import { analyzeSync, type Template, type Variable } from 'liquidjs'
import { limits } from '../limits.ts'
import { childrenOf, stepsOf } from './liquid/cost.ts'
import { StrictOutput } from './liquid/output.ts'
import { StrictAssign, StrictEcho } from './liquid/tags.ts'
import type { ParsedTemplate } from './liquid/template.ts'
import type { Needs, StrictValue } from './liquid/value.ts'
import type { RenderProblem } from './problems.ts'
import { type MessageContext, parsedTemplate, render } from './render.ts'

export interface TemplateVariable {
  /** As it is written, such as customer.name. */
  name: string
  /** True if the message goes out without it: it has a default wherever it is printed, or is only asked about. */
  hasDefault: boolean
  /** Whether it is printed somewhere as it is kept, neither written as money or a date nor reckoned with. */
  bare: boolean
}

/** Filters after which a value is no longer as it is kept. */
const written = new Set('money date date_local date_cn times divided_by json'.split(' '))

const given = new Set(['now', 'today'])

/**
 * The variables that a template reads, in order of appearance, those in conditions and loops among them. Names
 * that the template makes itself (assign, capture, for) and `now` and `today` are not reported.
 */
export function variablesOf(template: string): { variables: TemplateVariable[]; problems: RenderProblem[] } {
  const parsed = parsedTemplate(template)
  if ('code' in parsed) return { variables: [], problems: [parsed] }
  const read = Object.values(analyzeSync(parsed.templates, { partials: false }).globals).flat()
  const { needed, bare } = neededBy(parsed)
  const names = [...read].sort(byPlace).filter((v) => !given.has(String(v.segments[0])))
  const unique = new Set(names.map((variable) => variable.toString()))
  return {
    variables: [...unique].map((name) => ({ name, hasDefault: !needed.has(name), bare: bare.has(name) })),
    problems: [],
  }
}

/** What a template takes, as far as it can be told before there is any customer. */
export interface TemplateCost {
  /** Steps of a rendering that is sure to take them, for whoever comes to that part. */
  readonly sure: number
  /** Steps where each list that it goes through is as long as an event's may be. */
  readonly most: number
}

/** Null where it cannot be read. */
export function costOf(template: string): TemplateCost | null {
  const parsed = parsedTemplate(template)
  if ('code' in parsed) return null
  const { templates } = parsed
  return { sure: stepsOf(templates, 1), most: stepsOf(templates, limits.propertyEntries.value) }
}

/**
 * Whether a rendering with such values runs out of what one may take, whatever else is wrong with it. What takes
 * neither loop nor local name is no longer than its template.
 */
export function runsOut(
  template: string,
  variables: Readonly<Record<string, unknown>>,
  at: MessageContext,
): RenderProblem | null {
  if (!template.includes('{%')) return null
  const rendered = render(template, variables, at)
  if (rendered.ok) return null
  return (
    rendered.problems.find(
      ({ code }) => code === 'template-too-heavy' || code === 'template-too-long-to-run',
    ) ?? null
  )
}

function byPlace(a: Variable, b: Variable): number {
  return a.location.row - b.location.row || a.location.col - b.location.col
}

/** The names without which some text of the template cannot be printed, and those that are printed bare. */
function neededBy(parsed: ParsedTemplate): { needed: Set<string>; bare: Set<string> } {
  const needed = new Set<string>()
  const bare = new Set<string>()
  // Local names whose value is still as the variable behind it is kept.
  const raw = new Map<string, string>()
  // What a local name stands for: printing it needs the variables that it was assigned from.
  const behind = new Map<string, Set<string>>()

  const sourcesOf = (variable: { root: string | undefined; name: string }): Set<string> =>
    (variable.root === undefined ? undefined : behind.get(variable.root)) ?? new Set([variable.name])
  const sources = (needs: Needs): Set<string> => {
    return needs.initial === undefined ? new Set() : sourcesOf(needs.initial)
  }
  const take = (needs: Needs, print: boolean): void => {
    if (print) for (const name of sources(needs)) needed.add(name)
    for (const other of needs.others) for (const name of sourcesOf(other)) needed.add(name)
  }
  const asKept = ({ path, filters }: StrictValue): string | undefined => {
    if (path === undefined || filters.some((filter) => written.has(filter))) return undefined
    return path.keys.length === 0 ? (raw.get(path.root) ?? path.name) : path.name
  }
  const print = (value: StrictValue): void => {
    take(value.needs(), true)
    const kept = asKept(value)
    if (kept !== undefined) bare.add(kept)
  }
  const visit = (template: Template): void => {
    if (template instanceof StrictOutput) print(template.printer.value)
    else if (template instanceof StrictEcho) {
      if (template.printer !== undefined) print(template.printer.value)
    } else if (template instanceof StrictAssign) {
      const needs = template.value.needs()
      take(needs, false)
      const name = template.identifier.content
      const kept = asKept(template.value)
      if (kept !== undefined) raw.set(name, kept)
      const known = behind.get(name)
      const more = sources(needs)
      if (known === undefined) behind.set(name, new Set(more))
      else for (const source of more) known.add(source)
    }
    for (const child of childrenOf(template)) visit(child)
  }
  for (const template of parsed.templates) visit(template)
  return { needed, bare }
}
