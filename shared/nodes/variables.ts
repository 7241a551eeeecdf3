import { festivals, localDate } from '../calendar/index.ts'
import { type Customer, writtenAttribute } from '../conditions/customer.ts'
import { languageOf } from '../message/compose.ts'
import type { MessageContext } from '../message/render.ts'
import { type Locale, say } from '../text.ts'
import type { DecideInput } from './type.ts'

/** Values that every text may use besides the customer's attributes and the file's own variables. */
export const builtInVariables: readonly string[] = [
  'customer.id',
  'customer.name',
  'customer.city',
  'customer.gender',
  'customer.birthday',
  'brand.name',
  'journey.name',
  'festival.name',
  'festival.date',
  'festival.days_left',
  'now',
  'today',
]

/** The attributes under the customer's own columns; spreading the attributes first would cost forty times more. */
function customerVariables({
  id,
  name,
  city,
  gender,
  birthday,
  attributes,
  types,
}: Customer): Record<string, unknown> {
  const variables: Record<string, unknown> = { id, name, city, gender, birthday }
  for (const key in attributes)
    if (!Object.hasOwn(variables, key)) variables[key] = writtenAttribute(attributes[key] ?? '', key, types)
  return variables
}

/** The festival that the enrollment is anchored to, its trigger's first. */
function festivalOf({ enrollment, now, zone }: DecideInput, locale: Locale) {
  const anchored = Object.entries(enrollment.entry.anchors)[0]
  if (anchored === undefined) return undefined
  const [id, date] = anchored
  const daysLeft = Math.round((Date.parse(date) - Date.parse(localDate(now, zone))) / 86_400_000)
  const name = festivals.find((festival) => festival.id === id)?.name ?? { en: id }
  return { name: say(name, locale), date, days_left: daysLeft }
}

/** The values that a text of this enrollment may use. */
export function variablesFor(input: DecideInput): Record<string, unknown> {
  const { enrollment, brand, facts, journey } = input
  const { customer } = facts
  const locale = languageOf(customer, brand)
  const coupon = Object.values(enrollment.coupons).at(-1)
  return {
    customer: customerVariables(customer),
    brand: { name: say(brand.name, locale) },
    journey: { name: say(journey.name, locale) },
    festival: festivalOf(input, locale),
    coupon: coupon && {
      code: coupon.code,
      value: coupon.value,
      min_spend: coupon.minSpend,
      // The last moment at which it is valid, so that its date is the day that customers are told.
      expires_at: coupon.expiresAt - 1,
      name: say(coupon.name, locale),
    },
    entry: enrollment.entry.event?.properties ?? {},
  }
}

/** For whom and when a text of this enrollment is written. */
export function messageContext({ brand, facts: { customer }, now, zone }: DecideInput): MessageContext {
  return {
    now,
    zone: customer.timezone ?? zone,
    locale: languageOf(customer, brand),
    currency: brand.currency,
  }
}
