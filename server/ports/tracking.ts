import type { TrackingKey, Visit } from '../../shared/api/tracking.ts'
import type { Properties } from '../../shared/conditions/customer.ts'
import type { Act, Changes } from './acts.ts'

/** Something that a visitor of a web page did. */
export interface VisitorEvent {
  readonly id: string
  readonly name: string
  /** On the brand's clock. */
  readonly at: number
  readonly properties: Properties
}

type Changing = Changes<{
  /** Problem `tracking-keys-too-many`. */
  make(act: Act, key: Pick<TrackingKey, 'id' | 'name' | 'origins'>): Promise<TrackingKey>
  /** Problem `not-found`. */
  revoke(act: Act, id: string): Promise<void>
}>

/** Keys of web pages, and visits of whom nobody knows. */
export interface TrackingStore extends Changing {
  keys(): Promise<TrackingKey[]>
  /** null: there is no such key, or no more. */
  find(id: string): Promise<TrackingKey | null>
  /** Keeps what an anonymous visitor did, each event once, and no more than is kept of one and of all; `now` is real time. */
  keep(visitor: string, key: string, events: readonly VisitorEvent[], now: number): Promise<void>
  recent(): Promise<Visit[]>
}
