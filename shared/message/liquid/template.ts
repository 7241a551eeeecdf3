import {
  analyzeSync,
  LiquidError,
  type Template,
  Tokenizer,
  type TopLevelToken,
  TypeGuards,
  toValueSync,
} from 'liquidjs'
import { limits } from '../../limits.ts'
import type { RenderProblem } from '../problems.ts'
import { engine, LONGEST_TEMPLATE } from './engine.ts'
import { FilterFault, ValueFault } from './faults.ts'
import { OverBudget } from './meter.ts'
import { StrictOutput } from './output.ts'
import { StrictParser } from './parser.ts'
import { MeteredEmitter, type Rendering } from './rendering.ts'
import type { LocalNames } from './value.ts'

/** A parsed template: its text, its outputs and its tags in order. */
export interface ParsedTemplate {
  parts: readonly (string | StrictOutput | Template)[]
  templates: Template[]
  locals: LocalNames
  /** Whether it reads `now` or `today`, and whether it writes counters among the variables. */
  readsTime: boolean
  countsInVariables: boolean
  /** The keys of the contents that it names. */
  contents: readonly string[]
}

/** The parsed template, or what is wrong with it. */
export function parseTemplate(source: string): ParsedTemplate | RenderProblem {
  if (source.length > LONGEST_TEMPLATE) return { code: 'template-too-heavy' }
  try {
    const parser = new StrictParser(engine)
    const tokens: TopLevelToken[] = new Tokenizer(source, engine.options.operators).readTopLevelTokens(
      engine.options,
    )
    const templates = parser.parseTokens(tokens)
    return {
      parts: templates.map((template) => partOf(template)),
      templates,
      locals: parser.locals,
      readsTime: /\b(now|today)\b/.test(source),
      countsInVariables: parser.countsInVariables,
      contents: /\bcontent\b/.test(source) ? contentsIn(templates) : [],
    }
  } catch (error) {
    return problemOf(error, 'template-syntax')
  }
}

/** The keys by which templates name contents; names of their own hide them. */
function contentsIn(templates: Template[]): string[] {
  const read = Object.values(analyzeSync(templates, { partials: false }).globals).flat()
  const keys = read.flatMap(({ segments: [root, key] }) =>
    root === 'content' && typeof key === 'string' ? [key] : [],
  )
  return [...new Set(keys)]
}

function partOf(template: Template): string | StrictOutput | Template {
  return TypeGuards.isHTMLToken(template.token) ? template.token.getContent() : template
}

/** The text; problems are left in the rendering. */
export function run(parsed: ParsedTemplate, rendering: Rendering): string {
  const emitter = new MeteredEmitter(rendering)
  let place: Template | undefined
  try {
    for (const part of parsed.parts) {
      rendering.meter.spend(0)
      if (typeof part === 'string') {
        emitter.write(part)
        continue
      }
      place = part
      if (part instanceof StrictOutput) emitter.write(part.printer.text(rendering))
      else {
        const written: unknown = toValueSync(part.render(rendering, emitter))
        if (written !== undefined) emitter.write(written)
      }
      if (rendering.breakCalled || rendering.continueCalled) break
    }
  } catch (error) {
    rendering.problems.push(problemOf(error, 'template-filter', place?.token.getPosition()))
  }
  return emitter.buffer
}

/** A stack overflow comes of tags nested too deeply; the range's own limit is known by its message only. */
function isLimit(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof OverBudget) return true
  return error instanceof Error && /limit exceeded/.test(error.message)
}

const tooHeavy = (error: unknown): RenderProblem =>
  error instanceof OverBudget && error.over === 'templateSteps'
    ? { code: 'template-too-long-to-run', limit: limits.templateSteps.value }
    : { code: 'template-too-heavy' }

function problemOf(
  error: unknown,
  code: 'template-syntax' | 'template-filter',
  place?: number[],
): RenderProblem {
  if (isLimit(error)) return tooHeavy(error)
  if (LiquidError.is(error) && isLimit(error.originalError)) return tooHeavy(error.originalError)
  if (!(error instanceof Error)) throw error
  const cause = LiquidError.is(error) ? error.originalError : error
  if (cause instanceof ValueFault) return cause.problem()
  const [line = 1, column = 1] = (LiquidError.is(error) ? error.token.getPosition() : place) ?? []
  if (cause instanceof FilterFault) return { ...cause.wrong, line, column }
  const detail = error.message.replace(/, line:\d+, col:\d+$/, '')
  return { code, line, column, detail }
}
