import { leastOf } from './simplex.ts'
import { lnGamma } from './special.ts'

/**
 * The gamma-gamma model of what a purchase is worth: Fader, Hardie and Lee, RFM and CLV: Using Iso-Value Curves for
 * Customer Base Analysis, Journal of Marketing Research 42 (2005) 415-430; the equations as numbered by Fader and
 * Hardie, The Gamma-Gamma Model of Monetary Value (2013). What customers spend varies around an average of their own
 * (shape p), and these averages differ between them (q, gamma); they do not depend on how often somebody buys.
 */
export interface GammaGamma {
  readonly p: number
  readonly q: number
  /** In the money in which the values are. */
  readonly gamma: number
}

/** What a customer's repeat purchases were worth. */
export interface Spending {
  /** Repeat purchases: x, at least one. */
  readonly repeats: number
  /** Their average worth, above 0. */
  readonly average: number
}

/** What of the likelihood does not turn on the parameters, a place for each customer. */
interface Prepared {
  /** The numbers of repeat purchases that there are: a few dozen, however many customers. */
  readonly repeats: readonly number[]
  /** Which of them is the customer's. */
  readonly of: Int32Array
  readonly logs: Float64Array
  /** What all of them were worth. */
  readonly totals: Float64Array
}

function prepared(customers: readonly Spending[]): Prepared {
  const places = new Map<number, number>()
  for (const { repeats } of customers) if (!places.has(repeats)) places.set(repeats, places.size)
  return {
    repeats: [...places.keys()],
    of: Int32Array.from(customers, ({ repeats }) => places.get(repeats) ?? 0),
    logs: Float64Array.from(customers, ({ average }) => Math.log(average)),
    totals: Float64Array.from(customers, ({ repeats, average }) => repeats * average),
  }
}

/**
 * The logarithm of the likelihood of all customers: equation 1a. What turns on how often they bought alone is worked out
 * once for all who are alike; added up it is customer by customer, as sums of thousands would lose the digits by which
 * the search for the greatest settles.
 */
function logLikelihoodOf({ p, q, gamma }: GammaGamma, { repeats, of, logs, totals }: Prepared): number {
  const alike = repeats.map((x) => ({
    first: lnGamma(p * x + q) - lnGamma(p * x) - lnGamma(q) + q * Math.log(gamma),
    second: p * x * Math.log(x),
    shape: p * x,
  }))
  let sum = 0
  for (let customer = 0; customer < of.length; customer += 1) {
    const own = alike[of[customer] ?? 0]
    if (own === undefined) continue
    const { first, second, shape } = own
    const spent = Math.log(gamma + (totals[customer] ?? 0))
    sum += first + (shape - 1) * (logs[customer] ?? 0) + second - (shape + q) * spent
  }
  return sum
}

export const logLikelihoodOfSpending = (parameters: GammaGamma, customers: readonly Spending[]): number =>
  logLikelihoodOf(parameters, prepared(customers))

export interface GammaGammaFit {
  readonly parameters: GammaGamma
  readonly logLikelihood: number
  readonly settled: boolean
}

const [least, most] = [1e-4, 1e4]

/** The parameters of greatest likelihood, with q above 1: below, the average over all customers is infinite. */
export function fitGammaGamma(
  customers: readonly Spending[],
  onAsked?: (asked: number) => void,
): GammaGammaFit {
  const mean = customers.reduce((sum, { average }) => sum + average, 0) / Math.max(1, customers.length)
  // In units of the mean, so that the search knows no currency.
  const scaled = prepared(customers.map(({ repeats, average }) => ({ repeats, average: average / mean })))
  const parametersOf = (logs: readonly number[]): GammaGamma | null => {
    const [p = 1, above = 1, gamma = 1] = logs.map(Math.exp)
    const inside = [p, above, gamma].every((one) => one >= least && one <= most)
    return inside ? { p, q: 1 + above, gamma } : null
  }
  const cost = (logs: readonly number[]) => {
    const parameters = parametersOf(logs)
    if (parameters === null) return Number.POSITIVE_INFINITY
    return -logLikelihoodOf(parameters, scaled) / customers.length
  }
  const { at, settled } = leastOf(cost, [Math.log(2), Math.log(2), 0], onAsked)
  const { p, q, gamma } = parametersOf(at) ?? { p: 1, q: 2, gamma: 1 }
  const parameters = { p, q, gamma: gamma * mean }
  return { parameters, logLikelihood: logLikelihoodOfSpending(parameters, customers), settled }
}

/** What a purchase of a customer is worth on average, by those that were seen; of none, everybody's: equation 5. */
export function expectedWorth({ p, q, gamma }: GammaGamma, spending: Spending | null): number {
  if (spending === null) return (gamma * p) / (q - 1)
  const { repeats: x, average } = spending
  return (p * (gamma + x * average)) / (p * x + q - 1)
}
