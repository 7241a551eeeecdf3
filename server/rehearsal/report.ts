import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { leavingTimes, spacingOf, stretchMs } from '../../shared/journey/rate.ts'
import { sentByDay } from './ledger.ts'
import type { Walked, WalkedSum } from './walked.ts'

/** What the report says besides what came of people. */
export interface ReportAbout
  extends Pick<
    RehearsalReport,
    | 'journey'
    | 'assume'
    | 'rates'
    | 'basis'
    | 'answers'
    | 'entries'
    | 'bounded'
    | 'unforeseen'
    | 'unknown_customers'
    | 'start'
    | 'until'
    | 'sample'
    | 'seconds'
  > {
  /** Other journeys that cannot be read. */
  readonly unread: readonly string[]
  readonly currency: string
  /** Whether nobody has said what a channel's messages cost. */
  readonly unpriced: (channel: string) => boolean
  /** What a model's reply costs, in thousandths of the minor unit; null where nobody knows. */
  readonly replyCost: number | null
  /** How many codes of each coupon are left; null: they are made as needed. */
  readonly codesLeft: ReadonlyMap<string, number | null>
  /** Minor units in the currency's main one. */
  readonly minorUnits: number
}

/** Nodes whose messages a model is to polish. */
export const polishedIn = ({ nodes }: Journey): ReadonlySet<string> =>
  new Set(Object.entries(nodes).flatMap(([id, { config }]) => (config.ai ? [id] : [])))

function breakerOf({ trip, sent }: Walked): RehearsalReport['breaker'] {
  if (trip === null) return null
  const { at, ...told } = trip
  return { ...told, at: new Date(at).toISOString(), sent }
}

/** Rule 22: messages leave in the order in which they were decided, so far apart as the rate limit has it. */
function rateOf(spacing: number | null, times: readonly number[]): RehearsalReport['rate'] {
  if (spacing === null) return null
  const decided = [...times].sort((a, b) => a - b)
  const leaving = leavingTimes(spacing, decided)
  let [held, longest] = [0, 0]
  leaving.forEach((at, index) => {
    const late = Math.round(at - (decided[index] ?? at))
    // Closer together than this nobody can tell them apart.
    if (late < stretchMs) return
    held += 1
    longest = Math.max(longest, late)
  })
  const last = leaving.at(-1)
  return { held, longest_ms: longest, last: last === undefined ? null : new Date(last).toISOString() }
}

/** Who comes once the pool is empty gets none. */
const couponOf = (coupon: string, needed: number, left: number | null) => ({
  ...{ coupon, needed, left },
  short: left === null ? 0 : Math.max(0, needed - left),
})

/** The report of what came of all; it holds no time of its own but `seconds`. */
export function reportOf(walked: WalkedSum, journey: Journey, about: ReportAbout): RehearsalReport {
  const { currency, unpriced, seconds, unread, replyCost, minorUnits, codesLeft, ...head } = about
  const { ledger } = walked
  const all = walked.sum()
  const byDay = ledger.byDay()
  return {
    ...head,
    left_out: { customers: all.unreadable, passages: [...all.stuck.values()], journeys: [...unread] },
    entered: all.entered,
    ...ledger.inAll(),
    by_day: byDay,
    days: sentByDay(byDay),
    audiences: Object.fromEntries(all.audiences),
    coupons: [...all.coupons].map(([coupon, needed]) =>
      couponOf(coupon, needed, codesLeft.get(coupon) ?? null),
    ),
    endings: all.endings,
    waiting: all.waiting,
    goals: Object.fromEntries(all.goals),
    control: all.control,
    cost: { currency, total: all.costMilli / 1000, unpriced: [...all.channels].filter(unpriced).sort() },
    passage: { shortest: all.shortest, longest: all.longest },
    most_messages: all.mostSent,
    render_failures: all.failures,
    kept_out: all.keptOut,
    breaker: breakerOf(all),
    rate: rateOf(spacingOf(journey.settings), all.decided),
    ai:
      polishedIn(journey).size === 0
        ? null
        : {
            asked: all.asked,
            total: replyCost === null ? null : (all.asked * replyCost) / 1000 / minorUnits,
          },
    timeline: ledger.timeline(),
    seconds,
  }
}
