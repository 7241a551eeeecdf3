import { addDays, startOfDay } from '../../shared/calendar/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { type BgNbd, cellsOf, expectedMore, fitBgNbd } from '../../shared/models/bg-nbd.ts'
import { dayAt, daysOfUnit, Histories, type History, repeatsOf } from '../../shared/models/histories.ts'
import type { PurchaseReads } from '../ports/models.ts'

/** Up to which day purchases count, that day among them ('YYYY-MM-DD'), by the calendar of a zone. */
export interface Until {
  readonly until: string
  readonly zone: string
}

export interface Fitted {
  /** Who has bought by then. */
  readonly customers: number
  /** Of the rate in weeks. */
  readonly parameters: BgNbd
  readonly logLikelihood: number
}

export interface Forecast {
  /** Purchases of the days that come, by those who had bought before: by the model, and as they were. */
  readonly expected: number
  readonly actual: number
}

/** What was bought up to a day, customer by customer. */
export async function historiesUntil(
  reads: PurchaseReads,
  { until, zone }: Until,
): Promise<readonly History[]> {
  const histories = new Histories(zone)
  for await (const piece of reads.purchases(startOfDay(addDays(until, 1), zone)))
    for (const purchase of piece) histories.take(purchase)
  return histories.all
}

/** The number of a day, as histories count them. */
export const dayNumber = ({ until, zone }: Until): number => dayAt(startOfDay(until, zone), zone)

/** Refuses to guess by too little. Problem `model-too-little`. */
export function refuseTooLittle(histories: readonly History[], until: string): void {
  const repeats = histories.reduce((sum, { days }) => sum + days.length - 1, 0)
  const leastCustomers = limits.modelCustomers.value
  const leastRepeats = limits.modelRepeats.value
  if (histories.length < leastCustomers || repeats < leastRepeats)
    throw new Problem('model-too-little', {
      until,
      customers: histories.length,
      repeats,
      least_customers: leastCustomers,
      least_repeats: leastRepeats,
    })
}

/** Fits the model to what was bought up to a day. Problems `model-too-little`, `model-unsettled`. */
export function fitTo(histories: readonly History[], until: Until): Fitted {
  refuseTooLittle(histories, until.until)
  const day = dayNumber(until)
  const cells = cellsOf(histories.map((history) => repeatsOf(history, day)))
  const { parameters, logLikelihood, settled } = fitBgNbd(cells)
  if (!settled) throw new Problem('model-unsettled')
  return { customers: histories.length, parameters, logLikelihood }
}

export async function fitModel(reads: PurchaseReads, until: Until): Promise<Fitted> {
  return fitTo(await historiesUntil(reads, until), until)
}

/** Fits the model up to a day, and holds what it expects of the days after it beside what was bought then. */
export async function forecast(reads: PurchaseReads, until: Until, days: number): Promise<Forecast> {
  const before = await historiesUntil(reads, until)
  const { parameters } = fitTo(before, until)
  const day = dayNumber(until)
  const expected = before.reduce(
    (sum, history) => sum + expectedMore(parameters, repeatsOf(history, day), days / daysOfUnit),
    0,
  )
  const known = new Set(before.map(({ customerId }) => customerId))
  const after = await historiesUntil(reads, { ...until, until: addDays(until.until, days) })
  const actual = after.reduce(
    (sum, history) =>
      known.has(history.customerId) ? sum + history.days.filter((one) => one.day > day).length : sum,
    0,
  )
  return { expected, actual }
}
