import type { ClockAdvance, ClockAnswer } from '../../shared/api/clock.ts'
import type { BrandId } from '../../shared/api/system.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Polisher } from '../ai/polish.ts'
import type { Channel } from '../channels/channel.ts'
import type { Engine } from '../engine/engine.ts'
import type { Desk } from '../ports/desk.ts'
import type { EngineStore } from '../ports/engine.ts'
import type { IncomingEvent } from '../ports/events.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import type { Inserted } from '../store/sqlite/events/events.ts'

export type { EventFault } from '../store/sqlite/events/events.ts'

/** What becomes of something in a brand, for whoever watches. */
export type BrandNews =
  | { readonly type: 'clock'; readonly clock: ClockAnswer }
  | { readonly type: 'figures'; readonly journeyId: string }
  | { readonly type: 'inbox'; readonly added: number }

/** One brand at work: its data, its clock, its engine and its channels. */
export interface BrandRuntime extends Desk {
  readonly id: BrandId
  readonly db: BrandDatabase
  readonly store: EngineStore
  readonly engine: Engine
  saveBrand(brand: Brand): void
  clock(): ClockAnswer
  /** Moves a sandbox clock; resolves at the end of the move. A Problem where one is under way or the brand is live. */
  advance(move: ClockAdvance): Promise<ClockAnswer>
  /** Takes events in, each by itself: duplicates ignored, receipts and opt-outs acted on; then settles. */
  ingest(events: readonly IncomingEvent[]): Promise<Inserted>
  /** Channels by id, as they are set up now. */
  channels(): ReadonlyMap<string, Channel>
  /** Reads the channels' and the model's settings again after they were saved. */
  reconfigure(): Promise<void>
  polisher(): Polisher | null
  subscribe(listener: (news: BrandNews) => void): () => void
  /** Stops taking work, finishes the batch in hand, closes the database. */
  close(): Promise<void>
}
