import { festivals, localDate } from '../calendar/index.ts'
import {
  type Customer,
  type Properties,
  type PropertyValue,
  type WrittenAttribute,
  writtenAttribute,
} from '../conditions/customer.ts'
import { balanceOf } from '../conditions/ledger.ts'
import { ownZone } from '../conditions/own-day.ts'
import { sayDaysLeft, sayTerms, sayWorth } from '../coupons/say.ts'
import type { Brand } from '../journey/brand.ts'
import { limits } from '../limits.ts'
import { contentsFor, languageOf } from '../message/compose.ts'
import { anything, type Mentions } from '../message/mentions.ts'
import type { MessageContext } from '../message/render.ts'
import { DateValue, MoneyValue, mainUnits } from '../message/typed.ts'
import { type Picked, sayWhy } from '../picks/pick.ts'
import { referralVariables } from '../referrals/links.ts'
import { type Locale, say } from '../text.ts'
import type { DecideInput } from './type.ts'

/** Values that every text may use besides the customer's attributes and the file's own variables. */
export const builtInVariables: readonly string[] = [
  'customer.id',
  'customer.name',
  'customer.city',
  'customer.gender',
  'customer.birthday',
  'owner.name',
  'owner.phone',
  'points.balance',
  'brand.name',
  'journey.name',
  'festival.name',
  'festival.date',
  'festival.days_left',
  'picks[0].name',
  'picks[0].price',
  'picks[0].category',
  'picks[0].link',
  'picks[0].image',
  'picks[0].reason',
  'now',
  'today',
]

/** Whether a name is that of a pick, or of something of one; of more than there ever are nobody has any. */
export function isPickName(name: string): boolean {
  const read = /^picks(?:\.size|\[(\d)\](\.\w+)?)?$/.exec(name)
  if (read === null) return false
  const [, place, field] = read
  if (place !== undefined && Number(place) >= limits.picksShown.value) return false
  return field === undefined || field === '.id' || builtInVariables.includes(`picks[0]${field}`)
}

/** What a text's names begin with that are not the journey's own. */
export const builtInRoots: readonly string[] = [...builtInVariables, 'picks', 'coupon', 'entry', 'referral']

/** The attributes under the customer's own columns; spreading the attributes first would cost forty times more. */
function customerVariables(
  { id, name, city, gender, birthday, attributes, types }: Customer,
  named: ReadonlySet<string> | null = null,
): Record<string, unknown> {
  // Of a birthday without its year nobody reads the dashes.
  const born = birthday?.startsWith('--') === true ? new DateValue(birthday) : birthday
  const variables: Record<string, unknown> = { id, name, city, gender, birthday: born }
  for (const key in attributes)
    if ((named === null || named.has(key)) && !Object.hasOwn(variables, key))
      variables[key] = typed(writtenAttribute(attributes[key] ?? '', key, types), types?.currency ?? '')
  return variables
}

/** A declared attribute as a value that says itself as its type has it. */
function typed(written: WrittenAttribute | null, currency: string): unknown {
  switch (written?.kind) {
    case undefined:
      return null
    case 'plain':
      return written.plain
    case 'money':
      return new MoneyValue(written.minor, mainUnits(written.minor, currency))
    case 'date':
      return new DateValue(written.day, written.plain)
    case 'time':
      return new DateValue(written.at, written.plain, true)
  }
}

/** Who has the customer, where somebody does. */
function ownerVariables({ attributes }: Customer) {
  const { owner_name: name = null, owner_phone: phone = null } = attributes
  return { name, phone }
}

const money = (value: unknown): unknown => (typeof value === 'number' ? new MoneyValue(value) : value)

/** What an event says, its amounts as money: its own, and the prices of the goods of an order. */
function entryVariables(properties: Properties): Record<string, unknown> {
  const { amount, items } = properties
  if (amount === undefined && items === undefined) return { ...properties }
  const priced = (item: PropertyValue): unknown =>
    typeof item === 'object' && item !== null && !Array.isArray(item) && 'price' in item
      ? { ...item, price: money(item.price) }
      : item
  return {
    ...properties,
    ...(amount === undefined ? {} : { amount: money(amount) }),
    ...(Array.isArray(items) ? { items: items.map(priced) } : {}),
  }
}

