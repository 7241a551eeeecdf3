import { isSmsProvider, smsProvider } from '../../../../shared/channels/sms/providers.ts'
import {
  emptyRegister,
  type SmsRegisters,
  type SmsTerms,
  smsRegisters,
} from '../../../../shared/channels/sms/register.ts'
import type { BrandDatabase } from '../database.ts'
import { readMeta, settingsKeys } from './meta.ts'
import { readStoredChannels } from './stored.ts'

/** What is registered with each provider; what cannot be read any more is synchronised anew. */
export function readSmsRegisters(db: BrandDatabase): SmsRegisters {
  return smsRegisters.safeParse(readMeta(db, settingsKeys.sms)).data ?? {}
}

/** How text messages may be written; undefined where the provider takes any text. */
export function readSmsTerms(db: BrandDatabase, signature: string): SmsTerms | undefined {
  const { sms } = readStoredChannels({ json: readMeta(db, settingsKeys.channels) ?? {} }).value
  const provider = sms?.provider
  if (!isSmsProvider(provider) || smsProvider(provider).templates === null) return undefined
  const { templates, signatures } = readSmsRegisters(db)[provider] ?? emptyRegister
  return { provider, abroad: typeof sms?.url === 'string', templates, signatures, signature }
}
