import { syncEvent } from '../ports/wecom.ts'
import { type BroadcastDeps, createBroadcaster } from './broadcasts.ts'
import { createHearer, type HearDeps } from './hear.ts'
import { createHearing } from './hearing.ts'
import { createMarker } from './marks.ts'
import { createStaffTeller, type TellerDeps } from './staff-teller.ts'
import { SyncBroken } from './sync.ts'

export interface WecomWorkerDeps
  extends Omit<HearDeps, 'stopping'>,
    Pick<BroadcastDeps, 'now' | 'host' | 'speaker'>,
    Pick<TellerDeps, 'agent' | 'brand' | 'brandId'> {
  /** Told of what kept something from being done; it is tried again. */
  readonly onError: (error: unknown) => void
}

export interface WecomWorker {
  /** Does what WeCom has told and what is due; resolves when it is done. Never rejects. */
  run(): Promise<void>
  /** Whether somebody is to be greeted within seconds. */
  hurried(): boolean
  /** Begins nothing new; resolves when what is in hand is done. */
  stop(): Promise<void>
}

/** How long after a failure something is tried again (ms). */
const againMs = 5_000
const syncAgainMs = 60_000
/** A new friend is to be greeted so soon, so that the engine hurries meanwhile (ms). */
const hurryMs = 3_000

/** What goes on by itself between a brand and its WeCom, beside its engine. */
export function createWecomWorker(deps: WecomWorkerDeps): WecomWorker {
  const { work, ingest, realNow, onError } = deps
  const hear = createHearer({ ...deps, stopping: () => stopping })
  const broadcaster = createBroadcaster({
    ...deps,
    act: () => deps.act({ kind: 'engine', id: '', via: 'itself' }),
  })
  const hearing = createHearing({
    ...{ work, hear, ingest, realNow, onError },
    whose: ({ fields, key }) => fields.ExternalUserID ?? key,
    aside: ({ event }) => event === syncEvent,
    againMs: (error) => (error instanceof SyncBroken ? syncAgainMs : againMs),
    onEvents: ({ fields }) => {
      if (fields.WelcomeCode !== undefined) hurriesUntil = realNow() + hurryMs
    },
  })
  const marker = createMarker(deps)
  const teller = createStaffTeller(deps)
  let casting: Promise<void> | null = null
  let marking: Promise<void> | null = null
  let stopping = false
  let hurriesUntil = 0

  return {
    async run() {
      if (stopping) return
      const heard = hearing.run()
      casting ??= broadcaster
        .run()
        .then(() => undefined, onError)
        .finally(() => {
          casting = null
        })
      marking ??= Promise.all([marker.run(), teller.run()])
        .then(() => undefined, onError)
        .finally(() => {
          marking = null
        })
      await heard
    },
    hurried: () => realNow() < hurriesUntil,
    async stop() {
      stopping = true
      await Promise.all([hearing.stop(), casting, marking])
    },
  }
}
