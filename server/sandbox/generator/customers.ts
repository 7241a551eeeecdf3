import { demoClockStart } from './brand.ts'
import { day, dayStart, monthsBetween, timeOfDay } from './calendar.ts'
import { cities } from './cities.ts'
import { chineseName, englishName } from './names.ts'
import { type Member, type MonthPlan, ordersOf } from './orders.ts'
import { keyOf, Random, Weighted } from './random.ts'
import type { CustomerRow } from './rows.ts'
import { busyDays, occasionsOf } from './seasons.ts'
import { streams, traitsOf } from './traits.ts'

const firstId = 100_001
const firstPhone = 19_900_000_000
/** Phones up to here are the members'; those that follow are the newcomers'. */
const memberPhones = 8_000_000
const joinedOver = 6 * 365 * day

const joinedBy = new Weighted(
  [
    ['小程序', 36],
    ['门店', 24],
    ['公众号', 15],
    ['天猫旗舰店', 13],
    ['抖音', 8],
    ['企业微信', 4],
  ] as const,
  ([, weight]) => weight,
)

interface Place {
  id: string
  memberNo: string
  phone: number
  registeredAt: number
}

function isoDate(year: number, dayOfYear: number): string {
  return new Date(Date.UTC(year, 0, 1 + dayOfYear)).toISOString().slice(0, 10)
}

/** A member as the brand sees one, still without what follows from the orders. */
function profile(seed: number, place: Place): CustomerRow {
  const { id, memberNo, phone, registeredAt } = place
  const random = new Random(keyOf(seed, id), streams.profile)
  const gender = random.chance(0.62) ? 'female' : 'male'
  // The brand takes members from sixteen on.
  const youngest = new Date(registeredAt).getUTCFullYear() - 17
  const birthYear = Math.min(youngest, Math.max(1956, Math.round(1994 + 9 * random.normal())))
  const birthday = isoDate(birthYear, random.below(365))
  const city = cities.draw(random)
  const abroad = random.chance(city.tier === '海外' ? 0.4 : 0.006)
  const name = abroad ? englishName(random, gender) : chineseName(random, gender, birthYear)
  const email = random.chance(0.45) ? `member${id}@example.com` : null
  const [channel] = joinedBy.draw(random)
  return {
    id,
    name: random.chance(0.006) ? null : name,
    phone: random.chance(0.03) ? null : String(phone),
    email,
    gender: random.chance(0.07) ? null : gender,
    birthday: random.chance(0.2) ? null : birthday,
    city: random.chance(0.03) ? null : city.name,
    registeredAt,
    timezone: city.timezone,
    language: abroad ? 'en' : 'zh-CN',
    consentSms: random.chance(0.04) ? false : random.chance(0.97) ? true : null,
    consentEmail: email === null ? null : !random.chance(0.07),
    blacklisted: random.chance(0.004),
    attributes: { member_no: memberNo, registration_channel: channel, city_tier: city.tier },
  }
}

function tierFor(spent: number): string {
  if (spent >= 350_000) return '金卡'
  return spent >= 120_000 ? '银卡' : '普通'
}

/** Adds what the brand has learnt: the tier by the spend over the plans' months, points, the favourite. */
function withStanding(seed: number, customer: CustomerRow, plans: readonly MonthPlan[]): CustomerRow {
  const member: Member = { customer, traits: traitsOf(seed, customer) }
  let spent = 0
  for (const plan of plans) {
    if ((customer.registeredAt ?? 0) >= plan.month.endAt || member.traits.leavesAt < plan.month.startAt)
      continue
    for (const { at, amount } of ordersOf(member, plan)) if (at < demoClockStart) spent += amount ?? 0
  }
  const { befriendsAt, favourite } = member.traits
  Object.assign(customer.attributes, {
    tier: tierFor(spent),
    points: Math.floor(spent / 100),
    favourite_category: favourite,
    wecom_friend: befriendsAt !== null && befriendsAt < demoClockStart,
  })
  return customer
}

/**
 * The members of the demo brand at the clock's start; a larger count adds members and changes none.
 * Tier and points follow from the orders since the beginning of the month two years before, which demoHistory
 * gives.
 * @throws RangeError when there are not enough made-up numbers for so many members
 */
export function demoCustomers(seed: number, count: number): CustomerRow[] {
  if (count > 800_000) throw new RangeError('the demo brand has numbers for 800,000 members')
  const plans = monthsBetween(demoClockStart - 2 * 365 * day, demoClockStart).map((month) => ({
    month,
    days: busyDays(month),
    occasions: occasionsOf(month),
  }))
  const shift = keyOf(seed, 'phones').a >>> 0
  return Array.from({ length: count }, (_, index) => {
    const id = String(firstId + index)
    const random = new Random(keyOf(seed, id), streams.profile, 1)
    // More of them joined lately: the brand grows.
    const age = joinedOver * random.next() ** 1.25
    const registeredAt = timeOfDay(random, dayStart(demoClockStart - day - age))
    // 7919 is prime to the count of numbers, so no two members get the same one.
    const phone = firstPhone + ((index * 7919 + shift) % memberPhones)
    const memberNo = `QQ${String(index + 1).padStart(6, '0')}`
    return withStanding(seed, profile(seed, { id, memberNo, phone, registeredAt }), plans)
  })
}

const newcomersADay = 9

/**
 * Who joins the brand in [from, to) after the clock's start, in order of time. Given to demoFuture among
 * the members, each brings a member_registered event and behaves like the others.
 */
export function demoNewcomers(seed: number, from: number, to: number): CustomerRow[] {
  const rows: CustomerRow[] = []
  for (const month of monthsBetween(Math.max(from, demoClockStart), to)) {
    for (let startAt = month.startAt; startAt < month.endAt; startAt += day) {
      const number = Math.round((startAt - demoClockStart) / day) + 1
      const random = new Random(keyOf(seed, 'newcomers'), streams.newcomers, number)
      const times = Array.from({ length: random.poisson(newcomersADay, 30) }, () =>
        timeOfDay(random, startAt),
      )
      times.sort((one, other) => one - other)
      times.forEach((registeredAt, place) => {
        if (registeredAt < Math.max(from, demoClockStart) || registeredAt >= to) return
        const serial = 1_000_000 + number * 30 + place
        const phone = firstPhone + memberPhones + number * 30 + place
        const row = profile(seed, { id: String(serial), memberNo: `QQ${serial}`, phone, registeredAt })
        rows.push(withStanding(seed, row, []))
      })
    }
  }
  return rows
}
