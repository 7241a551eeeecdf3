import {
  BreakTag,
  CaseTag,
  ForTag,
  IfTag,
  TablerowTag,
  type Template,
  type Token,
  TypeGuards,
  toValueSync,
  UnlessTag,
} from 'liquidjs'

/** Steps beyond any limit are not told apart. */
const countless = 1e12

/**
 * The steps that the parts of a template take at least on the way that takes the most: every loop over a range of
 * numbers is run as often as it says, and a loop over a list of which nobody knows the length `listLength` times.
 */
export function stepsOf(templates: readonly Template[], listLength: number): number {
  const steps = templates.reduce((sum, template) => sum + 1 + stepsWithin(template, listLength), 0)
  return Math.min(steps, countless)
}

function stepsWithin(template: Template, listLength: number): number {
  const most = (ways: readonly (readonly Template[] | undefined)[]) =>
    Math.max(0, ...ways.map((way) => stepsOf(way ?? [], listLength)))
  if (template instanceof ForTag)
    return Math.max(
      loopOf(template.templates, turnsOf(template, template.hash), listLength),
      most([template.elseTemplates]),
    )
  if (template instanceof TablerowTag)
    return loopOf(template.templates, turnsOf(template, template.args), listLength)
  if (template instanceof IfTag || template instanceof UnlessTag || template instanceof CaseTag)
    return most([...template.branches.map(({ templates }) => templates), template.elseTemplates])
  return stepsOf(childrenOf(template), listLength)
}

/** A loop that may be broken off is run once for certain. */
function loopOf(body: readonly Template[], { length, atMost }: Turns, listLength: number): number {
  const turns = Math.min(breaksOff(body) ? 1 : (length ?? listLength), atMost)
  return turns * (1 + stepsOf(body, listLength))
}

function breaksOff(body: readonly Template[]): boolean {
  return body.some((template) => {
    if (template instanceof BreakTag) return true
    if (template instanceof ForTag || template instanceof TablerowTag) return false
    return breaksOff(childrenOf(template))
  })
}

/** How often a loop is run. */
interface Turns {
  /** Undefined where a value tells. */
  readonly length: number | undefined
  readonly atMost: number
}

function turnsOf(
  { collection }: { readonly collection: Token },
  { hash }: { readonly hash: Readonly<Record<string, Token | undefined>> },
): Turns {
  const length = lengthOf(collection)
  const offset = hash.offset === undefined ? 0 : numberOf(hash.offset)
  const limit = hash.limit === undefined ? Number.POSITIVE_INFINITY : numberOf(hash.limit)
  const left = length === undefined || offset === undefined ? undefined : Math.max(0, length - offset)
  return { length: limit === undefined ? undefined : left, atMost: limit ?? Number.POSITIVE_INFINITY }
}

function lengthOf(collection: Token): number | undefined {
  if (!TypeGuards.isRangeToken(collection)) return undefined
  const [from, to] = [numberOf(collection.lhs), numberOf(collection.rhs)]
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from + 1)
}

const numberOf = (token: Token): number | undefined =>
  TypeGuards.isNumberToken(token) ? token.content : undefined

export function childrenOf(template: Template): Template[] {
  if (template.children === undefined) return []
  const children: unknown = toValueSync(template.children(false, true))
  return Array.isArray(children) ? children : []
}
