import { setTimeout as pause } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { machineElapsed } from '../clock/machine.ts'
import type { Mark } from '../ports/clock.ts'
import type { Signs } from '../ports/signs.ts'
import { type Beats, watchBeats } from './beats.ts'

export interface Patience {
  /** How often it is looked whether the thread beats. */
  readonly roundMs: number
  /** From here on `/healthz` says that it does not. */
  readonly signMs: number
  /** Here it is ended, and started anew: longer than any one piece of its work takes. */
  readonly stillMs: number
  /** Until its first beat, which has to load its program. */
  readonly startMs: number
  /** How often in an hour that is tried. */
  readonly restarts: number
}

const usualPatience: Patience = {
  roundMs: 1000,
  signMs: 15_000,
  stillMs: 60_000,
  startMs: 60_000,
  restarts: 3,
}
const hourMs = 3_600_000
/** A thread is ended between two steps of its JavaScript; what never comes to one cannot be ended. */
const endingMs = 20_000

export interface KeeperDeps {
  readonly start: () => Worker
  readonly beats: Beats
  readonly patience?: Partial<Patience> | undefined
  readonly log?: Pick<Logger, 'error'> | undefined
  readonly signs?: Signs | undefined
  /** The thread has gone, and another will come: whoever waits for an answer of it gets none. */
  readonly onGone: () => void
  /** Another has come, and has nothing to do yet. */
  readonly onCome: () => Promise<void>
  /** None will come any more. */
  readonly onGivenUp: (error: Error) => void
}

/** Keeps a thread going: one that stands still, or has ended by an error, is followed by another. */
export interface ThreadKeeper {
  readonly worker: Worker
  /** Resolves when the thread can be asked; rejects where there is none any more. */
  ready(): Promise<void>
  /** It has begun to work: what ends it from now on may pass. */
  proven(): void
  /** Somebody counts on it to stand still; answers how to say that this is over. Another begins only then. */
  hold(): () => void
  /** The server is about to stop: no other follows. */
  lastOne(): void
  close(): Promise<void>
}

export function keepThread(deps: KeeperDeps): ThreadKeeper {
  const patience: Patience = { ...usualPatience, ...deps.patience }
  let restarts: Mark[] = []
  let restarting: Promise<void> | null = null
  let broken: Error | null = null
  let closing = false
  let hasWorked = false
  let isLast = false
  let held = 0
  let letGo: () => void = () => undefined

  const recent = () => {
    restarts = restarts.filter((at) => machineElapsed.since(at) < hourMs)
    return restarts.length
  }
  const giveUp = (error: Error): void => {
    if (closing || broken !== null) return
    broken = error
    deps.onGivenUp(error)
  }
  const anew = async (why: Error): Promise<void> => {
    const gone = worker
    gone.removeAllListeners()
    deps.onGone()
    const ended = gone.terminate().then(() => true)
    if (!(await Promise.race([ended, pause(endingMs, false, { ref: false })]))) throw why
    if (held > 0)
      await new Promise<void>((resolve) => {
        letGo = resolve
      })
    if (closing) return
    worker = start()
    watch.again()
    await deps.onCome()
  }
  const end = (why: Error): void => {
    if (closing || broken !== null) return
    // One that ends while its work is being handed over to it would end so again.
    if (isLast || !hasWorked || restarting !== null || recent() >= patience.restarts) {
      giveUp(why)
      return
    }
    restarts.push(machineElapsed.mark())
    deps.log?.error({ err: why, times: restarts.length }, 'the thread of the work is ended and started anew')
    restarting = anew(why)
      .catch((error: unknown) => giveUp(error instanceof Error ? error : why))
      .finally(() => {
        restarting = null
      })
  }
  const start = (): Worker => {
    const made = deps.start()
    made.on('error', end)
    made.on('exit', (code) => end(new Error(`the thread of the work has ended with ${code}`)))
    return made
  }

  let worker = start()
  const watch = watchBeats(deps.beats, 'works', {
    ...patience,
    onStill: () => end(new Error('the thread of the work stands still')),
  })
  const unwatch = [
    deps.signs?.watch('heart-still', null, () =>
      watch.quietMs() < patience.signMs ? null : { seconds: Math.round(watch.quietMs() / 1000) },
    ),
    deps.signs?.watch('engine-restarted', null, () => (recent() === 0 ? null : { times: recent() })),
  ]
  return {
    get worker() {
      return worker
    },
    async ready() {
      await restarting
      if (broken !== null) throw broken
    },
    proven() {
      hasWorked = true
    },
    hold() {
      held += 1
      return () => {
        held -= 1
        if (held === 0) letGo()
      }
    },
    lastOne() {
      isLast = true
    },
    async close() {
      closing = true
      watch.end()
      for (const done of unwatch) done?.()
      await worker.terminate()
    },
  }
}
