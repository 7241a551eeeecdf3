import {
  CommentTag,
  type Context,
  type Emitter,
  evalToken,
  ForTag,
  type Liquid,
  type Parser,
  TablerowTag,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
  TypeGuards,
} from 'liquidjs'
import { decimalOf } from '../../decimal.ts'
import { FilterFault } from './faults.ts'
import { asRendering, MeteredEmitter } from './rendering.ts'

/** `{% for %}`, with `forloop.parentloop`, and limits that are numbers. */
export class StrictFor extends ForTag {
  override *render(context: Context, emitter: Emitter): ReturnType<ForTag['render']> {
    for (const name of ['limit', 'offset']) {
      const given = this.hash.hash[name]
      if (given === undefined || !TypeGuards.isValueToken(given) || given.getText() === 'continue') continue
      const count: unknown = yield evalToken(given, context)
      if (count !== undefined && count !== null && decimalOf(count) === undefined)
        throw new FilterFault({ code: 'filter-arguments', filter: `for ${name}`, expected: 'a number' })
    }
    const { loops } = asRendering(context)
    loops.push(context.getSync(['forloop']))
    const written = yield* super.render(context, emitter)
    loops.pop()
    return written
  }
}

/** Lines of a table as Liquid writes them: a break after the first row's beginning and after each row. */
class RowEmitter implements Emitter {
  private readonly inner: Emitter

  constructor(inner: Emitter) {
    this.inner = inner
  }

  get buffer(): string {
    return this.inner.buffer
  }

  write(value: unknown): void {
    this.inner.write(value)
    if (value === '</tr>' || value === '<tr class="row1">') this.inner.write('\n')
  }
}

/** `{% tablerow %}`. */
export class LinedTablerow extends TablerowTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    yield* super.render(context, new RowEmitter(emitter))
  }
}

/** Takes tokens away up to the end of a block that may hold others of its kind. */
function skipTo(token: TagToken, rest: TopLevelToken[]): void {
  let depth = 1
  while (depth > 0) {
    const next = rest.shift()
    if (next === undefined) throw new Error(`tag ${token.getText()} not closed`)
    if (!TypeGuards.isTagToken(next)) continue
    if (next.name === token.name) depth += 1
    else if (next.name === `end${token.name}`) depth -= 1
  }
}

/** `{% comment %}`, and in it comments. */
export class NestedComment extends CommentTag {
  constructor(token: TagToken, rest: TopLevelToken[], engine: Liquid) {
    const whole = [...rest]
    skipTo(token, whole)
    // The library looks for the first end; it is given ours alone.
    const end = rest[rest.length - whole.length - 1]
    rest.splice(0, rest.length - whole.length)
    super(token, end === undefined ? [] : [end], engine)
  }
}

/** `{% doc %}`: words about the template, for whoever reads it. */
export class DocTag extends Tag {
  constructor(token: TagToken, rest: TopLevelToken[], engine: Liquid) {
    super(token, rest, engine)
    this.tokenizer.assert(token.args === '', 'expected no words after doc')
    skipTo(token, rest)
  }

  override render(): void {}
}

/** `{% ifchanged %}`: written only where it differs from what it was the last time. */
export class IfChanged extends Tag {
  private readonly templates: Template[] = []

  constructor(token: TagToken, rest: TopLevelToken[], engine: Liquid, parser: Parser) {
    super(token, rest, engine)
    const stream = parser
      .parseStream(rest)
      .on('tag:endifchanged', () => stream.stop())
      .on<Template>('template', (template) => this.templates.push(template))
      .on('end', () => {
        throw new Error(`tag ${token.getText()} not closed`)
      })
    stream.start()
  }

  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const inner = new MeteredEmitter(context)
    yield this.liquid.renderer.renderTemplates(this.templates, context, inner)
    const rendering = asRendering(context)
    if (inner.buffer === rendering.lastChanged) return
    rendering.lastChanged = inner.buffer
    emitter.write(inner.buffer)
  }

  *children(): Generator<unknown, Template[]> {
    yield
    return this.templates
  }
}
