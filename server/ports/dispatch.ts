import type { Mend } from '../../shared/channels/halts.ts'
import type { RenderedAttachment } from '../../shared/channels/index.ts'
import type { FilledTemplate } from '../../shared/channels/sms/register.ts'
import type { Customer } from '../../shared/conditions/customer.ts'
import type { MessageFormat } from '../../shared/message/format.ts'
import type { Claimant } from './claims.ts'

/** A message that a dispatcher has claimed: from now on nobody takes it back, and no other hands it over. */
export interface ClaimedMessage {
  readonly id: number
  readonly enrollmentId: number
  readonly node: string
  readonly visit: number
  readonly journeyId: string
  readonly version: number
  readonly channel: string
  readonly recipient: string
  readonly subject: string | null
  readonly body: string
  readonly format: MessageFormat
  readonly attachments: readonly RenderedAttachment[]
  /** The registered template that an SMS is made of. */
  readonly template: FilledTemplate | null
  readonly purpose: 'marketing' | 'service'
  readonly coupon: string | null
  readonly createdAt: number
  /** This attempt included. */
  readonly attempts: number
  /** What came of the attempt before; null at the first. */
  readonly error: string | null
  /** Of the life of the data in which it was made; null of one that an earlier release has made. */
  readonly life: string | null
  /** Which of the ways of its channel it takes; null where that has one. */
  readonly way?: string | null
  /** How many other channels were tried before, for the same visit; absent: none. */
  readonly turn?: number
  /** The zone of the journey's own; null: the brand's. */
  readonly zone: string | null
  readonly customer: Customer
}

/** What is to become of a queued message when its turn has come. */
export type Verdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'hold'; readonly gate: string }
  | { readonly kind: 'defer'; readonly until: number }

export interface ClaimRequest {
  readonly by: Claimant
  readonly channel: string
  readonly now: number
  readonly limit: number
  /** Whether each is told to `begin` before anything of it leaves: until then it is surely with nobody. */
  readonly begins: boolean
  /** Asked of each message within the transaction that claims it. */
  readonly verdict: (message: ClaimedMessage) => Verdict
}

export interface Claim {
  readonly messages: readonly ClaimedMessage[]
  /** How many more were looked at, and held back or put off. */
  readonly others: number
}

/** What is at fault where nothing is sent for now. */
export interface HaltCause {
  readonly mend: Mend
  readonly code: string
  readonly detail: string
  /** How long it is better left alone. */
  readonly afterMs: number | null
}

/** What became of one attempt, as it is written. */
export interface Settlement {
  readonly message: ClaimedMessage
  readonly status: 'sent' | 'queued' | 'failed' | 'unknown'
  /** When it is tried again; null unless queued, and where its endpoint rests, for as long as that does. */
  readonly dueAt: number | null
  readonly providerId: string | null
  readonly error: string | null
  /**
   * What was heard of the endpoint: an answer of its own, nothing that tells, or that it is at fault. By a fault no
   * attempt is spent, and nothing more is sent there for a while.
   */
  readonly endpoint: 'answered' | 'silent' | HaltCause
  /** What the refusal says of the address itself, which then takes no more on this channel. */
  readonly closes?: 'hard_bounce' | 'invalid'
}

export interface BeginRequest {
  readonly by: Claimant
  readonly now: number
  /** About to leave. */
  readonly messages: readonly ClaimedMessage[]
  /** What has become of others meanwhile. */
  readonly settlements: readonly Settlement[]
}

export interface RecoverRequest {
  /** Channels whose second attempt with the same key cannot make a second message. */
  readonly idempotent: ReadonlySet<string>
  readonly now: number
  readonly by: Claimant
  readonly own: boolean
}

/** The outbox, as dispatchers use it; each method is one transaction. */
export interface OutboxStore {
  /**
   * Marks due messages of live journeys as being sent, an equal share of each journey and its oldest
   * first. A message whose customer is gone is held. Where an endpoint rests nothing is claimed for it, and one
   * message when it is to be tried again.
   */
  claim(request: ClaimRequest): Promise<Claim>
  settle(settlements: readonly Settlement[], now: number): Promise<void>
  /** Writes what an earlier process has heard and could not write; resolves to how many messages that were. */
  settleKept(): Promise<number>
  /**
   * Writes that claimed messages are about to leave, and what became of others; answers the ids of those that may.
   * One that was withdrawn meanwhile is taken back, and of one that is not the claimant's any more nothing is written.
   */
  begin(request: BeginRequest): Promise<ReadonlySet<number>>
  /**
   * Deals with what others had in hand whose lease has run out, and with `own` with what the claimant itself had in
   * an earlier life: queued again on idempotent channels, and where it has not begun to leave; else unknown.
   */
  recover(request: RecoverRequest): Promise<{ queued: number; unknown: number }>
}
