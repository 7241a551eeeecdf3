/** A list with one entry elsewhere; a place outside the list leaves it as it is. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const entry = list[from]
  if (entry === undefined || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_one, index) => index !== from)
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}

/** Shares of 100 in whole numbers, as equal as can be, the first ones taking what is left over. */
export function evenShares(count: number): number[] {
  const share = Math.floor(100 / count)
  const left = 100 - share * count
  return Array.from({ length: count }, (_none, index) => share + (index < left ? 1 : 0))
}
