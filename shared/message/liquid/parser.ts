import {
  Expression,
  type Liquid,
  LiquidError,
  ParseError,
  Parser,
  type TagToken,
  type Template,
  type Token,
  Tokenizer,
  type TopLevelToken,
  TypeGuards,
  type ValueToken,
} from 'liquidjs'
import { StrictOutput } from './output.ts'
import type { LocalNames } from './value.ts'
import { dropBlank } from './whitespace.ts'

type ParsedTemplate = ReturnType<Parser['parseToken']>

/** No range may start or end beyond it: at 2^53 adding one changes nothing, and LiquidJS would never stop. */
export const LARGEST_BOUND = 1e9

/** Reads expressions strictly, and ranges such as `(1..n)` so that their bounds are checked when they are known. */
class BoundedTokenizer extends Tokenizer {
  /** Two values with no operator between them: LiquidJS would drop the first, so that `a is 'x'` were always true. */
  override *readExpressionTokens(): IterableIterator<Token> {
    let operand: Token | undefined
    for (const token of super.readExpressionTokens()) {
      const isOperator = TypeGuards.isOperatorToken(token)
      if (!isOperator && operand !== undefined) {
        throw this.error(`"${token.getText()}" is not an operator; there are == != > < >= <= contains and or`)
      }
      operand = isOperator ? undefined : token
      yield token
    }
  }

  /** A name that begins with a hyphen is a minus sign, which Liquid has not. */
  override readValue(): ReturnType<Tokenizer['readValue']> {
    const token = super.readValue()
    if (token !== undefined && TypeGuards.isPropertyAccessToken(token) && token.getText().startsWith('-'))
      throw this.error(`there is no subtraction before "${token.getText().slice(1)}": use the filter minus`)
    return token
  }

  override readGroupOrRange(): ReturnType<Tokenizer['readGroupOrRange']> {
    const token = super.readGroupOrRange()
    if (TypeGuards.isRangeToken(token)) {
      token.lhs = bounded(token.lhs)
      token.rhs = bounded(token.rhs)
    }
    return token
  }
}

function bounded(bound: ValueToken): ValueToken {
  if (
    TypeGuards.isNumberToken(bound) &&
    Number.isInteger(bound.content) &&
    Math.abs(bound.content) <= LARGEST_BOUND
  )
    return bound
  const checked = new Tokenizer('0 | range_bound').readFilteredValue()
  checked.initial = new Expression([bound])
  return checked
}

/** LiquidJS's parser, with our outputs, our ranges, and a note of every name that the template makes itself. */
export class StrictParser extends Parser {
  readonly locals: LocalNames = { assigned: new Set(), looped: new Set() }
  /** Whether `increment` or `decrement` will write among the variables. */
  countsInVariables = false
  private readonly blanks = new Set<Template>()
  private readonly engine: Liquid

  constructor(engine: Liquid) {
    super(engine)
    this.engine = engine
  }

  override parseTokens(tokens: TopLevelToken[]): Template[] {
    for (const token of tokens) {
      if (!TypeGuards.isTagToken(token)) continue
      if (token.name === 'when') checkWhen(token)
      const place = token.tokenizer.p
      token.tokenizer = this.tokenizerOf(token)
      token.tokenizer.p = place
    }
    return super.parseTokens(tokens)
  }

  override parseToken(token: TopLevelToken, remaining: TopLevelToken[]): ParsedTemplate {
    if (TypeGuards.isOutputToken(token)) return this.outputOf(token)
    const parsed = super.parseToken(token, remaining)
    this.noteLocals(parsed)
    dropBlank(parsed, this.blanks)
    return parsed
  }

  private outputOf(token: ConstructorParameters<typeof StrictOutput>[0]): StrictOutput {
    try {
      return new StrictOutput(token, this.engine, this)
    } catch (error) {
      if (LiquidError.is(error) || !(error instanceof Error)) throw error
      throw new ParseError(error, token)
    }
  }

  tokenizerOf(token: { input: string; contentRange: [number, number] }): Tokenizer {
    return new BoundedTokenizer(token.input, this.engine.options.operators, undefined, token.contentRange)
  }

  private noteLocals(template: Template): void {
    if (template.localScope !== undefined) {
      for (const name of template.localScope()) this.locals.assigned.add(name.content)
    }
    if (template.blockScope !== undefined) {
      for (const name of template.blockScope()) this.locals.looped.add(name)
    }
    if (TypeGuards.isTagToken(template.token) && /^(in|de)crement$/.test(template.token.name)) {
      this.countsInVariables = true
    }
  }
}

/** `{% when %}` of nothing, which LiquidJS passes over in silence. */
function checkWhen(token: TagToken): void {
  if (token.args.trim() === '') throw new ParseError(new Error('when what?'), token)
}

/** The parser that LiquidJS hands to a tag; always ours, as only ours parses. */
export function asStrict(parser: Parser): StrictParser {
  if (parser instanceof StrictParser) return parser
  throw new TypeError('parsed outside a StrictParser')
}
