import type { Distribution } from '../../shared/api/models.ts'
import { countedAs, hasPosition, hundredthsOf } from '../../shared/models/position.ts'
import {
  entryOf,
  type ScoreKind,
  type ScoreName,
  type Scores,
  scoreNames,
} from '../../shared/models/scores.ts'

type Bars = Distribution['bars']
type Value = string | number
/** How many customers have each value. */
type Counts = ReadonlyMap<Value, number>

const noBounds = { from: null, to: null }
/** Words of the brand's own that have a bar. */
const mostTexts = 12

/** One bar each, in the order of the words, or of the numbers. */
function each(order: readonly Value[]): (counts: Counts) => Bars {
  return (counts) => order.map((value) => ({ value, ...noBounds, customers: counts.get(value) ?? 0 }))
}

/** The most frequent first; all others together at the end, as null. */
function frequent(counts: Counts): Bars {
  const sorted = [...counts].sort(([, left], [, right]) => right - left)
  const shown = sorted.slice(0, mostTexts).map(([value, customers]) => ({ value, ...noBounds, customers }))
  const rest = sorted.slice(mostTexts).reduce((sum, [, customers]) => sum + customers, 0)
  return rest === 0 ? shown : [...shown, { value: null, ...noBounds, customers: rest }]
}

/** Equal steps from 0, beginning where they begin; the last one is open where values may lie beyond it. */
function stepped(width: number, steps: number, open: boolean): (counts: Counts) => Bars {
  return (counts) => {
    const bars = new Array<number>(steps).fill(0)
    for (const [value, customers] of counts) {
      const step = Math.min(steps - 1, Math.max(0, Math.floor(Number(value) / width + 1e-9)))
      bars[step] = (bars[step] ?? 0) + customers
    }
    return bars.map((customers, step) => ({
      value: null,
      from: Math.round(step * width * 1e6) / 1e6,
      to: open && step === steps - 1 ? null : Math.round((step + 1) * width * 1e6) / 1e6,
      customers,
    }))
  }
}

/** The least of 1, 2 and 5 times a power of ten that is no less. */
function roundUp(width: number): number {
  if (!(width > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(width))
  return ([1, 2, 5, 10].find((one) => one * power >= width) ?? 10) * power
}

const shownSteps = 12

/** The value below which a share of the customers lies. */
function quantileOf(counts: Counts, share: number): number {
  const sorted = [...counts].map(([value, customers]) => [Number(value), customers] as const)
  sorted.sort(([left], [right]) => left - right)
  let left = share * sorted.reduce((sum, [, customers]) => sum + customers, 0)
  for (const [value, customers] of sorted) {
    left -= customers
    if (left < 0) return value
  }
  return sorted.at(-1)?.[0] ?? 0
}

/** As wide as fits nineteen of twenty customers. */
const fitting = (counts: Counts): Bars =>
  stepped(roundUp(quantileOf(counts, 0.95) / (shownSteps - 1)), shownSteps, true)(counts)

/** Ten ranks a bar, the first and the last of them told. */
function ranked(counts: Counts): Bars {
  const width = 10
  const fromNought = new Map([...counts].map(([rank, customers]) => [Number(rank) - 1, customers]))
  const bars = stepped(width, width, false)(fromNought)
  return bars.map((bar, step) => ({ ...bar, from: step * width + 1, to: (step + 1) * width }))
}

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** How each kind of score is shown as bars. */
const barsOf: Readonly<Record<ScoreKind, (counts: Counts, name: ScoreName) => Bars>> = {
  fifth: each(numbered(1, 5)),
  word: (counts, name) => each(Object.keys(entryOf(name).words ?? {}))(counts),
  text: frequent,
  number: fitting,
  money: fitting,
  share: stepped(0.1, 10, false),
  rank: ranked,
  hour: each(numbered(0, 23)),
}

/** Gathers what everybody scores, as counts of values: a base may be larger than the memory. */
export class Distributions {
  readonly #counts = new Map<ScoreName, Map<Value, number>>()

  add(scores: Scores, times = 1): void {
    for (const name of scoreNames) {
      const value = scores[name]
      if (value === undefined) continue
      const own = this.#counts.get(name) ?? new Map<Value, number>()
      this.#counts.set(name, own)
      const told = countedAs(name, value)
      own.set(told, (own.get(told) ?? 0) + times)
    }
  }

  /** How many have a value. */
  count(name: ScoreName, value: Value): number {
    return this.#counts.get(name)?.get(value) ?? 0
  }

  of(names: readonly ScoreName[]): Distribution[] {
    return names.flatMap((score) => {
      const counts = this.#counts.get(score)
      if (counts === undefined) return []
      const customers = [...counts.values()].reduce((sum, one) => sum + one, 0)
      const hundredths = hasPosition(score) ? hundredthsOf(counts) : []
      return [{ score, customers, bars: barsOf[entryOf(score).kind](counts, score), hundredths }]
    })
  }
}
