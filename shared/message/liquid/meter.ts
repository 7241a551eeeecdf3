import { type Context, defaultOperators, type Liquid } from 'liquidjs'
import { limits } from '../../limits.ts'

type Limiter = Context['memoryLimit']
type Operators = Liquid['options']['operators']

/** So many characters of a text are gone through in one step, and a fourth as many entries of a list. */
const perStep = 20
const perEntry = 4

/** A rendering that has come to its end before its text has. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget'
  readonly over: 'templateSteps' | 'renderedSize'

  constructor(over: OverBudget['over']) {
    super(`more ${over} than ${limits[over].value}`)
    this.over = over
  }
}

/** How much there is to go through, in characters; what is neither a text nor a list takes no time. */
export function extentOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  return Array.isArray(value) ? perEntry * value.length : 0
}

/**
 * Counts what one rendering does: a step for each part of the template that is come to, each operator and each
 * filter, and one more for every twenty characters, or five entries of a list, that these go through. The same template and values
 * take the same steps everywhere, so that a text passes or fails alike on every machine.
 */
export class Meter {
  /** In characters, of which each step is worth as many as are gone through in one. */
  #work = 0
  /** Characters and list entries made. */
  #size = 0

  get steps(): number {
    return Math.floor(this.#work / perStep)
  }

  spend(extent: number): void {
    this.#work += perStep + extent
    if (this.steps > limits.templateSteps.value) throw new OverBudget('templateSteps')
  }

  make(extent: number): void {
    if (!(extent > 0)) return
    this.#size += extent
    if (this.#size > limits.renderedSize.value) throw new OverBudget('renderedSize')
    this.#work += extent
  }
}

/** Asked before each part of a template; it is handed the machine's time, and counts a step. */
class StepLimiter {
  readonly #meter: Meter

  constructor(meter: Meter) {
    this.#meter = meter
  }

  check(_seconds: number): void {
    this.#meter.spend(0)
  }

  use(_extent: number): void {
    // What is made is the other limiter's.
  }
}

/** Told what a filter is about to make. */
class SizeLimiter {
  readonly #meter: Meter

  constructor(meter: Meter) {
    this.#meter = meter
  }

  check(_extent: number): void {
    // Steps are the other limiter's.
  }

  use(extent: number): void {
    this.#meter.make(Number(extent))
  }
}

interface Metered {
  readonly memoryLimit: Limiter
  readonly renderLimit: Limiter
}

/** The meter as LiquidJS asks for its limits: the one boundary where its class is taken to be ours. */
export function limitersOf(meter: Meter): Metered {
  return { memoryLimit: new SizeLimiter(meter), renderLimit: new StepLimiter(meter) } as unknown as Metered
}

/** LiquidJS's operators; each compares no more than the meter of its rendering allows. */
export function meteredOperators(meterOf: (context: Context) => Meter): Operators {
  const metered: Operators = {}
  for (const [name, operator] of Object.entries(defaultOperators))
    metered[name] = (...args: unknown[]) => {
      const context = args.at(-1)
      const operands = args.slice(0, -1)
      meterOf(context as Context).spend(operands.reduce<number>((sum, one) => sum + extentOf(one), 0))
      return Reflect.apply(operator, undefined, args)
    }
  return metered
}
