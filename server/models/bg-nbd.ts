import { addDays, startOfDay } from '../../shared/calendar/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import {
  type BgNbd,
  type Cell,
  cellsOf,
  expectedMore,
  fitBgNbd,
  type Repeats,
} from '../../shared/models/bg-nbd.ts'
import { dayAt, daysOf, daysOfUnit, repeatsOf } from '../../shared/models/histories.ts'
import type { PurchaseReads } from '../ports/models.ts'
import { buyers } from './buyers.ts'

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

/** The moment at which a day is over. */
export const endOf = ({ until, zone }: Until): number => startOfDay(addDays(until, 1), zone)

/** The number of a day, as histories count them. */
export const dayNumber = ({ until, zone }: Until): number => dayAt(startOfDay(until, zone), zone)

async function cellsUntil(reads: PurchaseReads, until: Until): Promise<Cell[]> {
  const day = dayNumber(until)
  const known: Repeats[] = []
  for await (const { orders } of buyers(reads, endOf(until)))
    known.push(repeatsOf(daysOf(orders, until.zone), day))
  return cellsOf(known)
}

const sumOf = (cells: readonly Cell[], of: (cell: Cell) => number): number =>
  cells.reduce((sum, cell) => sum + cell.customers * of(cell), 0)

/** Fits the model to customers as they stood on a day. Problems `model-too-little`, `model-unsettled`. */
export function fitTo(cells: readonly Cell[], until: string): Fitted {
  const customers = sumOf(cells, () => 1)
  const repeats = sumOf(cells, (cell) => cell.repeats)
  const [leastCustomers, leastRepeats] = [limits.modelCustomers.value, limits.modelRepeats.value]
  if (customers < leastCustomers || repeats < leastRepeats)
    throw new Problem('model-too-little', {
      ...{ until, customers, repeats },
      ...{ least_customers: leastCustomers, least_repeats: leastRepeats },
    })
  const { parameters, logLikelihood, settled } = fitBgNbd(cells)
  if (!settled) throw new Problem('model-unsettled')
  return { customers, parameters, logLikelihood }
}

/** Fits the model to all that was bought up to a day. */
export async function fitModel(reads: PurchaseReads, until: Until): Promise<Fitted> {
  return fitTo(await cellsUntil(reads, until), until.until)
}

/** Fits the model up to a day, and holds what it expects of the days after it beside what was bought then. */
export async function forecast(reads: PurchaseReads, until: Until, days: number): Promise<Forecast> {
  const cells = await cellsUntil(reads, until)
  const { parameters } = fitTo(cells, until.until)
  const expected = sumOf(cells, (cell) => expectedMore(parameters, cell, days / daysOfUnit))
  const day = dayNumber(until)
  let actual = 0
  for await (const { orders } of buyers(reads, endOf({ ...until, until: addDays(until.until, days) }))) {
    const bought = daysOf(orders, until.zone)
    if ((bought[0]?.day ?? day + 1) <= day) actual += bought.filter((one) => one.day > day).length
  }
  return { expected, actual }
}
