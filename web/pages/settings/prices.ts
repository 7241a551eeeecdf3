import { abroadPrice, priceOf } from '../../../shared/message/compose.ts'

type Prices = Readonly<Record<string, number>>

/** The brand's prices with one changed; the usual price needs no entry of its own, and none none. */
export function withPrice(
  prices: Prices,
  channel: string,
  milli: number | null,
  currency: string,
): Record<string, number> {
  const { [channel]: _, ...others } = prices
  const usual = channel === abroadPrice ? null : priceOf(channel, { prices: {}, currency })
  return milli === null || milli === usual ? others : { ...others, [channel]: milli }
}

/** The ceilings on messages a second with one changed; null takes the ceiling away. */
export function withRate(
  rates: Readonly<Record<string, number>>,
  channel: string,
  rate: number | null,
): Record<string, number> {
  const { [channel]: _, ...others } = rates
  return rate === null ? others : { ...others, [channel]: rate }
}
