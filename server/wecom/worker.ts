import { syncEvent, type ToldCallback } from '../ports/wecom.ts'
import { type BroadcastDeps, createBroadcaster } from './broadcasts.ts'
import { createHearer, type HearDeps } from './hear.ts'
import { SyncBroken } from './sync.ts'

export interface WecomWorkerDeps
  extends Omit<HearDeps, 'stopping'>,
    Pick<BroadcastDeps, 'now' | 'host' | 'speaker'> {
  readonly realNow: () => number
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

const atOnce = 100
/** How long after a failure something is tried again, and how often (ms). */
const againMs = 5_000
const syncAgainMs = 60_000
/** What has failed for a day is given up. */
const patienceMs = 86_400_000
/** A new friend is to be greeted so soon, so that the engine hurries meanwhile (ms). */
const hurryMs = 3_000

/** By whom it is: what is told of one friend is done in its order. */
function byFriend(told: readonly ToldCallback[]): ToldCallback[][] {
  const groups = new Map<string, ToldCallback[]>()
  for (const one of told) {
    const friend = one.fields.ExternalUserID ?? one.key
    const known = groups.get(friend)
    if (known === undefined) groups.set(friend, [one])
    else known.push(one)
  }
  return [...groups.values()]
}

/** What goes on by itself between a brand and its WeCom, beside its engine. */
export function createWecomWorker(deps: WecomWorkerDeps): WecomWorker {
  const { work, ingest, realNow, onError } = deps
  const hear = createHearer({ ...deps, stopping: () => stopping })
  const broadcaster = createBroadcaster({
    ...deps,
    act: () => deps.act({ kind: 'engine', id: '', via: 'itself' }),
  })
  let hearing: Promise<void> | null = null
  let casting: Promise<void> | null = null
  let syncing: Promise<void> | null = null
  let again = false
  let stopping = false
  let hurriesUntil = 0

  const one = async (told: ToldCallback): Promise<void> => {
    try {
      const events = await hear(told)
      if (events.length > 0) {
        if (told.fields.WelcomeCode !== undefined) hurriesUntil = realNow() + hurryMs
        await ingest(events)
      }
      await work.done([told.key])
    } catch (error) {
      onError(error)
      const late = realNow() - told.at > patienceMs
      const waitMs = error instanceof SyncBroken ? syncAgainMs : againMs
      await work.failed(told.key, String(error), late ? null : realNow() + waitMs)
    }
  }
  const hearAll = async (): Promise<void> => {
    do {
      again = false
      const due = await work.due(realNow(), atOnce)
      const told = due.filter(({ event }) => event !== syncEvent)
      // Taking friends over may take minutes, and keeps nobody waiting who is to be greeted.
      const asked = due.find(({ event }) => event === syncEvent)
      if (asked !== undefined)
        syncing ??= one(asked).finally(() => {
          syncing = null
        })
      if (told.length === 0) continue
      again = true
      await Promise.all(
        byFriend(told).map(async (group) => {
          for (const callback of group) await one(callback)
        }),
      )
    } while (again && !stopping)
  }
  const swallow = (error: unknown): void => onError(error)

  return {
    async run() {
      if (stopping) return
      again = true
      hearing ??= hearAll()
        .catch(swallow)
        .finally(() => {
          hearing = null
        })
      casting ??= broadcaster
        .run()
        .then(() => undefined, swallow)
        .finally(() => {
          casting = null
        })
      await hearing
    },
    hurried: () => realNow() < hurriesUntil,
    async stop() {
      stopping = true
      await Promise.all([hearing, casting, syncing])
    },
  }
}
