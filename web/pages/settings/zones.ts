/** IANA zones that the browser knows, the most likely ones of this product's users first. */
export function zones(chosen: string | undefined): string[] {
  const likely = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo', 'UTC']
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([...likely, ...(chosen === undefined ? [] : [chosen]), ...known])]
}

export const currencies = ['CNY', 'HKD', 'USD', 'EUR', 'GBP', 'JPY', 'SGD', 'TWD'] as const

/** '00:00', '00:30', … '23:30' */
export const halfHours: readonly string[] = Array.from({ length: 48 }, (_, index) => {
  const hour = String(Math.floor(index / 2)).padStart(2, '0')
  return `${hour}:${index % 2 === 0 ? '00' : '30'}`
})
