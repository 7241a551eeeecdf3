import { z } from 'zod'
import { isMoney } from '../conditions/lines.ts'
import { decimalOf, multiply, plainValue, round } from '../decimal.ts'

/** Amounts times ten to the power, as another count of places in a currency's minor unit asks for. */
export type Power = number

type Json = unknown
type JsonObject = Readonly<Record<string, Json>>

const objectShape = z.record(z.string(), z.unknown())
const isObject = (value: Json): value is JsonObject => objectShape.safeParse(value).success

function exact(value: Json, power: Power): Json {
  if (Array.isArray(value)) return value.map((one) => exact(one, power))
  const decimal = typeof value === 'number' ? decimalOf(value) : undefined
  return decimal === undefined ? value : plainValue(multiply(decimal, tenTo(power)))
}

const tenTo = (power: Power) =>
  power >= 0 ? { units: 10n ** BigInt(power), scale: 0 } : { units: 1n, scale: -power }

/** An amount as a whole count of minor units; halves go away from zero. */
export function rescaledAmount(amount: number, power: Power): number {
  const decimal = decimalOf(amount)
  return decimal === undefined ? amount : Number(plainValue(round(multiply(decimal, tenTo(power)), 0)))
}

const eventOf = ({ event }: JsonObject): string | null => (typeof event === 'string' ? event : null)

/** Whether a test of a condition or a filter compares an amount of money; `event`: of which events it is a filter. */
export function comparesAmount(test: JsonObject, event: string | null = null): boolean {
  if (!('op' in test)) return false
  const { kind, measure, property = 'amount' } = test
  if (kind === 'events')
    return (
      measure !== 'count' &&
      measure !== 'distinct' &&
      measure !== undefined &&
      isMoney(String(property), eventOf(test))
    )
  if (kind === undefined && test.field === 'price') return true
  if (test.property === undefined) return false
  return (kind === undefined || kind === 'entry') && isMoney(String(property), event)
}

/** What texts did to read an amount of hundredths, for want of better: to divide it by a hundred. */
const divided =
  /((?:entry\.amount|coupon\.(?:value|min_spend))\s*(?:\|\s*default:\s*\d+\s*)?\|\s*divided_by:\s*)100(?:\.0*)?(?![\d.])/g

function couponConfig(config: JsonObject, power: Power): JsonObject {
  const whole = (name: string, least: number) => {
    const value = config[name]
    return typeof value === 'number' ? { [name]: Math.max(least, rescaledAmount(value, power)) } : {}
  }
  return { ...config, ...whole('value', 1), ...whole('minSpend', 0) }
}

/**
 * A journey, a version or a condition as JSON with every amount of money in it counted anew. What compares an
 * amount stays exact, so that it holds for the same amounts as before.
 */
export const rescaled = (json: Json, power: Power): Json => rescaledIn(json, power, null)

/** `event`: of which events it is a filter. */
function rescaledIn(json: Json, power: Power, event: string | null): Json {
  if (typeof json === 'string')
    return json.replaceAll(divided, (_, before: string) => `${before}${String(10 ** (2 + power))}`)
  if (Array.isArray(json)) return json.map((one) => rescaledIn(one, power, event))
  if (!isObject(json)) return json
  const own = eventOf(json)
  const parts: Record<string, Json> = Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, rescaledIn(value, power, own ?? event)]),
  )
  if (json.type === 'coupon' && isObject(parts.config))
    return { ...parts, config: couponConfig(parts.config, power) }
  return comparesAmount(json, event) ? { ...parts, value: exact(json.value, power) } : parts
}
