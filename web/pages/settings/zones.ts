/** IANA zones that the browser knows, the most likely ones of this product's users first. */
export function zones(chosen: string | undefined): string[] {
  const likely = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo', 'UTC']
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([...likely, ...(chosen === undefined ? [] : [chosen]), ...known])]
}

export const currencies = ['CNY', 'HKD', 'USD', 'EUR', 'GBP', 'JPY', 'SGD', 'TWD'] as const
