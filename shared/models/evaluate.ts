/** What was said beforehand, and whether it came so. */
export interface Judged {
  readonly probability: number
  readonly happened: boolean
}

/** One tenth of the base, by what was said of it. */
export interface Tenth {
  readonly customers: number
  /** On average. */
  readonly said: number
  readonly happened: number
}

export interface Quality {
  readonly customers: number
  readonly happened: number
  /** The chance that of two customers the one who did it had been given the higher probability. */
  readonly auc: number
  /** From the least likely to the most likely tenth. */
  readonly tenths: Tenth[]
  /** How much more often the uppermost tenth did it than all. */
  readonly lift: number
}

/** The area under the ROC curve by ranks (Mann and Whitney 1947; Hanley and McNeil 1982), equals counting half. */
export function areaUnderCurve(judged: readonly Judged[]): number | null {
  const sorted = judged.toSorted((left, right) => left.probability - right.probability)
  const happened = sorted.filter((one) => one.happened).length
  const others = sorted.length - happened
  if (happened === 0 || others === 0) return null
  let ranks = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (to < sorted.length && sorted[to]?.probability === sorted[from]?.probability) to += 1
    const rank = (from + 1 + to) / 2
    for (let at = from; at < to; at += 1) if (sorted[at]?.happened === true) ranks += rank
    from = to
  }
  return (ranks - (happened * (happened + 1)) / 2) / (happened * others)
}

const parts = 10

/** How well something was said; null where all or none did it, as nothing can be told apart then. */
export function judge(judged: readonly Judged[]): Quality | null {
  const auc = areaUnderCurve(judged)
  if (auc === null) return null
  const sorted = judged.toSorted((left, right) => left.probability - right.probability)
  const happened = sorted.filter((one) => one.happened).length
  const tenths = Array.from({ length: parts }, (_, part) =>
    tenthOf(
      sorted.slice(
        Math.round((part * sorted.length) / parts),
        Math.round(((part + 1) * sorted.length) / parts),
      ),
    ),
  ).filter(({ customers }) => customers > 0)
  const top = tenths.at(-1)
  const all = happened / sorted.length
  const lift = top === undefined ? 1 : top.happened / top.customers / all
  return { customers: sorted.length, happened, auc, tenths, lift }
}

function tenthOf(judged: readonly Judged[]): Tenth {
  const customers = judged.length
  return {
    customers,
    said: judged.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, customers),
    happened: judged.filter((one) => one.happened).length,
  }
}
