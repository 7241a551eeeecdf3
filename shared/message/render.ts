import type { Chosen } from '../contents/choose.ts'
import type { Locale } from '../text.ts'
import { type ContentSource, Showing } from './contents.ts'
import type { MessageFormat } from './format.ts'
import { dateText, timeText } from './liquid/dates.ts'
import { engine } from './liquid/engine.ts'
import { Rendering } from './liquid/rendering.ts'
import { type ParsedTemplate, parseTemplate, run } from './liquid/template.ts'
import type { RenderProblem } from './problems.ts'

export type { RenderProblem }

/** For whom and when a message is written. */
export interface MessageContext {
  /** Epoch milliseconds; what `now`, `today` and the date filter's 'now' mean. */
  now: number
  /** IANA name of the zone that dates are written in. */
  zone: string
  locale: Locale
  /** ISO 4217: what money is written in. */
  currency: string
  /** Also report the values of the variables that were printed. */
  collect?: boolean
  /** What `content` means; without it the brand has no library. */
  contents?: ContentSource | undefined
}

export type Rendered =
  | {
      ok: true
      text: string
      used: Record<string, string>
      /** Of the brand's contents those that were looked at; without it none. */
      contents?: readonly Chosen[]
    }
  | { ok: false; problems: RenderProblem[] }

/**
 * A template's text for one customer. Strict: an absent, null or blank variable without a `default` filter is
 * a problem, and so is whatever the template does wrong; nothing half-written is returned. Conditions may read
 * absent values. The same arguments always give the same text.
 */
export function render(
  template: string,
  variables: Readonly<Record<string, unknown>>,
  context: MessageContext,
): Rendered {
  return renderAs(template, variables, context, 'text')
}

/** The same for an HTML template: values are escaped, except where the template ends in `escape` or `raw`. */
export function renderHtml(
  template: string,
  variables: Readonly<Record<string, unknown>>,
  context: MessageContext,
): Rendered {
  return renderAs(template, variables, context, 'html')
}

/** The same for JSON: values are escaped as the inside of a JSON string, except where the template ends in `json`. */
export function renderJson(
  template: string,
  variables: Readonly<Record<string, unknown>>,
  context: MessageContext,
): Rendered {
  return renderAs(template, variables, context, 'json')
}

type Variables = Readonly<Record<string, unknown>>

function renderAs(source: string, variables: Variables, at: MessageContext, form: MessageFormat): Rendered {
  const parsed = parsedTemplate(source)
  if ('code' in parsed) return { ok: false, problems: [parsed] }
  const showing = showingOf(parsed, variables, at, form)
  return renderParsed(parsed, variables, { at, form, showing, level: 0 })
}

/** How a template is written, within how many contents. */
interface Writing {
  readonly at: MessageContext
  readonly form: MessageFormat
  readonly showing: Showing | null
  readonly level: number
}

/** The contents of a template that names some; a journey's own value of that name stands before them. */
function showingOf(
  { contents }: ParsedTemplate,
  variables: Variables,
  at: MessageContext,
  form: MessageFormat,
): Showing | null {
  if (contents.length === 0 || at.contents === undefined || Object.hasOwn(variables, 'content')) return null
  const showing: Showing = new Showing(at.contents, { ...at, form }, (source, inner, level) => {
    const parsed = parsedTemplate(source)
    if ('code' in parsed) return { ok: false, problems: [parsed] }
    return renderParsed(parsed, variables, { at, form: inner, showing, level })
  })
  return showing
}

function renderParsed(parsed: ParsedTemplate, variables: Variables, writing: Writing): Rendered {
  const { at, form, showing } = writing
  const scope = scopeOf(parsed, variables, writing)
  const rendering = new Rendering(engine, scope, at, form, at.collect === true)
  const text = run(parsed, rendering)
  if (rendering.problems.length > 0)
    return { ok: false, problems: showing?.explained(rendering.problems) ?? rendering.problems }
  const used = rendering.used === undefined ? {} : Object.fromEntries(rendering.used)
  if (showing === null) return { ok: true, text, used }
  return { ok: true, text, used, contents: showing.chosen }
}

/** The variables themselves, or a copy where the template adds to them. */
function scopeOf(parsed: ParsedTemplate, variables: Variables, { at, showing, level }: Writing): Variables {
  if (showing !== null && parsed.contents.length > 0) {
    const own = { ...variables, content: showing.group(parsed.contents, level) }
    return parsed.readsTime ? { ...own, now: timeText(at), today: dateText(at) } : own
  }
  if (parsed.readsTime) return { ...variables, now: timeText(at), today: dateText(at) }
  return parsed.countsInVariables ? { ...variables } : variables
}

// Two generations stand in for a least-recently-used list: a template that is used again moves into the young
// one, and when that is full the old one is dropped. So a hit among the young writes nothing.
const GENERATION = 256
const GENERATION_CHARACTERS = 2_000_000
let young = new Map<string, ParsedTemplate | RenderProblem>()
let old = new Map<string, ParsedTemplate | RenderProblem>()
let youngCharacters = 0

/** The template, parsed once. A pure function; the cache only saves time. */
export function parsedTemplate(source: string): ParsedTemplate | RenderProblem {
  const known = young.get(source)
  if (known !== undefined) return known
  const parsed = old.get(source) ?? parseTemplate(source)
  if (young.size >= GENERATION || youngCharacters + source.length > GENERATION_CHARACTERS) {
    old = young
    young = new Map()
    youngCharacters = 0
  }
  young.set(source, parsed)
  youngCharacters += source.length
  return parsed
}
