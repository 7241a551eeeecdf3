import type { Actor } from '../../shared/audit/actor.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Act } from './acts.ts'
import type { BrandStore } from './store.ts'

/** A brand at work, as use cases see it. */
export interface Desk {
  readonly id: string
  readonly sandbox: boolean
  readonly stores: BrandStore
  readonly registry: Registry
  brand(): Brand
  /** Epoch milliseconds on this brand's clock. */
  now(): number
  /** Begins a change: nothing is written without one. */
  act(actor: Actor): Act
  /** Does all that is due now: engine, models, outbox. */
  settle(): Promise<void>
  /** Has what is due now taken within a tick, and does not wait for it. */
  stir(): Promise<void>
}
