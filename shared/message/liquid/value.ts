import {
  evalToken,
  type FilteredValueToken,
  type FilterImplOptions,
  type Liquid,
  type Token,
  TypeGuards,
  toValue,
  toValueSync,
} from 'liquidjs'
import { plainOf, TypedValue } from '../typed.ts'
import { checkFilter } from './arity.ts'
import { ValueFault } from './faults.ts'
import { extentOf } from './meter.ts'
import { onlyOperand, type Path, pathOf, readKeys } from './path.ts'
import { isBlank, type Rendering, textOf } from './rendering.ts'

type FilterToken = FilteredValueToken['filters'][number]
type FilterArg = FilterToken['args'][number]
type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>

/** Filters that know what to do with a value that says itself. */
const takesTyped = new Set(['money', 'default'])

/** Steps of a path that look at the whole of a text. */
const taken = new Set(['size', 'first', 'last'])

/** What a filter's argument was written as: `key: value` for the named ones. */
interface Arg {
  key: string | undefined
  token: Token | undefined
  path: Path | undefined
  variable: boolean
}

interface Step {
  handler: Handler
  token: FilterToken
  args: readonly Arg[]
  isDefault: boolean
}

/** Names that a template makes itself, collected while it is parsed. */
export interface LocalNames {
  /** By assign, capture, increment. */
  assigned: Set<string>
  /** By for and tablerow. */
  looped: Set<string>
}

/** A variable by its full name; the root is undefined where the path is computed, as in `a[b]`. */
interface NamedVariable {
  root: string | undefined
  name: string
}

/** The variables without which a value cannot be printed. */
export interface Needs {
  /** The one before the first filter; an assign passes this need on to whoever prints the local name. */
  initial: NamedVariable | undefined
  /** Those among the filters' arguments. */
  others: readonly NamedVariable[]
}

/**
 * `variable | filter | filter` under our strictness: whatever a text shows must have a value. A blank variable
 * without a `default` filter, or a blank argument of a filter, is reported to the rendering.
 */
export class StrictValue {
  readonly path: Path | undefined
  readonly guarded: boolean
  private readonly lastDefault: number
  /** The filters' names, in order. */
  readonly filters: readonly string[]
  private readonly token: FilteredValueToken
  private readonly engine: Liquid
  private readonly locals: LocalNames
  private readonly operand: Token | undefined
  private readonly steps: readonly Step[]

  constructor(token: FilteredValueToken, engine: Liquid, locals: LocalNames) {
    this.token = token
    this.engine = engine
    this.locals = locals
    this.operand = onlyOperand(token)
    this.path = pathOf(this.operand)
    this.steps = token.filters.map((filter) => stepOf(filter, engine))
    this.filters = token.filters.map((filter) => filter.name)
    this.lastDefault = this.steps.findLastIndex((step) => step.isDefault)
    this.guarded = this.lastDefault >= 0
  }

  needs(): Needs {
    const others: NamedVariable[] = []
    for (const step of this.steps) {
      for (const arg of step.args) if (arg.variable) others.push({ root: arg.path?.root, name: nameOf(arg) })
    }
    const name = this.variableName()
    const initial = this.guarded || name === undefined ? undefined : { root: this.path?.root, name }
    return { initial, others }
  }

  /** The value to print; undefined after a report. */
  print(rendering: Rendering): unknown {
    const initial = this.initial(rendering)
    const named = this.variableName()
    if (named !== undefined && !this.guarded && this.isMissing(this.path, initial, rendering)) {
      rendering.missing(sourceName(this.path, named, rendering))
      return undefined
    }
    const value = this.filtered(initial, rendering)
    if (this.steps.length > 0 && named !== undefined && !this.guarded && isBlank(value)) {
      rendering.missing(named)
      return undefined
    }
    if (rendering.used !== undefined) this.record(initial, value, rendering.used, rendering)
    return value
  }

  /** The value to keep under a local name, and the variable that left it blank. */
  keep(rendering: Rendering): { value: unknown; blank: string | undefined } {
    const initial = this.initial(rendering)
    const value = this.filtered(initial, rendering)
    const named = this.variableName()
    const blank = named !== undefined && !this.guarded && (isBlank(initial) || isBlank(value))
    return { value, blank: blank ? sourceName(this.path, named, rendering) : undefined }
  }

  /** The variable's name as reported, also when a step of it is computed. */
  variableName(): string | undefined {
    if (this.path !== undefined) return this.path.name
    return TypeGuards.isPropertyAccessToken(this.operand) ? this.operand.getText().trim() : undefined
  }

  private initial(rendering: Rendering): unknown {
    if (this.path !== undefined) return this.read(this.path, rendering)
    return toValue(toValueSync(this.token.initial.evaluate(rendering, true)))
  }

