import type { Logger } from 'pino'
import type { BrandId } from '../../shared/api/system.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { AiSettings } from '../ai/settings.ts'
import type { Channel } from '../channels/channel.ts'
import type { ChannelDeps } from '../channels/index.ts'
import type { Base } from '../ports/base.ts'
import type { Elapsed, WallTime } from '../ports/clock.ts'
import type { SignSayer } from '../ports/signs.ts'
import type { Reactions } from '../sandbox/reactions.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import type { KeyRing } from '../store/sqlite/secrets/seal.ts'
import type { NewCustomer } from '../store/sqlite/seed.ts'
import type { Workshop } from '../work/workshop.ts'
import type { Heartbeat } from './live-time.ts'
import type { Works, WorksDeps } from './works.ts'

/** What a brand is brought to life with. */
export interface OpenBrand {
  readonly id: BrandId
  readonly db: BrandDatabase
  readonly mode: 'sandbox' | 'live'
  readonly log: Logger
  /** Where the brand says how it does, by its id; without it nobody hears. */
  readonly signs?: SignSayer
  /** Where this server is reached, without a slash at its end; known once it listens. */
  readonly baseUrl: () => string
  /** What the brand's secrets are sealed with. */
  readonly keys: KeyRing
  /** Signs the links in messages. */
  readonly linkSecret: string
  /** Stands before the idempotency keys of this brand's messages. */
  readonly publicId: string
  /** The model's settings in the environment; the brand's own count where it has none. */
  readonly ai: AiSettings
  /** The time of the house: the machine's, but for its jumps. */
  readonly machineNow: WallTime
  /** What answers over everybody, to the work of the brand too; without one, a copy in this process's own memory. */
  readonly base?: Base
  /** The machine's monotonic clock, unless a test turns it. */
  readonly elapsed?: Elapsed
  readonly registry?: Registry
  readonly batchSize?: number
  /** What the sandbox's members do on a message, and who joins of their own accord. */
  readonly reactions?: Reactions
  readonly newcomers?: (after: number, upTo: number) => readonly NewCustomer[]
  readonly heartbeat?: Heartbeat
  /** Where the work goes on; in the thread that opens the brand unless another is named. */
  readonly works?: (options: OpenBrand, deps: WorksDeps) => Promise<Works>
  /** Where bounded work is done; without one, answers are worked out in this thread. */
  readonly workshop?: Workshop
  /** How channels reach out, and other channels in their place, where a test has a say in it. */
  readonly reach?: Partial<Pick<ChannelDeps, 'timeouts' | 'allowHosts' | 'resolve' | 'now'>>
  readonly channels?: () => Map<string, Channel>
}
