import { expect, test } from 'vitest'
import { expectedMore } from './bg-nbd.ts'
import { foresee } from './foresight.ts'
import { expectedWorth, fitGammaGamma, logLikelihoodOfSpending } from './gamma-gamma.ts'
import { lnGamma } from './special.ts'

const model = { p: 6.25, q: 3.74, gamma: 15.44 }

test('what a purchase is worth lies between a customer’s own average and everybody’s, the nearer the more there are', () => {
  const all = expectedWorth(model, null)
  const few = expectedWorth(model, { repeats: 1, average: 100 })
  const many = expectedWorth(model, { repeats: 30, average: 100 })
  expect(all).toBeCloseTo((15.44 * 6.25) / 2.74, 10)
  expect(all).toBeLessThan(few)
  expect(few).toBeLessThan(many)
  expect(many).toBeLessThan(100)
})

test('the likelihood is greatest at the fit, and does not know the currency', () => {
  const customers = [20, 35, 11, 80, 42, 27, 31, 15, 60, 24].map((average, index) => ({
    average,
    repeats: 1 + (index % 4),
  }))
  const { parameters, logLikelihood } = fitGammaGamma(customers)
  const inCents = fitGammaGamma(
    customers.map(({ repeats, average }) => ({ repeats, average: average * 100 })),
  )
  expect(inCents.parameters.gamma / parameters.gamma).toBeCloseTo(100, 1)
  for (const factor of [0.9, 1.1])
    expect(logLikelihoodOfSpending({ ...parameters, p: parameters.p * factor }, customers)).toBeLessThan(
      logLikelihood,
    )
})

test('many customers who bought alike are added up to the last digit, so that the search settles', () => {
  const customers = Array.from({ length: 3_000 }, (_, index) => ({
    repeats: 1 + (index % 5),
    average: 50 + ((index * 7_919) % 400),
  }))
  const [p, q, gamma] = [6.25, 3.74, 15.44]
  const sum = customers.reduce(
    (all, { repeats: x, average: m }) =>
      all +
      (lnGamma(p * x + q) -
        lnGamma(p * x) -
        lnGamma(q) +
        q * Math.log(gamma) +
        (p * x - 1) * Math.log(m) +
        p * x * Math.log(x) -
        (p * x + q) * Math.log(gamma + x * m)),
    0,
  )
  expect(logLikelihoodOfSpending({ p, q, gamma }, customers)).toBe(sum)
  expect(fitGammaGamma(customers).settled).toBe(true)
})

test('the value of a customer is what is expected, times its worth, discounted', () => {
  const repeats = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
  const known = { repeats: 4, recency: 30, age: 38 }
  const all = expectedMore(repeats, known, 52) * 35
  const at = (discount: number) =>
    foresee(repeats, 13, { time: 52, pieces: 12, discount }).discounted(known) * 35
  expect(at(0)).toBeCloseTo(all, 8)
  expect(at(0.1)).toBeLessThan(all)
  expect(at(0.1)).toBeGreaterThan(all / 1.1)
})