  private read(path: Path, rendering: Rendering): unknown {
    const last = path.keys.at(-1)
    if (typeof last === 'string' && taken.has(last)) this.spendOn(path, rendering)
    if (path.root === 'forloop' && path.keys[0] === 'parentloop') return readOuterLoop(path.keys, rendering)
    if (this.isLocal(path.root)) {
      const value: unknown = rendering.getSync([path.root, ...path.keys])
      return value instanceof TypedValue ? value : toValue(value)
    }
    const variables = rendering.environments
    return Object.hasOwn(variables, path.root)
      ? readKeys(Reflect.get(variables, path.root), path.keys)
      : undefined
  }

  /** The size of a text, or its first character, is found by going through it. */
  private spendOn({ root, keys, name }: Path, rendering: Rendering): void {
    rendering.meter.spend(extentOf(plainOf(this.read({ root, keys: keys.slice(0, -1), name }, rendering))))
  }

  private isLocal(root: string): boolean {
    return this.locals.assigned.has(root) || this.locals.looped.has(root)
  }

  /** A blank text that the template gave a local name on purpose may be printed. */
  private isMissing(path: Path | undefined, value: unknown, rendering: Rendering): boolean {
    if (!isBlank(value)) return false
    const own = path !== undefined && path.keys.length === 0 && this.locals.assigned.has(path.root)
    return !(own && typeof value === 'string' && !rendering.blankLocals.has(path.root))
  }

  private filtered(initial: unknown, rendering: Rendering): unknown {
    let value = initial
    this.steps.forEach((step, i) => {
      // What has no value, or none that the filter can read, falls to the default that comes later.
      const falls = i < this.lastDefault
      if (falls && this.path !== undefined && isBlank(value)) {
        if (step.isDefault) value = this.apply(step, value, rendering)
        return
      }
      try {
        value = this.apply(step, value, rendering)
      } catch (error) {
        if (!(error instanceof ValueFault)) throw error
        if (!falls) throw error.of(this.variableName())
        value = undefined
      }
    })
    return value
  }

  private apply(step: Step, value: unknown, rendering: Rendering): unknown {
    const args = step.args.map((arg) => this.argument(arg, rendering))
    const impl = { context: rendering, token: step.token, liquid: this.engine }
    const given = takesTyped.has(step.token.name) ? value : plainOf(value)
    rendering.meter.spend(args.reduce<number>((sum, arg) => sum + extentOf(arg), extentOf(given)))
    const result: unknown = toValueSync(step.handler.call(impl, given, ...args))
    if (!step.isDefault || isBlank(value)) this.checkArguments(step, args, rendering)
    return result
  }

  private argument(arg: Arg, rendering: Rendering): unknown {
    const value =
      arg.path === undefined ? toValueSync(evalToken(arg.token, rendering)) : this.read(arg.path, rendering)
    const plain = plainOf(value)
    return arg.key === undefined ? plain : [arg.key, plain]
  }

  private checkArguments(step: Step, args: readonly unknown[], rendering: Rendering): void {
    step.args.forEach((arg, i) => {
      if (!arg.variable) return
      const given = args[i]
      const value = arg.key !== undefined && Array.isArray(given) ? given[1] : given
      if (!this.isMissing(arg.path, value, rendering)) return
      rendering.missing(sourceName(arg.path, nameOf(arg), rendering))
    })
  }

  private record(initial: unknown, value: unknown, used: Map<string, string>, rendering: Rendering): void {
    const path = this.path
    if (path === undefined || this.isLocal(path.root)) return
    const text = textOf(isBlank(initial) ? value : initial, rendering)
    if (text !== undefined) used.set(path.name, text)
  }
}

/** A local name that took a blank variable is reported by that variable's name. */
function sourceName(path: Path | undefined, named: string, rendering: Rendering): string {
  return (path === undefined ? undefined : rendering.blankLocals.get(path.root)) ?? named
}

/** `forloop.parentloop`, once for each step outwards. */
function readOuterLoop(keys: readonly (string | number)[], rendering: Rendering): unknown {
  const steps = keys.findIndex((key) => key !== 'parentloop')
  const loop: unknown = rendering.loops.at(-(steps < 0 ? keys.length : steps))
  const name = keys[steps]
  if (loop === undefined || loop === null || typeof loop !== 'object' || name === undefined) return undefined
  const read: unknown = Reflect.get(loop, name)
  return typeof read === 'function' ? Reflect.apply(read, loop, []) : read
}

function stepOf(token: FilterToken, engine: Liquid): Step {
  const known = engine.filters[token.name]
  if (known === undefined) throw new Error(`undefined filter: ${token.name}`)
  const handler = typeof known === 'function' ? known : known.handler
  checkFilter(token)
  const args = token.args.map(argOf)
  const isDefault = token.name === 'default' && args.some((arg) => arg.key === undefined)
  return { handler, token, args, isDefault }
}

function nameOf(arg: Arg): string {
  return arg.path?.name ?? arg.token?.getText().trim() ?? ''
}

function argOf(arg: FilterArg): Arg {
  const [key, token] = Array.isArray(arg) ? arg : [undefined, arg]
  return { key, token, path: pathOf(token), variable: TypeGuards.isPropertyAccessToken(token) }
}
