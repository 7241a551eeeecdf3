import { channels } from '../../../shared/channels/index.ts'

/** A channel's price in thousandths of the currency's main unit: the brand's own, else the usual one. */
export function priceOf(prices: Readonly<Record<string, number>>, channel: string): number {
  return prices[channel] ?? channels.find(({ id }) => id === channel)?.priceMilli ?? 0
}

/** The brand's prices with one changed; the usual price needs no entry of its own. */
export function withPrice(
  prices: Readonly<Record<string, number>>,
  channel: string,
  milli: number,
): Record<string, number> {
  const { [channel]: _, ...others } = prices
  const usual = channels.find(({ id }) => id === channel)?.priceMilli
  return milli === usual ? others : { ...others, [channel]: milli }
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
