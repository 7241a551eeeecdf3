import { type BgNbd, expectedOfStaying, probabilityAlive, type Repeats } from './bg-nbd.ts'

/** Over which time, in which equal pieces, and at which rate of all of it future purchases are discounted. */
export interface Horizon {
  readonly time: number
  readonly pieces: number
  readonly discount: number
}

/** What a customer is expected to buy. */
export interface Foresight {
  /** The probability of having left for good. */
  churn(known: Repeats): number
  /** Purchases of the time that is looked ahead. */
  purchases(known: Repeats): number
  /**
   * Purchases of the horizon, each discounted from the end of its piece: times what one is worth, the value of a customer
   * (Fader, Hardie and Lee, RFM and CLV: Using Iso-Value Curves for Customer Base Analysis, Journal of Marketing Research
   * 42 (2005), section "CLV").
   */
  discounted(known: Repeats): number
}

interface Staying {
  readonly purchases: number
  readonly discounted: number
}

/** Of so many kinds of customers what they buy as long as they stay is kept. */
const mostKept = 100_000

/**
 * Looks ahead by a model. What somebody buys who stays turns on how often and since when they buy alone, and is the same
 * for many: it is worked out once, and only whether each has left is theirs.
 */
export function foresee(model: BgNbd, ahead: number, { time, pieces, discount }: Horizon): Foresight {
  const kept = new Map<string, Staying>()
  const work = (known: Repeats): Staying => {
    let discounted = 0
    let before = 0
    for (let piece = 1; piece <= pieces; piece += 1) {
      const until = expectedOfStaying(model, known, (time * piece) / pieces)
      discounted += (until - before) / (1 + discount) ** (piece / pieces)
      before = until
    }
    return { purchases: expectedOfStaying(model, known, ahead), discounted }
  }
  const staying = (known: Repeats): Staying => {
    const key = `${known.repeats} ${known.age}`
    const found = kept.get(key)
    if (found !== undefined) return found
    if (kept.size >= mostKept) kept.clear()
    const made = work(known)
    kept.set(key, made)
    return made
  }
  return {
    churn: (known) => 1 - probabilityAlive(model, known),
    purchases: (known) => staying(known).purchases * probabilityAlive(model, known),
    discounted: (known) => staying(known).discounted * probabilityAlive(model, known),
  }
}
