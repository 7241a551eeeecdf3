import { type Context, type Emitter, type FilteredValueToken, type Liquid, Output } from 'liquidjs'
import type { MessageFormat } from '../format.ts'
import { MarkupValue } from '../typed.ts'
import type { StrictParser } from './parser.ts'
import { asRendering, escapeHtml, escapers, type Rendering, textOf } from './rendering.ts'
import { StrictValue } from './value.ts'

type OutputToken = ConstructorParameters<typeof Output>[0]

/** How a printed value is escaped: at all, not where the last filter has done so, or but for line breaks. */
type Escaping = 'escaped' | 'as-is' | 'broken-lines'

export function escapingOf(filters: readonly string[], form: MessageFormat): Escaping {
  const last = filters.at(-1)
  if (form === 'json') return last === 'json' ? 'as-is' : 'escaped'
  if (last === 'raw' || last === 'escape' || last === 'escape_once') return 'as-is'
  if (last !== 'newline_to_br') return 'escaped'
  return filters.includes('escape') || filters.includes('escape_once') ? 'as-is' : 'broken-lines'
}

/** Writes a value for the reader; a group of values is reported instead. */
export class Printer {
  readonly value: StrictValue
  /** Whether the text beside it names the currency already. */
  private readonly bare: boolean

  constructor(value: StrictValue, bare = false) {
    this.value = value
    this.bare = bare
  }

  text(rendering: Rendering): string {
    const value = this.value.print(rendering)
    if (value instanceof MarkupValue && rendering.form === 'html') return value.markup
    const text = typeof value === 'string' ? value : textOf(value, rendering, this.bare)
    if (text === undefined) {
      rendering.notText(this.value.variableName() ?? '')
      return ''
    }
    return rendering.form === 'text' ? text : this.escaped(text, rendering)
  }

  private escaped(text: string, rendering: Rendering): string {
    const escaping = escapingOf(this.value.filters, rendering.form)
    if (escaping === 'as-is') return text
    // newline_to_br ran before the escaping, so its own tags are put back.
    if (escaping === 'broken-lines') return escapeHtml(text).replaceAll('&lt;br /&gt;', '<br />')
    const path = this.value.path
    const captured =
      path !== undefined &&
      this.value.filters.length === 0 &&
      path.keys.length === 0 &&
      rendering.captured.has(path.root)
    return captured ? text : escapers[rendering.form](text)
  }
}

const looked = 12
const signBefore = /(?:[¥￥$€£₩₫₹฿₱]|\b(?:RMB|CNY|USD|JPY|EUR|GBP|KRW|HKD|TWD|SGD))\s*$/i
const unitBehind =
  /^\s*(?:元(?![旦宵月素气])|块钱|圆|圓|円|港币|港元|美元|欧元|英镑|日元|韩元|台币|원|(?:RMB|CNY|USD|JPY|EUR|GBP|KRW|HKD|TWD|SGD|yuan|yen|won|dollars?|euros?|pounds?)\b)/i

/** Whether a text writes a currency beside a value, as texts do that were written for a bare number. */
function namesCurrency({ input, begin, end }: OutputToken): boolean {
  return (
    signBefore.test(input.slice(Math.max(0, begin - looked), begin)) ||
    unitBehind.test(input.slice(end, end + looked))
  )
}

/** `{{ value | filters }}`. */
export class StrictOutput extends Output {
  readonly printer: Printer
  private readonly source: FilteredValueToken

  constructor(token: OutputToken, engine: Liquid, parser: StrictParser) {
    super(token, engine)
    this.source = parser.tokenizerOf(token).readFilteredValue()
    this.printer = new Printer(new StrictValue(this.source, engine, parser.locals), namesCurrency(token))
  }

  override *render(context: Context, emitter: Emitter): IterableIterator<unknown> {
    yield emitter.write(this.printer.text(asRendering(context)))
  }

  override *arguments(): IterableIterator<FilteredValueToken> {
    yield this.source
  }
}
