import { limits } from '../../shared/limits.ts'
import { traitsOf } from '../../shared/models/habits.ts'
import { type BuyingDay, dayAt, daysOf } from '../../shared/models/histories.ts'
import { rfmOf } from '../../shared/models/rfm.ts'
import type { ScoringPlace } from '../../shared/models/score.ts'
import { unit } from '../../shared/stats/hash.ts'
import type { Buyer } from './buyers.ts'

/** Numbers of everybody: a list of them would take several times the memory. */
class Column {
  #values = new Float64Array(1024)
  #length = 0

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#length * 2)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.#length] = value
    this.#length += 1
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#length)
  }
}

/** A buyer as models are fitted: what was bought on which day, and which orders were for less. */
export interface Sampled {
  readonly days: readonly BuyingDay[]
  /** By order, in order of time. */
  readonly orders: readonly { readonly day: number; readonly reduced: boolean }[]
}

/** A part of all buyers by the hash of their ids, halved whenever it has grown beyond twice what is asked. */
class Sample {
  #kept: { readonly at: number; readonly one: Sampled }[] = []
  #share = 1

  offer(id: string, make: () => Sampled): void {
    const at = unit('model-sample', id)
    if (at >= this.#share) return
    this.#kept.push({ at, one: make() })
    if (this.#kept.length <= limits.modelSample.value) return
    this.#share /= 2
    this.#kept = this.#kept.filter((kept) => kept.at < this.#share)
  }

  get all(): readonly Sampled[] {
    return this.#kept.map(({ one }) => one)
  }
}

/** What one look at the whole base has gathered for all models. */
export class Survey {
  readonly #place: ScoringPlace
  readonly #recency = new Column()
  readonly #frequency = new Column()
  readonly #value = new Column()
  readonly #gaps = new Column()
  readonly #sample = new Sample()
  #orders = 0
  #reduced = 0
  customers = 0

  constructor(place: ScoringPlace) {
    this.#place = place
  }

  add({ customerId, orders }: Buyer): void {
    const { zone, day } = this.#place
    const days = daysOf(orders, zone)
    const { recency, frequency, value } = rfmOf(days, day)
    this.customers += 1
    this.#recency.add(recency)
    this.#frequency.add(frequency)
    this.#value.add(value)
    for (let index = 1; index < days.length; index += 1)
      this.#gaps.add((days[index]?.day ?? 0) - (days[index - 1]?.day ?? 0))
    const reduced = orders.map(({ properties }) => traitsOf(properties).reduced)
    this.#orders += orders.length
    this.#reduced += reduced.filter((one) => one).length
    this.#sample.offer(customerId, () => ({
      days,
      orders: orders.map(({ at }, index) => ({ day: dayAt(at, zone), reduced: reduced[index] ?? false })),
    }))
  }

  get rfm() {
    return { recency: this.#recency.values, frequency: this.#frequency.values, value: this.#value.values }
  }

  /** Days between two purchases, of everybody. */
  get gaps(): Float64Array {
    return this.#gaps.values
  }

  /** The share of all orders that were bought for less. */
  get reducedShare(): number {
    return this.#reduced / Math.max(1, this.#orders)
  }

  get sample(): readonly Sampled[] {
    return this.#sample.all
  }
}
