import { leastOf } from './simplex.ts'
import { hypergeometric, lnGamma, logAdd, logistic } from './special.ts'

/**
 * The BG/NBD model of repeat buying: Fader, Hardie and Lee, "Counting Your Customers" the Easy Way: An Alternative to
 * the Pareto/NBD Model, Marketing Science 24 (2005) 275-284; its equations are meant by their numbers below. Customers
 * buy at random at a rate of their own (gamma: r, alpha), and after each purchase leave for good with a probability of
 * their own (beta: a, b).
 */
export interface BgNbd {
  readonly r: number
  /** Per unit of time in which ages and recencies are counted. */
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** All that the model asks of a customer; times in one unit, from the first purchase on. */
export interface Repeats {
  /** Purchases after the first: x. */
  readonly repeats: number
  /** When the last of them was, 0 where there is none: t_x. */
  readonly recency: number
  /** How long ago the first purchase was: T. */
  readonly age: number
}

/** How many customers look alike to the model. */
export interface Cell extends Repeats {
  readonly customers: number
}

/** Customers that look alike to the model, as one; of a base most have bought once. */
export function cellsOf(customers: Iterable<Repeats>): Cell[] {
  const cells = new Map<string, { repeats: number; recency: number; age: number; customers: number }>()
  for (const { repeats, recency, age } of customers) {
    const key = `${repeats} ${recency} ${age}`
    const known = cells.get(key)
    if (known === undefined) cells.set(key, { repeats, recency, age, customers: 1 })
    else known.customers += 1
  }
  return [...cells.values()]
}

/** The logarithm of the likelihood of all customers: equation 6, with its sum taken in logarithms. */
export function logLikelihood({ r, alpha, a, b }: BgNbd, cells: readonly Cell[]): number {
  const common = r * Math.log(alpha) - lnGamma(r)
  const dropouts = lnGamma(a + b) - lnGamma(b)
  const lnA = Math.log(a)
  // What depends on the number of purchases alone is the same for many.
  const byRepeats = new Map<number, number>()
  let sum = 0
  for (const { repeats: x, recency, age, customers } of cells) {
    let own = byRepeats.get(x)
    if (own === undefined) {
      own = common + dropouts + lnGamma(r + x) + lnGamma(b + x) - lnGamma(a + b + x)
      byRepeats.set(x, own)
    }
    const staying = -(r + x) * Math.log(alpha + age)
    const either =
      x === 0 ? staying : logAdd(staying, lnA - Math.log(b + x - 1) - (r + x) * Math.log(alpha + recency))
    sum += customers * (own + either)
  }
  return sum
}

export interface BgNbdFit {
  readonly parameters: BgNbd
  readonly logLikelihood: number
  readonly settled: boolean
}

/** No parameter is looked for beyond these: what the data does not tell would run away to either end. */
const [least, most] = [1e-5, 1e5]

/** Parameters from their logarithms, in which they cannot be below 0; null beyond the bounds. */
function parametersOf(logs: readonly number[]): BgNbd | null {
  const [r = 1, alpha = 1, a = 1, b = 1] = logs.map(Math.exp)
  const inside = [r, alpha, a, b].every((one) => one >= least && one <= most)
  return inside ? { r, alpha, a, b } : null
}

/** The parameters of greatest likelihood. */
export function fitBgNbd(cells: readonly Cell[], onAsked?: (asked: number) => void): BgNbdFit {
  const customers = cells.reduce((sum, cell) => sum + cell.customers, 0)
  const meanAge = cells.reduce((sum, cell) => sum + cell.age * cell.customers, 0) / Math.max(1, customers)
  const cost = (logs: readonly number[]) => {
    const parameters = parametersOf(logs)
    return parameters === null ? Number.POSITIVE_INFINITY : -logLikelihood(parameters, cells) / customers
  }
  const start = [1, Math.max(meanAge / 2, least * 2), 1, 2].map(Math.log)
  const { at, settled } = leastOf(cost, start, onAsked)
  const parameters = parametersOf(at) ?? { r: 1, alpha: 1, a: 1, b: 1 }
  return { parameters, logLikelihood: logLikelihood(parameters, cells), settled }
}

/** Where a denominator comes so near to 0 that the fraction has no digits left, it is taken for this. */
const nearNothing = 1e-7
const awayFrom = (pole: number, given: number): number =>
  Math.abs(given - pole) < nearNothing ? pole + nearNothing : given

/**
 * The term with 2F1 that both expectations take from 1, as equation 9 has it, z being t / (alpha + t). The function is
 * taken as it stands or by Euler's transformation (Abramowitz and Stegun 15.3.3), whichever stays bounded up to z = 1.
 */
function takenFromOne(r: number, a: number, b: number, z: number): number {
  const c = a + b - 1
  if (a - 1 <= r) return (1 - z) ** (a - 1) * hypergeometric(c - r, a - 1, c, z)
  return (1 - z) ** r * hypergeometric(r, b, c, z)
}

/** How many purchases a customer of whom nothing is known makes in so long: equation 9. */
export function expectedRepeats(model: BgNbd, time: number): number {
  return expectedMore(model, { repeats: 0, recency: 0, age: 0 }, time)
}

/** How many more purchases a customer makes in the time that comes, by what is known of them: equation 10. */
export function expectedMore(model: BgNbd, known: Repeats, time: number): number {
  // The denominator of equation 10 is that of the probability of being there still.
  return expectedOfStaying(model, known, time) * probabilityAlive(model, known)
}

/** The same of a customer who has surely not left, which does not turn on when the last purchase was. */
export function expectedOfStaying(
  { r, alpha, a: given, b }: BgNbd,
  { repeats: x, age }: Pick<Repeats, 'repeats' | 'age'>,
  time: number,
): number {
  if (time <= 0) return 0
  const a = awayFrom(1, given)
  // With r + x and b + x in place of r and b the numerator of equation 10 is equation 9.
  const bx = awayFrom(1 - a, b + x)
  const taken = takenFromOne(r + x, a, bx, time / (alpha + age + time))
  return ((a + bx - 1) / (a - 1)) * (1 - taken)
}

/**
 * The probability that a customer has not left: Fader, Hardie and Lee, Computing P(alive) Using the BG/NBD Model
 * (2008). Whoever bought once alone has, by this model, not left yet.
 */
export function probabilityAlive({ r, alpha, a, b }: BgNbd, { repeats: x, recency, age }: Repeats): number {
  if (x === 0) return 1
  const odds =
    Math.log(a) - Math.log(b + x - 1) + (r + x) * (Math.log(alpha + age) - Math.log(alpha + recency))
  return logistic(-odds)
}
