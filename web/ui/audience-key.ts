/** What an audience may be called in a journey file. */
export const keyPattern = /^[a-z][a-z0-9_-]{0,63}$/

/**
 * A key for a new audience: its English name in small letters where there is one, else `audience`; with a
 * number where that is taken.
 */
export function suggestKey(english: string | undefined, taken: ReadonlySet<string>): string {
  const slug = (english ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 60)
  const base = slug === '' ? 'audience' : slug
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}-${number}`
    if (!taken.has(key)) return key
  }
}
