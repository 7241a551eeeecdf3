import type { Distribution } from '../../shared/api/models.ts'
import { quantile } from '../../shared/models/quintiles.ts'
import {
  entryOf,
  type ScoreKind,
  type ScoreName,
  type Scores,
  scoreNames,
} from '../../shared/models/scores.ts'

type Bars = Distribution['bars']
type Values = readonly (string | number)[]

const noBounds = { from: null, to: null }
/** Words of the brand's own that have a bar. */
const mostTexts = 12

function counted(values: Values): Map<string | number, number> {
  const counts = new Map<string | number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** One bar each, in the order of the words, or of the numbers. */
function each(order: Values): (values: Values) => Bars {
  return (values) => {
    const counts = counted(values)
    return order.map((value) => ({ value, ...noBounds, customers: counts.get(value) ?? 0 }))
  }
}

/** The most frequent first; all others together at the end, as null. */
function frequent(values: Values): Bars {
  const sorted = [...counted(values)].sort(([, left], [, right]) => right - left)
  const shown = sorted.slice(0, mostTexts).map(([value, customers]) => ({ value, ...noBounds, customers }))
  const rest = sorted.slice(mostTexts).reduce((sum, [, customers]) => sum + customers, 0)
  return rest === 0 ? shown : [...shown, { value: null, ...noBounds, customers: rest }]
}

/** Equal steps from 0, beginning where they begin; the last one is open where values may lie beyond it. */
function stepped(width: number, steps: number, open: boolean): (values: Values) => Bars {
  return (values) => {
    const counts = new Array<number>(steps).fill(0)
    for (const value of values) {
      const step = Math.min(steps - 1, Math.max(0, Math.floor(Number(value) / width + 1e-9)))
      counts[step] = (counts[step] ?? 0) + 1
    }
    return counts.map((customers, step) => ({
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

/** As wide as fits nineteen of twenty customers. */
function fitting(values: Values): Bars {
  const sorted = Float64Array.from(values, Number).sort()
  return stepped(roundUp(quantile(sorted, 0.95) / (shownSteps - 1)), shownSteps, true)(values)
}

/** Ten ranks a bar, the first and the last of them told. */
function ranked(values: Values): Bars {
  const width = 10
  return stepped(
    width,
    width,
    false,
  )(values.map((rank) => Number(rank) - 1)).map((bar, step) => ({
    ...bar,
    from: step * width + 1,
    to: (step + 1) * width,
  }))
}

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** How each kind of score is shown as bars. */
const barsOf: Readonly<Record<ScoreKind, (values: Values, name: ScoreName) => Bars>> = {
  fifth: each(numbered(1, 5)),
  word: (values, name) => each(Object.keys(entryOf(name).words ?? {}))(values),
  text: frequent,
  number: fitting,
  money: fitting,
  share: stepped(0.1, 10, false),
  rank: ranked,
  hour: each(numbered(0, 23)),
}

/** Gathers what everybody scores. Numbers and short words alone are held, a few bytes each. */
export class Distributions {
  readonly #values = new Map<ScoreName, (string | number)[]>()

  add(scores: Scores): void {
    for (const name of scoreNames) {
      const value = scores[name]
      if (value === undefined) continue
      const own = this.#values.get(name)
      if (own === undefined) this.#values.set(name, [value])
      else own.push(value)
    }
  }

  of(names: readonly ScoreName[]): Distribution[] {
    return names.flatMap((score) => {
      const values = this.#values.get(score)
      if (values === undefined) return []
      return [{ score, customers: values.length, bars: barsOf[entryOf(score).kind](values, score) }]
    })
  }
}
