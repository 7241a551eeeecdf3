import type { IncomingEvent } from '../ports/events.ts'
import type { ToldCallback, WecomWork } from '../ports/wecom.ts'

export interface HearingDeps {
  readonly work: Pick<WecomWork, 'due' | 'done' | 'failed'>
  /** Does what was told, and answers the events that it means. */
  readonly hear: (told: ToldCallback) => Promise<readonly IncomingEvent[]>
  readonly ingest: (events: readonly IncomingEvent[]) => Promise<unknown>
  readonly realNow: () => number
  /** Whose it is: what is told of one is done in its order. */
  readonly whose: (told: ToldCallback) => string
  /** What takes long is done beside the others; null: it is as short as they are. */
  readonly aside?: (told: ToldCallback) => boolean
  /** How long after a failure it is tried again (ms). */
  readonly againMs?: (error: unknown) => number
  /** Told of what means events, before they are taken in. */
  readonly onEvents?: (told: ToldCallback) => void
  /** Told of what kept something from being done; it is tried again. */
  readonly onError: (error: unknown) => void
}

export interface Hearing {
  /** Does what has been told and is due; resolves when it is done. Never rejects. */
  run(): Promise<void>
  /** Begins nothing new; resolves when what is in hand is done. */
  stop(): Promise<void>
}

const atOnce = 100
/** How long after a failure something is tried again (ms). */
const soonMs = 5_000
/** What has failed for a day is given up. */
const patienceMs = 86_400_000

function grouped(told: readonly ToldCallback[], whose: HearingDeps['whose']): ToldCallback[][] {
  const groups = new Map<string, ToldCallback[]>()
  for (const one of told) {
    const known = groups.get(whose(one))
    if (known === undefined) groups.set(whose(one), [one])
    else known.push(one)
  }
  return [...groups.values()]
}

/** Does what a messenger's callbacks have told, from the rows that they are kept in. */
export function createHearing(deps: HearingDeps): Hearing {
  const { work, hear, ingest, realNow, whose, onError } = deps
  const { aside = () => false, againMs = () => soonMs } = deps
  let hearing: Promise<void> | null = null
  let beside: Promise<void> | null = null
  let again = false
  let stopping = false

  const one = async (told: ToldCallback): Promise<void> => {
    try {
      const events = await hear(told)
      if (events.length > 0) {
        deps.onEvents?.(told)
        await ingest(events)
      }
      await work.done([told.key])
    } catch (error) {
      onError(error)
      const late = realNow() - told.at > patienceMs
      await work.failed(told.key, String(error), late ? null : realNow() + againMs(error))
    }
  }
  const hearAll = async (): Promise<void> => {
    do {
      again = false
      const due = await work.due(realNow(), atOnce)
      const told = due.filter((each) => !aside(each))
      // What may take minutes keeps nobody waiting who is to be greeted.
      const long = due.find(aside)
      if (long !== undefined)
        beside ??= one(long).finally(() => {
          beside = null
        })
      if (told.length === 0) continue
      again = true
      await Promise.all(
        grouped(told, whose).map(async (group) => {
          for (const callback of group) await one(callback)
        }),
      )
    } while (again && !stopping)
  }
  return {
    async run() {
      if (stopping) return
      again = true
      hearing ??= hearAll()
        .catch(onError)
        .finally(() => {
          hearing = null
        })
      await hearing
    },
    async stop() {
      stopping = true
      await Promise.all([hearing, beside])
    },
  }
}
