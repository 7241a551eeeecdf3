/** Lanczos' coefficients for g = 7 and nine terms (Godfrey 2001), which give 15 digits for every argument above 0. */
const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]
const lanczosFirst = 0.9999999999998099
const lanczosG = 7
const halfLogTwoPi = Math.log(2 * Math.PI) / 2

/** The logarithm of the gamma function of x above 0 (Lanczos 1964; below one half by the reflection formula). */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x)
  const at = x - 1
  let sum = lanczosFirst
  for (let index = 0; index < lanczos.length; index += 1) sum += (lanczos[index] ?? 0) / (at + index + 1)
  const base = at + lanczosG + 0.5
  return halfLogTwoPi + (at + 0.5) * Math.log(base) - base + Math.log(sum)
}

/** The logarithm of e^a + e^b, of which neither is ever reckoned. */
export function logAdd(a: number, b: number): number {
  const high = Math.max(a, b)
  return high === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high))
}

/** The logistic function, without an overflow at either end. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const power = Math.exp(x)
  return power / (1 + power)
}

/** Terms of a series that are added at most; its argument would have to lie within 1e-5 of 1 to need them. */
const mostTerms = 4_000_000

/**
 * Gauss' hypergeometric function 2F1(a, b; c; z) for c above 0 and z from 0 to below 1, by its series (Abramowitz and
 * Stegun 15.1.1). Ends where what is left, held by a geometric series, is below the last digit.
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < mostTerms; n += 1) {
    const ratio = (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    term *= ratio
    sum += term
    if (term === 0) return sum
    // Past the parameters' own size the ratios rise or fall towards z, and stay below the greater of both.
    const bound = Math.max(Math.abs(ratio), z)
    if (bound < 1 && (Math.abs(term) * bound) / (1 - bound) <= Math.abs(sum) * 1e-16) return sum
  }
  throw new RangeError(`2F1(${a}, ${b}; ${c}; ${z}) needs more than ${mostTerms} terms`)
}
