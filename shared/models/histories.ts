import { wallAt } from '../calendar/offset.ts'
import type { Repeats } from './bg-nbd.ts'
import type { Spending } from './gamma-gamma.ts'

const dayMs = 86_400_000
/** Times are told to the models in weeks, as they are published. */
export const daysOfUnit = 7

/** An order as it stands: less what was given back of it, in minor units. */
export interface Purchase {
  readonly customerId: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly worth: number
}

/** Days are counted from 1970-01-01 by the brand's calendar. */
export interface BuyingDay {
  readonly day: number
  readonly worth: number
}

/** A customer's purchases by day: what is bought twice on one day is one purchase, as the models have it. */
export interface History {
  readonly customerId: string
  /** In order, at least one. */
  readonly days: readonly BuyingDay[]
}

/** The day in which a moment lies, counted from 1970-01-01. */
export const dayAt = (at: number, zone: string): number => Math.floor(wallAt(at, zone) / dayMs)

/** Puts purchases together by customer and day, in whichever pieces they come: by customer, and in order of time. */
export class Histories {
  readonly all: History[] = []
  readonly #zone: string
  #customer: string | null = null
  #days: BuyingDay[] = []

  constructor(zone: string) {
    this.#zone = zone
  }

  take({ customerId, at, worth }: Purchase): void {
    if (customerId !== this.#customer) {
      this.#customer = customerId
      this.#days = []
      this.all.push({ customerId, days: this.#days })
    }
    const day = dayAt(at, this.#zone)
    const last = this.#days.at(-1)
    if (last?.day === day) this.#days[this.#days.length - 1] = { day, worth: last.worth + worth }
    else this.#days.push({ day, worth })
  }
}

/** What repeat buying is to the models on a day, from a history that ends by then; times in weeks. */
export function repeatsOf({ days }: History, until: number): Repeats {
  const first = days[0]?.day ?? until
  const last = days.at(-1)?.day ?? first
  return {
    repeats: days.length - 1,
    recency: (last - first) / daysOfUnit,
    age: (until - first) / daysOfUnit,
  }
}

/** What the repeat purchases were worth; null where there is none, or they brought nothing. */
export function spendingOf({ days }: History): Spending | null {
  const [, ...repeats] = days
  const sum = repeats.reduce((total, { worth }) => total + worth, 0)
  return repeats.length === 0 || sum <= 0 ? null : { repeats: repeats.length, average: sum / repeats.length }
}
