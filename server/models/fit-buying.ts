import type { ModelReport } from '../../shared/api/models.ts'
import { addDays } from '../../shared/calendar/index.ts'
import { type BgNbd, type Cell, cellsOf, expectedMore } from '../../shared/models/bg-nbd.ts'
import { expectedWorth, fitGammaGamma, type GammaGamma } from '../../shared/models/gamma-gamma.ts'
import { type BuyingDay, daysOfUnit, repeatsOf, spendingOf } from '../../shared/models/histories.ts'
import type { History } from '../../shared/models/standing.ts'
import { fitTo } from './bg-nbd.ts'

/** How many days are held out to see what the model would have said of them, and in which steps that is shown. */
const heldOut = 84
const stepDays = 7

export interface LookedAt {
  readonly sample: readonly History[]
  /** As days are counted, and as it is written. */
  readonly day: number
  readonly until: string
}

type Forecast = NonNullable<ModelReport['forecast']>

const upTo = (days: readonly BuyingDay[], day: number) => days.filter((one) => one.day <= day)

const cellsOn = (sample: readonly History[], day: number): Cell[] =>
  cellsOf(
    sample.flatMap(({ days }) => {
      const before = upTo(days, day)
      return before.length === 0 ? [] : [repeatsOf(before, day)]
    }),
  )

/** Fits the model of repeat buying. Problems `model-too-little`, `model-unsettled`. */
export function fitBuying({ sample, day, until }: LookedAt): BgNbd {
  return fitTo(cellsOn(sample, day), until).parameters
}

/** What the model, fitted to what came before the days held out, expected of them, beside what came. Problems as above. */
export function forecastBuying({ sample, day, until }: LookedAt): Forecast {
  const start = day - heldOut
  const cells = cellsOn(sample, start)
  const { parameters } = fitTo(cells, addDays(until, -heldOut))
  const known = sample.filter(({ days }) => (days[0]?.day ?? day) <= start)
  const steps = Array.from({ length: heldOut / stepDays }, (_, index) => {
    const days = (index + 1) * stepDays
    const expected = cells.reduce(
      (sum, cell) => sum + cell.customers * expectedMore(parameters, cell, days / daysOfUnit),
      0,
    )
    const actual = known.reduce(
      (sum, own) => sum + own.days.filter((one) => one.day > start && one.day <= start + days).length,
      0,
    )
    return { days, expected, actual }
  })
  const { expected = 0, actual = 0 } = steps.at(-1) ?? {}
  return {
    from: addDays(until, 1 - heldOut),
    days: heldOut,
    customers: known.length,
    expected,
    actual,
    steps,
  }
}

/** The least customers with repeat purchases to whom what a purchase is worth is fitted. */
export const spendingOn = (sample: readonly History[], day: number) =>
  sample.flatMap(({ days }) => spendingOf(upTo(days, day)) ?? [])

export function fitWorth({ sample, day }: Pick<LookedAt, 'sample' | 'day'>): GammaGamma | null {
  const { parameters, settled } = fitGammaGamma(spendingOn(sample, day))
  return settled ? parameters : null
}

/** What purchases of the days held out were expected to be worth on average, beside what they were worth. */
export function forecastWorth({ sample, day, until }: LookedAt): Forecast | null {
  const start = day - heldOut
  const model = fitWorth({ sample, day: start })
  if (model === null) return null
  let [customers, purchases, expected, actual] = [0, 0, 0, 0]
  for (const { days } of sample) {
    const before = upTo(days, start)
    const after = days.filter((one) => one.day > start && one.day <= day)
    if (before.length === 0 || after.length === 0) continue
    customers += 1
    purchases += after.length
    expected += after.length * expectedWorth(model, spendingOf(before))
    actual += after.reduce((sum, { worth }) => sum + worth, 0)
  }
  if (purchases === 0) return null
  return {
    from: addDays(until, 1 - heldOut),
    days: heldOut,
    customers,
    expected: expected / purchases,
    actual: actual / purchases,
    steps: [],
  }
}
