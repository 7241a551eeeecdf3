import { codeOf } from '../../../../shared/channels/codes/index.ts'
import type { Settlement } from '../../../ports/dispatch.ts'
import { interrupted, surely } from '../../../ports/doubt.ts'
import type { Told } from './counter.ts'

/** The code in what is kept of an attempt; empty where nothing is. */
export function codeTold(error: string | null): string {
  if (error === null) return ''
  return error === interrupted ? 'interrupted' : codeOf(surely(error))
}

const outcomes = {
  sent: 'sent',
  queued: 'again',
  failed: 'failed',
  unknown: 'unknown',
} as const satisfies Record<Settlement['status'], Told['outcome']>

/** What a settled attempt is counted as by its channel. */
export function toldOf({ message: { id, channel }, status, error }: Settlement): Told {
  return { channel, outcome: outcomes[status], code: codeTold(error), id }
}
