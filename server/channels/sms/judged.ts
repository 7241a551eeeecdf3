import { type SmsFaultKind, smsFault } from '../../../shared/channels/sms/faults.ts'
import type { SmsProvider } from '../../../shared/channels/sms/providers.ts'
import type { SendResult } from '../channel.ts'
import { resultOf, type Verdict } from '../verdicts.ts'

const verdicts: Readonly<Record<Exclude<SmsFaultKind, 'number'>, Verdict>> = {
  message: 'refused',
  later: 'later',
  login: 'login',
  account: 'misplaced',
  busy: 'busy',
  unknown: 'unknown',
}

/**
 * What a provider's code says of a message. A code that is not in the table is the message's: the provider has answered,
 * and not that it took it. `invalid-address` closes the number.
 */
export function judged(provider: SmsProvider, code: string, detail: string): SendResult {
  const fault = smsFault(provider, code)
  if (fault === null) return resultOf('refused', { code, detail })
  if (fault.kind === 'number')
    return resultOf('refused', { code: 'invalid-address', detail: `${code}: ${detail}` })
  return resultOf(verdicts[fault.kind], { code, detail, afterMs: fault.afterMs ?? null })
}
