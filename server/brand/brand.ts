import type { ClockAnswer } from '../../shared/api/clock.ts'
import type { BrandId } from '../../shared/api/system.ts'
import type { AskKind } from '../../shared/api/work.ts'
import type { ImportDesk } from '../customers/imports.ts'
import type { Engine } from '../engine/engine.ts'
import type { JourneyDesk } from '../journeys/desk.ts'
import type { RehearsalDesk } from '../journeys/rehearsals.ts'
import type { WhatIfDesk } from '../journeys/why/what-if.ts'
import type { MessageDesk } from '../messages/messages.ts'
import type { PreviewDesk } from '../messages/preview/desk.ts'
import type { ModelDesk } from '../models/desk.ts'
import type { Act } from '../ports/acts.ts'
import type { IncomingEvent, NamedEvent, TakenEvents } from '../ports/events.ts'
import type { TakeRecords } from '../ports/records.ts'
import type { ClockDesk } from '../settings/clock.ts'
import type { SettingsDesk } from '../settings/desk.ts'
import type { JobAnswer, JobArgs } from '../work/jobs.ts'
import type { By, Workshop } from '../work/workshop.ts'

/** What becomes of something in a brand, for whoever watches. */
export type BrandNews =
  | { readonly type: 'clock'; readonly clock: ClockAnswer }
  | { readonly type: 'figures'; readonly journeyId: string }
  | { readonly type: 'inbox'; readonly added: number }

/** One brand at work: its data, its clock, its engine and its channels. */
export interface BrandRuntime
  extends ClockDesk,
    ImportDesk,
    JourneyDesk,
    MessageDesk,
    ModelDesk,
    PreviewDesk,
    RehearsalDesk,
    SettingsDesk,
    Pick<WhatIfDesk, 'lead'> {
  readonly id: BrandId
  /** Where its database lies. */
  readonly path: string
  /** Where this server is reached, without a slash at its end. */
  baseUrl(): string
  /** From now on links of messages are short ones under this address; null: they stay as they are. */
  linksAt(base: string | null): Promise<void>
  readonly engine: Engine
  /** Where work is under way, of all brands of the server. */
  readonly workshop: Workshop
  /** Works something out within its bounds, beside the server. */
  ask<K extends AskKind>(kind: K, args: JobArgs<K>, by: By): Promise<JobAnswer<K>>
  /**
   * Takes events in, each by itself: duplicates ignored, receipts and opt-outs acted on; then settles. Whom nobody knows
   * is made by whoever calls, where the brand wants that.
   */
  ingest(events: readonly (IncomingEvent | NamedEvent)[], by?: Act | null): Promise<TakenEvents>
  /** Takes rows in, each by itself; then settles. */
  readonly take: TakeRecords
  subscribe(listener: (news: BrandNews) => void): () => void
  /** Begins nothing new; resolves when what is in hand is done, or given up after so long. */
  halt(graceMs: number): Promise<void>
  /** Stops taking work, finishes the batch in hand for no longer than `patienceMs`, closes the database. */
  close(patienceMs?: number): Promise<void>
}
