import type { Rates, RatesBasis, RatesByHand } from '../../shared/api/rehearsal.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { Behaviour } from './behaviour.ts'
import { amountsOf, dailyOf, meanOf, nothingCounted, orderValue, together } from './counting.ts'
import { type Known, pastReader } from './known.ts'
import { answersTogether, chosen, perRate, sharesOf } from './message-rates.ts'
import { modelOf, type Pasts } from './models.ts'
import type { PastRequest } from './pasts.ts'
import type { Entered } from './world.ts'

const dayMs = 86_400_000

/** What customers are assumed to do under *rates* (rule 29), as it can be told in a message. */
export interface Assumed {
  readonly rates: Rates
  /** Values of orders in minor units, by size, and the mean that stands for them where there are none. */
  readonly amounts: readonly number[]
  readonly mean: number
  /** How often orders come, compared with what those whose pasts are taken over did. */
  readonly factor: number
  /** The chance a day of an order where they made none. */
  readonly flat: number
  /** By trigger, whose pasts stand for what those do unprompted whom it lets in. */
  readonly pasts: ReadonlyMap<string, Pasts>
}

/** The same, ready to be drawn from. */
export interface Assumptions {
  readonly rates: Rates
  /** What those do unprompted whom a trigger lets in. */
  readonly behaviours: ReadonlyMap<string, Behaviour>
  /** An order's value in minor units, by a chance from 0 to 1. */
  readonly amount: (chance: number) => number
}

export function drawnFrom(assumed: Assumed, journeyId: string, start: number): Assumptions {
  const { rates, amounts, mean, factor, flat, pasts } = assumed
  const amount = orderValue(amounts, mean)
  const behaviours = new Map(
    [...pasts].map(([trigger, of]): [string, Behaviour] => [
      trigger,
      { model: modelOf(of, journeyId, start), factor, flat, amount },
    ]),
  )
  return { rates, behaviours, amount }
}

export interface AssumptionsRequest extends Omit<PastRequest, 'first'> {
  readonly entered: readonly Entered[]
  readonly byHand: RatesByHand
  /** How long the same weeks are. */
  readonly days: number
}

async function knownOf(request: AssumptionsRequest): Promise<Map<string, Known>> {
  const { source, names, start, entered, days } = request
  const known = new Map<string, Known>()
  const first = await source.firstEventAt(names)
  if (first === null || first >= start) return known
  const read = pastReader({ ...request, first }, days)
  for (const one of entered) known.set(one.trigger, await read(one))
  return known
}

/** What is told of most of those who come in. */
function mainOf(entered: readonly Entered[], known: ReadonlyMap<string, Known>): Known | null {
  const [largest] = [...entered].sort((a, b) => b.ids.length - a.ids.length)
  return largest === undefined ? null : (known.get(largest.trigger) ?? null)
}

/** What customers will do by the brand's own past, and what of it that rests on. */
export async function assumptionsOf(
  request: AssumptionsRequest,
): Promise<{ readonly assumed: Assumed; readonly basis: RatesBasis }> {
  const { source, entered, start, byHand, plan, brand, days } = request
  const known = await knownOf(request)
  const counted = [...known.values()].reduce((all, one) => together(all, one.counted), nothingCounted)
  const daily = dailyOf(counted)
  const mean = meanOf(counted) ?? (await source.meanOrder(start))

  const main = mainOf(entered, known)
  const moments = main?.weeks?.moments ?? []
  const untilOf = (at: number) => Math.min(start, at + days * dayMs)
  const then = answersTogether(await Promise.all(moments.map((at) => source.answers(at, untilOf(at)))))
  const ever = await source.answers(0, start)
  const [same, whole] = [moments.length === 0 ? null : sharesOf(then, daily), sharesOf(ever, daily)]
  const rates = perRate((name) => chosen(name, byHand, same, whole))

  const unprompted = rates.unprompted.rate
  const modelled = daily !== null && daily > 0
  const zone = zoneOf(plan, brand)
  const messages = { same_weeks: then.messages, whole_history: ever.messages, by_hand: 0, usual: 0 }
  return {
    assumed: {
      rates: perRate((name) => rates[name].rate),
      amounts: amountsOf(counted),
      mean,
      factor: modelled ? unprompted / daily : 1,
      flat: modelled ? 0 : unprompted,
      pasts: new Map(
        entered.map(({ trigger }) => [trigger, known.get(trigger)?.model ?? { kind: 'nobody' }]),
      ),
    },
    basis: {
      sources: perRate((name) => rates[name].source),
      festival: main?.weeks?.festival ?? null,
      weeks: moments.map((at) => ({ from: localDate(at, zone), to: localDate(untilOf(at) - 1, zone) })),
      people: main?.people ?? 'nobody',
      customers: counted.people,
      orders: counted.orderDays,
      messages: messages[rates.click.source],
      mean_order: mean,
    },
  }
}
