import type { TFunction } from 'i18next'
import type { MessageSummary } from '../../../shared/api/messages.ts'
import { sayGate } from './story.ts'

const heldFor = /^held: (.+)$/
const doubted = /^in doubt: (.*)$/s

/** Why a message did not leave, or what its provider said; null where there is nothing to say. */
export function sayWithheld(
  { status, error }: Pick<MessageSummary, 'status' | 'error'>,
  t: TFunction<'customers'>,
): string | null {
  if (error === null) return status === 'cancelled' ? t('messages.withdrawn') : null
  const gate = heldFor.exec(error)?.[1]
  if (gate === 'restored') return t('messages.restored')
  if (gate !== undefined) return sayGate(gate, t)
  const why = doubted.exec(error)?.[1]
  return why === undefined ? error : t('messages.inDoubt', { why })
}
