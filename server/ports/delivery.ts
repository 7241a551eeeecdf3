import type { ChannelPause, Outcome } from '../../shared/api/delivery.ts'
import type { Act, Changes } from './acts.ts'

/** What waits of one channel. */
export interface ChannelQueue {
  readonly channel: string
  /** All that is queued. */
  readonly waiting: number
  /** Of live journeys, which could leave now. */
  readonly due: number
  readonly sending: number
}

/** Since when the one could leave that waits longest; messages that leave spaced by their journey's rate aside. */
export interface OldestDue {
  readonly channel: string
  readonly at: number
}

export interface Counted {
  /** Begin of a quarter of an hour. */
  readonly since: number
  readonly channel: string
  readonly outcome: Outcome
  readonly code: string
  readonly count: number
  readonly examples: readonly number[]
}

/** How many were handed over in a minute that began then. */
export interface SentMinute {
  readonly channel: string
  readonly minute: number
  readonly sent: number
}

export interface DeliveryReads {
  queues(now: number): Promise<readonly ChannelQueue[]>
  oldestDue(channels: readonly string[], now: number): Promise<readonly OldestDue[]>
  counts(from: number): Promise<readonly Counted[]>
  /** Of what was handed over and failed, without codes. */
  history(from: number): Promise<readonly Counted[]>
  minutes(from: number): Promise<readonly SentMinute[]>
  pauses(): Promise<readonly ChannelPause[]>
}

export type DeliveryChanges = Changes<{
  /** Holds all messages of a channel back until it goes on; one that is paused keeps its time, and takes the reason. */
  pause(act: Act, channel: string, reason: string): Promise<void>
  /** Lets a channel go on; answers whether it was paused. */
  continue(act: Act, channel: string): Promise<boolean>
}>

export interface DeliveryStore extends DeliveryReads, DeliveryChanges {}
