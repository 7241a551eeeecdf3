import {
  CaptureTag,
  type Context,
  CycleTag,
  type Emitter,
  type FilteredValueToken,
  type Liquid,
  type Parser,
  Tag,
  type TagToken,
  type TopLevelToken,
} from 'liquidjs'
import { Printer } from './output.ts'
import { asStrict } from './parser.ts'
import { asRendering, escapers, isBlank, MeteredEmitter, textOf } from './rendering.ts'
import { StrictValue } from './value.ts'

type Identifier = ReturnType<Tag['tokenizer']['readIdentifier']>

/** `{% assign name = value %}`: a blank variable is only reported if the name is printed. */
export class StrictAssign extends Tag {
  readonly value: StrictValue
  readonly identifier: Identifier
  private readonly source: FilteredValueToken

  constructor(token: TagToken, rest: TopLevelToken[], engine: Liquid, parser: Parser) {
    super(token, rest, engine)
    this.identifier = this.tokenizer.readIdentifier()
    this.tokenizer.assert(this.identifier.content, 'expected variable name')
    this.tokenizer.skipBlank()
    this.tokenizer.assert(this.tokenizer.peek() === '=', 'expected "="')
    this.tokenizer.advance()
    this.source = this.tokenizer.readFilteredValue()
    this.value = new StrictValue(this.source, engine, asStrict(parser).locals)
  }

  override render(context: Context): void {
    const rendering = asRendering(context)
    const { value, blank } = this.value.keep(rendering)
    const name = this.identifier.content
    Reflect.set(context.bottom(), name, value)
    rendering.captured.delete(name)
    if (blank === undefined) rendering.blankLocals.delete(name)
    else rendering.blankLocals.set(name, blank)
  }

  *arguments(): IterableIterator<FilteredValueToken> {
    yield this.source
  }

  *localScope(): IterableIterator<Identifier> {
    yield this.identifier
  }
}

/** `{% echo value %}`. */
export class StrictEcho extends Tag {
  readonly printer: Printer | undefined
  private readonly source: FilteredValueToken | undefined

  constructor(token: TagToken, rest: TopLevelToken[], engine: Liquid, parser: Parser) {
    super(token, rest, engine)
    this.tokenizer.skipBlank()
    this.source = this.tokenizer.end() ? undefined : this.tokenizer.readFilteredValue()
    if (this.source !== undefined) {
      this.printer = new Printer(new StrictValue(this.source, engine, asStrict(parser).locals))
    }
  }

  override render(context: Context, emitter: Emitter): void {
    if (this.printer !== undefined) emitter.write(this.printer.text(asRendering(context)))
  }

  *arguments(): IterableIterator<FilteredValueToken> {
    if (this.source !== undefined) yield this.source
  }
}

/** `{% capture name %}`, whose text counts towards the memory limit. */
export class MeteredCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    const rendering = asRendering(context)
    const emitter = new MeteredEmitter(context)
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter)
    Reflect.set(context.bottom(), this.variable, emitter.buffer)
    rendering.blankLocals.delete(this.variable)
    rendering.captured.add(this.variable)
  }
}

/** `{% cycle a, b %}`, whose values must not be blank either. */
export class StrictCycle extends CycleTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, unknown, unknown> {
    const rendering = asRendering(context)
    const value = yield* super.render(context, emitter)
    if (isBlank(value)) rendering.missing(this.token.args.trim())
    const text = textOf(value, context)
    if (text === undefined) rendering.notText(this.token.args.trim())
    return escapers[rendering.form](text ?? '')
  }
}
