import type { ClockAdvance, ClockAnswer } from '../../shared/api/clock.ts'
import type { BrandId } from '../../shared/api/system.ts'
import type { Engine } from '../engine/engine.ts'
import type { ImportProgress, ImportRequest, RunningImport } from '../imports/index.ts'
import type { JourneyDesk } from '../journeys/desk.ts'
import type { MessageDesk } from '../messages/messages.ts'
import type { IncomingEvent, TakenEvents } from '../ports/events.ts'
import type { Progress, RehearseRequest } from '../rehearsal/index.ts'
import type { RunningRehearsal } from '../rehearsal/start.ts'
import type { SettingsDesk } from '../settings/desk.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'

/** What becomes of something in a brand, for whoever watches. */
export type BrandNews =
  | { readonly type: 'clock'; readonly clock: ClockAnswer }
  | { readonly type: 'figures'; readonly journeyId: string }
  | { readonly type: 'inbox'; readonly added: number }

/** One brand at work: its data, its clock, its engine and its channels. */
export interface BrandRuntime extends JourneyDesk, MessageDesk, SettingsDesk {
  readonly id: BrandId
  readonly db: BrandDatabase
  readonly engine: Engine
  clock(): ClockAnswer
  /** Moves a sandbox clock; resolves at the end of the move. A Problem where one is under way or the brand is live. */
  advance(move: ClockAdvance): Promise<ClockAnswer>
  /** Takes events in, each by itself: duplicates ignored, receipts and opt-outs acted on; then settles. */
  ingest(events: readonly IncomingEvent[]): Promise<TakenEvents>
  /** The folder of files that came in, and of what was made of them. */
  readonly importsFolder: string
  /** Begins an import, or a rehearsal, in a thread of its own. */
  importFile(request: ImportRequest, onProgress: (progress: ImportProgress) => void): RunningImport
  rehearse(request: RehearseRequest, onProgress: Progress): RunningRehearsal
  subscribe(listener: (news: BrandNews) => void): () => void
  /** Stops taking work, finishes the batch in hand, closes the database. */
  close(): Promise<void>
}
