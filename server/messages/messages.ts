import { randomUUID } from 'node:crypto'
import type { InboxMessage, InboxQuery } from '../../shared/api/inbox.ts'
import type { MessageSummary } from '../../shared/api/messages.ts'
import type { Restored, RestoredDecision } from '../../shared/api/restored.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'
import type { IncomingEvent, TakenEvents } from '../ports/events.ts'
import type { MessageFilter, MessagesFound, RestoredDone } from '../ports/messages.ts'

/** What the use cases of messages work with. */
export interface MessageDesk extends Desk {
  ingest(events: readonly IncomingEvent[]): Promise<TakenEvents>
}

export function listMessages({ stores }: Desk, filter: MessageFilter): Promise<MessagesFound> {
  return stores.messages.list(filter)
}

/** Problem `not-found`. */
export async function readMessage({ stores }: Desk, id: number): Promise<MessageSummary> {
  const message = await stores.messages.one(id)
  if (message === null) throw new Problem('not-found', { what: String(id) }, 'id')
  return message
}

export async function readInbox({ stores, now }: Desk, query: InboxQuery): Promise<InboxMessage[]> {
  return [...(await stores.messages.inbox({ ...query, until: now() }))]
}

export function readRestored({ stores }: Desk): Promise<Restored | null> {
  return stores.messages.restored()
}

/** Sends or drops what was held after a restore. */
export async function decideRestored(
  desk: Desk,
  actor: Actor,
  decision: RestoredDecision,
): Promise<RestoredDone & { readonly restored: Restored | null }> {
  const { messages } = desk.stores
  const decided = await messages.decideRestored(desk.act(actor), decision)
  return { ...decided, restored: await messages.restored() }
}

export interface AnswerMessage {
  readonly messageId: string
  readonly customerId: string
  readonly text: string
}

/** Answers a message as its customer: it comes in as the event `message_replied`. Problem `not-found`. */
export async function answerMessage(
  desk: MessageDesk,
  actor: Actor,
  { messageId, customerId, text }: AnswerMessage,
): Promise<InboxMessage> {
  const { messages } = desk.stores
  const { message, sentId } = await messages.inboxMessage(messageId)
  if (message.customerId !== customerId) throw new Problem('not-found', { what: messageId }, 'messageId')
  const id = `reply-${randomUUID()}`
  const { channel, journeyId, node } = message
  const properties = {
    ...(sentId !== null && { message_id: String(sentId) }),
    ...(journeyId !== null && { journey_id: journeyId }),
    ...(node !== null && { node }),
    channel,
    text,
  }
  const event = { id, name: 'message_replied', at: desk.now(), amount: null, properties }
  await messages.note(desk.act(actor), { action: 'message.answered', journeyId, node, channel })
  await desk.ingest([{ customerId, event }])
  const kept = await messages.inboxByKey(`in:${customerId}:${id}`)
  if (kept === null) throw new Problem('internal', { id })
  return kept
}
