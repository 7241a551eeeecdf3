import { createHmac, timingSafeEqual } from 'node:crypto'
import { type SmsProvider, smsProviderIds } from '../../shared/channels/sms/providers.ts'

/**
 * The secret part of the address that a provider of text messages pushes reports and replies to, as it signs nothing. It
 * follows from the installation's secret, so that nothing is kept and nobody can guess it; each brand and provider has
 * its own.
 */
export function smsHookToken(linkSecret: string, brand: string, provider: SmsProvider): string {
  return createHmac('sha256', linkSecret).update(`sms-hook:${brand}:${provider}`).digest('hex').slice(0, 40)
}

/** Whose address a token is; null: nobody's. */
export function smsHookProvider(linkSecret: string, brand: string, token: string): SmsProvider | null {
  const given = Buffer.from(token)
  return (
    smsProviderIds.find((provider) => {
      const right = Buffer.from(smsHookToken(linkSecret, brand, provider))
      return provider !== 'gateway' && given.length === right.length && timingSafeEqual(given, right)
    }) ?? null
  )
}
