import { Context, type Emitter, type Liquid, toValue } from 'liquidjs'
import { decimalOf, writeDecimal } from '../../decimal.ts'
import type { MessageFormat } from '../format.ts'
import type { RenderProblem } from '../problems.ts'
import { TypedValue } from '../typed.ts'
import type { WrittenAt } from './dates.ts'
import { limitersOf, Meter } from './meter.ts'

/** Characters that show nothing: white space, joiners, selectors, the Hangul filler, the blank of Braille. */
const INVISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]*$/u
/** What programs and spreadsheets write where there is no value. */
const NOTHING =
  /^\s*(?:null|undefined|nan|none|\(null\)|<null>|\\n|n\/a|#(?:n\/a|ref!|value!|name\?|div\/0!|null!|num!)|\[object \w+\])\s*$/i

export function isBlankText(text: string): boolean {
  const first = text.charCodeAt(0)
  // An ideograph can be read; most texts begin with one.
  if (first >= 0x4e00 && first <= 0x9fff) return false
  return text === '' || INVISIBLE.test(text) || (text.length < 40 && NOTHING.test(text))
}

/** Nothing to read: absent, null, an empty or blank text, an empty list, or not a number. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return isBlankText(value)
  if (typeof value === 'number') return !Number.isFinite(value)
  return Array.isArray(value) && value.length === 0
}

/** One rendering of one template for one customer: Liquid's context, and what strictness has to remember. */
export class Rendering extends Context {
  /** What it has done so far. */
  readonly meter: Meter
  readonly at: WrittenAt
  readonly form: MessageFormat
  readonly problems: RenderProblem[] = []
  /** The variables that are told of as missing. */
  readonly #told = new Set<string>()
  /** The values that were used, by variable; undefined when nobody asked for them. */
  readonly used: Map<string, string> | undefined
  /** Local names that were assigned a blank variable, and that variable's name. */
  readonly blankLocals = new Map<string, string>()
  /** The loops around each loop being run, outermost first. */
  readonly loops: unknown[] = []
  /** What `ifchanged` wrote last. */
  lastChanged = ''
  /** Local names that hold captured text, in which values are escaped already. */
  readonly captured = new Set<string>()

  constructor(engine: Liquid, variables: object, at: WrittenAt, form: MessageFormat, collect: boolean) {
    const meter = new Meter()
    const { memoryLimit, renderLimit } = limitersOf(meter)
    super(variables, engine.options, { sync: true }, { memoryLimit, renderLimit, liquid: engine })
    this.meter = meter
    this.at = at
    this.form = form
    this.used = collect ? new Map() : undefined
  }

  missing(variable: string): void {
    if (this.#told.has(variable)) return
    this.#told.add(variable)
    this.problems.push({ code: 'missing-value', variable })
  }

  notText(variable: string): void {
    this.problems.push({ code: 'value-not-text', variable })
  }
}

/** Our own tags and filters only ever run inside a Rendering. */
export function asRendering(context: Context): Rendering {
  if (context instanceof Rendering) return context
  throw new TypeError('rendered outside a Rendering')
}

/** Collects the text and charges its length to the memory limit, which LiquidJS itself does not. */
export class MeteredEmitter implements Emitter {
  buffer = ''
  private readonly context: Context

  constructor(context: Context) {
    this.context = context
  }

  write(value: unknown): void {
    const text = typeof value === 'string' ? value : (textOf(value, this.context) ?? '')
    this.context.memoryLimit.use(text.length)
    this.buffer += text
  }
}

/** A value as text; lists are joined. Undefined for a group of values, whose text would be "[object Object]". */
export function textOf(value: unknown, context: Context, bare = false): string | undefined {
  if (value instanceof TypedValue && context instanceof Rendering) return sayTyped(value, context, bare)
  const plain: unknown = toValue(value)
  if (typeof plain === 'string') return plain
  if (plain === undefined || plain === null) return ''
  if (Array.isArray(plain)) return listText(plain, context)
  if (typeof plain === 'number') return numberText(plain)
  return typeof plain === 'object' || typeof plain === 'function' ? undefined : String(plain)
}

/** A program that reads JSON is given the plain value, a person the words for it. */
function sayTyped(value: TypedValue, { form, at }: Rendering, bare: boolean): string {
  if (form === 'json') return String(value.plain)
  return bare ? value.sayBare(at) : value.say(at)
}

/** In plain digits, without the noise of binary fractions; nothing for what is no number. */
function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  const read = decimalOf(value)
  return read === undefined ? '' : writeDecimal(read)
}

function listText(list: readonly unknown[], context: Context): string | undefined {
  context.memoryLimit.use(list.length)
  let joined = ''
  for (const item of list) {
    const text = textOf(item, context)
    if (text === undefined) return undefined
    joined += text
  }
  return joined
}

/** A text within a string of JSON. */
export const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** How a value is written among the words of each format. */
export const escapers: Readonly<Record<MessageFormat, (text: string) => string>> = {
  text: (text) => text,
  html: escapeHtml,
  json: escapeJson,
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (mark) => escapes[mark] ?? mark) : text
}
