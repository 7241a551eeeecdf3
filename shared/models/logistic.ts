import { logistic } from './special.ts'

/** A logistic regression over standardised features. */
export interface Logistic {
  readonly intercept: number
  /** Of a feature less its mean, in spreads. */
  readonly weights: readonly number[]
  readonly means: readonly number[]
  readonly spreads: readonly number[]
}

export interface Example {
  readonly features: readonly number[]
  readonly happened: boolean
}

const mostRounds = 50
const smallStep = 1e-8

/**
 * Fits by Newton's method (iteratively reweighted least squares: Hastie, Tibshirani and Friedman, The Elements of
 * Statistical Learning, 4.4.1), with a ridge on all weights but the intercept, so that it settles also where a feature
 * tells the outcome perfectly, or two tell the same.
 */
export function fitLogistic(examples: readonly Example[], ridge = 1): Logistic {
  const width = examples[0]?.features.length ?? 0
  const { means, spreads } = standards(examples, width)
  const rows = examples.map(({ features, happened }) => ({
    x: [1, ...standardised(features, means, spreads)],
    y: happened ? 1 : 0,
  }))
  let beta = new Array<number>(width + 1).fill(0)
  for (let round = 0; round < mostRounds; round += 1) {
    const { gradient, hessian } = slopes(rows, beta, ridge)
    const step = solve(hessian, gradient)
    beta = beta.map((one, index) => one + (step[index] ?? 0))
    if (step.every((one) => Math.abs(one) < smallStep)) break
  }
  const [intercept = 0, ...weights] = beta
  return { intercept, weights, means, spreads }
}

function standards(examples: readonly Example[], width: number): Pick<Logistic, 'means' | 'spreads'> {
  const count = Math.max(1, examples.length)
  const axes = Array.from({ length: width }, (_, axis) => axis)
  const mean = (of: (features: readonly number[]) => number) =>
    examples.reduce((sum, { features }) => sum + of(features), 0) / count
  const means = axes.map((axis) => mean((features) => features[axis] ?? 0))
  const spreads = axes.map((axis) => {
    const spread = Math.sqrt(mean((features) => ((features[axis] ?? 0) - (means[axis] ?? 0)) ** 2))
    // What is the same for all tells nothing, and is divided by something.
    return spread < 1e-9 ? 1 : spread
  })
  return { means, spreads }
}

const standardised = (
  features: readonly number[],
  means: readonly number[],
  spreads: readonly number[],
): number[] => features.map((one, axis) => (one - (means[axis] ?? 0)) / (spreads[axis] ?? 1))

interface Row {
  readonly x: readonly number[]
  readonly y: number
}

function slopes(rows: readonly Row[], beta: readonly number[], ridge: number) {
  const size = beta.length
  const gradient = beta.map((one, index) => (index === 0 ? 0 : -ridge * one))
  const hessian = beta.map((_, row) => beta.map((__, column) => (row === column && row > 0 ? ridge : 0)))
  for (const { x, y } of rows) {
    let sum = 0
    for (let index = 0; index < size; index += 1) sum += (beta[index] ?? 0) * (x[index] ?? 0)
    const p = logistic(sum)
    // A certain example still weighs a little, or nothing could be divided by it.
    const weight = Math.max(1e-9, p * (1 - p))
    for (let row = 0; row < size; row += 1) {
      const own = x[row] ?? 0
      gradient[row] = (gradient[row] ?? 0) + own * (y - p)
      const line = hessian[row] ?? []
      for (let column = 0; column < size; column += 1)
        line[column] = (line[column] ?? 0) + weight * own * (x[column] ?? 0)
    }
  }
  return { gradient, hessian }
}

/** Solves a system of linear equations by Gauss' elimination with partial pivoting. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row
    const [own = [], other = []] = [rows[column], rows[pivot]]
    rows[pivot] = own
    rows[column] = other
    const lead = other[column] ?? 0
    if (lead === 0) continue
    for (let row = column + 1; row < size; row += 1) {
      const line = rows[row] ?? []
      const factor = (line[column] ?? 0) / lead
      for (let at = column; at <= size; at += 1) line[at] = (line[at] ?? 0) - factor * (other[at] ?? 0)
    }
  }
  const found = new Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row -= 1) {
    const line = rows[row] ?? []
    let rest = line[size] ?? 0
    for (let at = row + 1; at < size; at += 1) rest -= (line[at] ?? 0) * (found[at] ?? 0)
    const lead = line[row] ?? 0
    found[row] = lead === 0 ? 0 : rest / lead
  }
  return found
}

/** What each feature adds to the log-odds, against somebody average. */
export function contributionsOf(
  { weights, means, spreads }: Logistic,
  features: readonly number[],
): number[] {
  return standardised(features, means, spreads).map((one, axis) => one * (weights[axis] ?? 0))
}

export function probabilityOf(model: Logistic, features: readonly number[]): number {
  return logistic(contributionsOf(model, features).reduce((sum, one) => sum + one, model.intercept))
}
