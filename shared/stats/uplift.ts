/** How many of a group did what was hoped for. */
export interface Arm {
  readonly members: number
  readonly converted: number
}

export interface Uplift {
  /** Rate of the treated less that of the control group. */
  readonly difference: number
  /** The 95% interval of the difference. */
  readonly low: number
  readonly high: number
  /** Two-sided; how likely a difference at least so large is where none exists. */
  readonly pValue: number
}

/** The normal quantile of 97.5%. */
const z95 = 1.959963984540054

/**
 * The complementary error function, with a relative error below 1.2e-7 everywhere (Press et al., Numerical
 * Recipes, 6.2: a Chebyshev fit by Horner's rule).
 */
export function erfc(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x))
  const coefficients = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
    1.00002368, -1.26551223,
  ]
  const fit = coefficients.reduce((sum, coefficient) => sum * t + coefficient, 0)
  const value = t * Math.exp(-x * x + fit)
  return x >= 0 ? value : 2 - value
}

/** The score interval of one proportion (Wilson 1927). */
export function wilson({ members, converted }: Arm, z = z95): readonly [low: number, high: number] {
  if (members === 0) return [0, 1]
  const rate = converted / members
  const square = z * z
  const centre = rate + square / (2 * members)
  const spread = z * Math.sqrt((rate * (1 - rate)) / members + square / (4 * members * members))
  const scale = 1 + square / members
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)]
}

/** The pooled two-proportion z statistic; 0 where both groups are all alike. */
export function pooledZ(treated: Arm, control: Arm): number {
  const pooled = (treated.converted + control.converted) / (treated.members + control.members)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / treated.members + 1 / control.members))
  if (error === 0) return 0
  return (treated.converted / treated.members - control.converted / control.members) / error
}

/**
 * What the journey added, against the held-out group: the difference of the rates, its interval by
 * Newcombe's hybrid of two score intervals (1998, method 10), and the p-value of the pooled z-test. null
 * where either group is empty.
 */
export function upliftOf(treated: Arm, control: Arm): Uplift | null {
  if (treated.members === 0 || control.members === 0) return null
  const rate = treated.converted / treated.members
  const base = control.converted / control.members
  const [low, high] = wilson(treated)
  const [baseLow, baseHigh] = wilson(control)
  const difference = rate - base
  return {
    difference,
    low: difference - Math.hypot(rate - low, baseHigh - base),
    high: difference + Math.hypot(high - rate, base - baseLow),
    pValue: Math.min(1, erfc(Math.abs(pooledZ(treated, control)) / Math.SQRT2)),
  }
}
