import { day, dayStart, type Month, midnight } from './calendar.ts'
import { type Category, categoryNames } from './catalogue.ts'
import { Weighted } from './random.ts'

export type Mood = 'romance' | 'family' | 'bargain'
type Tastes = Record<Category, number>

/** A season of gifts: when it falls, how strongly it pulls, when people buy for it, and what. */
export interface Season {
  kind: string
  /** which of a member's inclinations it speaks to */
  mood: Mood
  /** mean purchases of an average living member each time */
  pull: number
  /** what remains of a price, in hundredths */
  priceFactor: number
  dates: readonly string[]
  /** share of its purchases by days before the date, from the date itself backwards */
  lead: readonly number[]
  tastes: Weighted<Category>
}

/** One year's occurrence of a season. */
export interface Occasion {
  season: Season
  /** the season's place in the list, 0 to 9: part of its order numbers */
  place: number
  dayAt: number
  /** how many days before the date a purchase falls */
  leads: Weighted<number>
}

function tastes(weights: Tastes): Weighted<Category> {
  return new Weighted(categoryNames, (category) => weights[category])
}

/** What members buy when nothing is being celebrated. */
export const everydayTastes: Record<'female' | 'male', Weighted<Category>> = {
  female: tastes({ 香氛: 18, 首饰: 11, 鲜花: 13, 巧克力: 9, 家居: 16, 美妆: 21, 茶礼: 6, 文创: 10 }),
  male: tastes({ 香氛: 9, 首饰: 15, 鲜花: 17, 巧克力: 10, 家居: 14, 美妆: 8, 茶礼: 17, 文创: 11 }),
}

const forTwo = tastes({ 香氛: 13, 首饰: 27, 鲜花: 31, 巧克力: 14, 家居: 2, 美妆: 8, 茶礼: 1, 文创: 4 })
const forQixi = tastes({ 香氛: 14, 首饰: 29, 鲜花: 24, 巧克力: 12, 家居: 2, 美妆: 11, 茶礼: 1, 文创: 7 })
const forFamily = tastes({ 香氛: 5, 首饰: 3, 鲜花: 7, 巧克力: 7, 家居: 14, 美妆: 6, 茶礼: 48, 文创: 10 })
const forOneself = tastes({ 香氛: 19, 首饰: 9, 鲜花: 2, 巧克力: 8, 家居: 25, 美妆: 27, 茶礼: 5, 文创: 5 })

/** Gifts for two are bought in the last days: a courier needs two, flowers come on the day. */
const gifts = [6, 13, 13, 12, 8, 7, 6, 6, 5, 5, 4, 4, 3.5, 3, 2.5]

export const seasons: readonly Season[] = [
  {
    kind: 'qixi',
    mood: 'romance',
    pull: 0.31,
    priceFactor: 100,
    dates: ['2024-08-10', '2025-08-29', '2026-08-19', '2027-08-08', '2028-08-26'],
    lead: gifts,
    tastes: forQixi,
  },
  {
    kind: 'love-day',
    mood: 'romance',
    pull: 0.19,
    priceFactor: 95,
    dates: ['2025-05-20', '2026-05-20', '2027-05-20', '2028-05-20'],
    lead: gifts.slice(0, 8),
    tastes: forTwo,
  },
  {
    kind: 'valentine',
    mood: 'romance',
    pull: 0.165,
    priceFactor: 100,
    dates: ['2025-02-14', '2026-02-14', '2027-02-14', '2028-02-14'],
    lead: gifts.slice(0, 10),
    tastes: forTwo,
  },
  {
    kind: 'mid-autumn',
    mood: 'family',
    pull: 0.165,
    priceFactor: 100,
    dates: ['2024-09-17', '2025-10-06', '2026-09-25', '2027-09-15', '2028-10-03'],
    lead: [2, 4, 8, 11, 12, 12, 11, 10, 8, 7, 6, 5, 4, 3, 2],
    tastes: forFamily,
  },
  {
    kind: 'new-year',
    mood: 'family',
    pull: 0.175,
    priceFactor: 100,
    dates: ['2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26'],
    lead: [0, 1, 2, 3, 5, 7, 8, 9, 9, 9, 8, 7, 6, 5, 5, 4, 3, 3, 2, 2],
    tastes: forFamily,
  },
  {
    kind: 'mid-year-sale',
    mood: 'bargain',
    pull: 0.15,
    priceFactor: 85,
    dates: ['2025-06-18', '2026-06-18', '2027-06-18', '2028-06-18'],
    lead: [34, 14, 8, 6, 4, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 3, 4, 3],
    tastes: forOneself,
  },
  {
    kind: 'singles-day',
    mood: 'bargain',
    pull: 0.175,
    priceFactor: 80,
    dates: ['2024-11-11', '2025-11-11', '2026-11-11', '2027-11-11'],
    lead: [42, 14, 5, 3, 2, 2, 2, 2, 2, 3, 6, 11, 4],
    tastes: forOneself,
  },
]

const occasions: readonly Occasion[] = seasons.flatMap((season, place) =>
  season.dates.map((date) => ({
    season,
    place,
    dayAt: midnight(date),
    leads: new Weighted(
      season.lead.map((_, daysBefore) => daysBefore),
      (daysBefore) => season.lead[daysBefore] ?? 0,
    ),
  })),
)

/** The occasions some of whose purchases may fall into a month. */
export function occasionsOf(month: Month): Occasion[] {
  return occasions.filter(
    ({ dayAt, season }) => dayAt + day > month.startAt && dayAt - season.lead.length * day < month.endAt,
  )
}

/** How much readier people are to buy at a time: 1 on an ordinary day, most on a festival's own day. */
export function readiness(at: number): number {
  const today = dayStart(at)
  let lift = 1
  for (const { dayAt, season } of occasions) {
    const daysBefore = Math.round((dayAt - today) / day)
    if (daysBefore === 0) lift = Math.max(lift, season.mood === 'family' ? 1 : 1.7)
    else if (daysBefore > 0 && daysBefore <= 3) lift = Math.max(lift, 1.3)
    else if (daysBefore > 3 && daysBefore <= 14) lift = Math.max(lift, 1.1)
  }
  return lift
}

/** Sunday to Saturday. */
const weekdays = [1.16, 0.92, 0.9, 0.93, 0.96, 1.06, 1.18]
const newYears = occasions.filter(({ season }) => season.kind === 'new-year').map(({ dayAt }) => dayAt)
const growthFrom = midnight('2024-07-24')

/** How many ordinary days' worth of everyday purchases a day brings. */
function dayWeight(at: number): number {
  // 1970-01-01 was a Thursday; a Shanghai midnight lies eight hours before its UTC day begins.
  const weekday = weekdays[(Math.ceil(at / day) + 4) % 7] ?? 1
  const resting = newYears.some((dayAt) => at >= dayAt - day && at < dayAt + 7 * day) ? 0.5 : 1
  const growth = 1 + (0.08 * (at - growthFrom)) / (365 * day)
  return weekday * resting * growth
}

/** The days of a month, each by its start, drawn by how busy it is. */
export function busyDays(month: Month): Weighted<number> {
  const starts = Array.from(
    { length: Math.round((month.endAt - month.startAt) / day) },
    (_, index) => month.startAt + index * day,
  )
  return new Weighted(starts, dayWeight)
}
