import type { TFunction } from 'i18next'

const callWords = [
  'control_group',
  'rehearsal',
  'sandbox',
  'not-set-up',
  'no-reply',
  'timeout',
  'dropped',
  'render',
  'json',
  'garbage',
  'econnrefused',
  'econnreset',
  'enotfound',
  'blocked-address',
  'invalid-address',
] as const

/** Why another system was not called, or did not answer; a code of the network is said as it is. */
export function sayCall(code: string, t: TFunction<'customers'>): string {
  const known = callWords.find((word) => word === code)
  return known === undefined ? t('calls.other', { code }) : t(`calls.${known}`)
}
