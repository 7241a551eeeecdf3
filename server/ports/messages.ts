import type { ContactsShown } from '../../shared/api/contacts.ts'
import type { InboxMessage, InboxQuery } from '../../shared/api/inbox.ts'
import type { MessageRow, MessageSummary } from '../../shared/api/messages.ts'
import type { Restored, RestoredDecision } from '../../shared/api/restored.ts'
import type { Act, Changes } from './acts.ts'

export interface MessageFilter {
  readonly status?: string | undefined
  readonly channel?: string | undefined
  readonly journey?: string | undefined
  readonly customer?: string | undefined
  /** The id of the last message of the page before. */
  readonly before?: number | undefined
  readonly limit: number
}

export interface MessagesFound {
  readonly messages: MessageSummary[]
  /** How many there are in each state, whatever state was asked for. */
  readonly counts: Record<string, number>
  readonly next: number | null
}

export interface MessageReads {
  /** As of `list`, without counts and what they showed: for going through all of them. */
  page(filter: MessageFilter): Promise<readonly MessageRow[]>
  /** null where there is none of that id. */
  one(id: number): Promise<MessageSummary | null>
  /** The newest first. */
  list(filter: MessageFilter): Promise<MessagesFound>
  /** The newest messages on the phone that answer the query, oldest first. */
  inbox(query: InboxQuery & { readonly until?: number }): Promise<readonly InboxMessage[]>
  /** A message on the phone, and the sent message that it shows. Problem `not-found`. */
  inboxMessage(id: string): Promise<{ message: InboxMessage; sentId: number | null }>
  /** What waits for a person since the data was restored or copied; null where it never was. */
  restored(): Promise<Restored | null>
  /** What came of a delivery key; null where it never arrived. */
  inboxByKey(key: string): Promise<InboxMessage | null>
}

/** How much of what was held is sent or dropped now. */
export interface RestoredDone {
  readonly messages: number
  readonly calls: number
}

export type MessageChanges = Changes<{
  /** Says in the log that a person has answered as a customer, or has tried a message out. */
  note(
    act: Act,
    done: {
      action: 'message.answered' | 'message.tested'
      journeyId: string | null
      node: string | null
      channel: string
    },
  ): Promise<void>
  /** Says that somebody has taken messages away as a file. */
  exported(
    act: Act,
    told: {
      readonly journeyId: string | null
      readonly channel: string | null
      readonly contacts: ContactsShown
    },
  ): Promise<void>
  /** Sends or drops what was held after a restore; answers how many. */
  decideRestored(act: Act, decision: RestoredDecision): Promise<RestoredDone>
}>

export interface MessageStore extends MessageReads, MessageChanges {}
