import type { z } from 'zod'
import type { testSendAnswer } from '../../shared/api/preview.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Channel, OutboundMessage, SendResult } from '../channels/channel.ts'
import type { Desk } from '../ports/desk.ts'

type TestSendAnswer = z.output<typeof testSendAnswer>

/** What came of a message that somebody tries out, to whom a fault of the endpoint is one more try. */
const triedAs = {
  accepted: 'accepted',
  rejected: 'rejected',
  retry: 'retry',
  endpoint: 'retry',
  unknown: 'unknown',
} as const satisfies Record<SendResult['kind'], TestSendAnswer['result']>

export interface TrialDesk extends Desk {
  /** Channels by id, as they are set up now. */
  channels(): ReadonlyMap<string, Channel>
}

export interface Trial {
  readonly channel: string
  readonly message: OutboundMessage
  readonly journeyId: string | null
  readonly node: string | null
  /** Which part of the request named the channel. */
  readonly field: string
}

/** Sends one message to be tried out, whatever the gates say, and writes it into the log. Problem `channel-absent`. */
export async function sendTrial(
  desk: TrialDesk,
  actor: Actor,
  { channel: id, message, journeyId, node, field }: Trial,
): Promise<TestSendAnswer> {
  const channel = desk.channels().get(id)
  if (channel === undefined) throw new Problem('channel-absent', { channel: id }, field)
  await desk.stores.messages.note(desk.act(actor), { action: 'message.tested', journeyId, node, channel: id })
  const [result] = await channel.send([message], AbortSignal.timeout(60_000))
  if (result === undefined) throw new Problem('internal', { id })
  return {
    result: triedAs[result.kind],
    detail: result.kind === 'accepted' ? (result.providerId ?? '') : result.detail,
  }
}
