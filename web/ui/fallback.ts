import type { TFunction } from 'i18next'

const fallbacks = [
  'no-reply',
  'compliance',
  'check-failed',
  'no-key',
  'timeout',
  'rate-limited',
  'refused',
  'garbage',
  'network',
  'server-error',
] as const

/** Why the written text stands where a model was to polish it, by the reason that the engine gives. */
export function sayFallback(reason: string, t: TFunction<'common'>): string {
  const bare = reason.replace(/^ai-/, '')
  const known = fallbacks.find((each) => each === bare)
  return t(`fallbacks.${known ?? 'unknown'}`)
}