/** A picked product as texts speak of it. */
function pickVariables({ id, title, price, category, link, image, why }: Picked, locale: Locale) {
  const cost = price === null ? null : new MoneyValue(price)
  return { id, name: title, price: cost, category, link, image, reason: say(sayWhy(why), locale) }
}

/** Whether any of some texts shows picks. */
export const showsPicks = (texts: readonly { readonly text: string }[]): boolean =>
  texts.some(({ text }) => /\bpicks\b/.test(text))

/** The coupon that was given last, as texts speak of it. */
function couponVariables({ enrollment, now, zone, brand }: DecideInput, locale: Locale) {
  const coupon = Object.values(enrollment.coupons).at(-1)
  if (coupon === undefined) return undefined
  const { code, value, minSpend, expiresAt, name, kind = 'amount', percent = null, applies } = coupon
  const worth = { kind, value, percent }
  // The last moment at which it is valid, so that its date is the day that customers are told.
  const last = new DateValue(expiresAt - 1)
  const daysLeft = daysBetween(localDate(now, zone), localDate(expiresAt - 1, zone))
  // Nobody is told of the days that one has left which is over.
  const counts = daysLeft >= 0
  return {
    code,
    value: kind === 'amount' ? new MoneyValue(value) : sayWorth(worth, locale, brand.currency),
    terms: sayTerms({ ...worth, minSpend }, locale, brand.currency),
    min_spend: new MoneyValue(minSpend),
    expires_at: last,
    expires: last,
    name: say(name, locale),
    applies: applies === undefined ? null : say(applies, locale),
    days_left: counts ? daysLeft : null,
    left: counts ? sayDaysLeft(daysLeft, locale) : null,
  }
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** The festival that the enrollment is anchored to, its trigger's first. */
function festivalOf({ enrollment, now, zone }: DecideInput, locale: Locale) {
  const anchored = Object.entries(enrollment.entry.anchors)[0]
  if (anchored === undefined) return undefined
  const [id, date] = anchored
  const daysLeft = daysBetween(localDate(now, zone), date)
  const name = festivals.find((festival) => festival.id === id)?.name ?? { en: id }
  return { name: say(name, locale), date, days_left: daysLeft }
}

/** The values that a text of this enrollment may use; of those that are built in only what texts mention, where they are told. */
export function variablesFor(
  input: DecideInput,
  { names, ofCustomer }: Mentions = anything,
): Record<string, unknown> {
  const { enrollment, brand, facts, journey } = input
  const { customer } = facts
  const locale = languageOf(customer, brand)
  const variables: Record<string, unknown> = { ...journey.values }
  if (names('customer')) variables.customer = customerVariables(customer, ofCustomer)
  if (names('owner')) variables.owner = ownerVariables(customer)
  if (names('points') && variables.points === undefined) variables.points = { balance: balanceOf(customer) }
  if (names('brand')) variables.brand = { name: say(brand.name, locale) }
  if (names('journey')) variables.journey = { name: say(journey.name, locale) }
  if (names('festival')) variables.festival = festivalOf(input, locale)
  if (names('coupon')) variables.coupon = couponVariables(input, locale)
  if (names('referral')) variables.referral = referralVariables(brand.linkBase, brand.referrals ?? [])
  if (names('picks')) variables.picks = facts.picks.map((one) => pickVariables(one, locale))
  if (names('entry')) variables.entry = entryVariables(enrollment.entry.event?.properties ?? {})
  return variables
}

/** What a text may use of a customer outside any journey. */
export function variablesOutside(
  customer: Customer,
  brand: Brand,
  picks: readonly Picked[],
): Record<string, unknown> {
  const locale = languageOf(customer, brand)
  return {
    customer: customerVariables(customer),
    owner: ownerVariables(customer),
    brand: { name: say(brand.name, locale) },
    picks: picks.map((one) => pickVariables(one, locale)),
  }
}

/** For whom and when a text of this enrollment is written. */
export function messageContext({ brand, facts: { customer }, now, zone }: DecideInput): MessageContext {
  return {
    now,
    zone: ownZone(customer.timezone, zone),
    locale: languageOf(customer, brand),
    currency: brand.currency,
    contents: contentsFor(brand, customer),
  }
}
