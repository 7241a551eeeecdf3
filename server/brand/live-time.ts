import { Problem } from '../../shared/errors/index.ts'
import { createPulse, type PulseDeps } from '../engine/pulse.ts'
import type { Elapsed, Mark, WallTime } from '../ports/clock.ts'
import type { Timekeeper, Work } from './timekeeper.ts'

/** Calls `beat` from now on, about once a second; answers how to end that. */
export type Heartbeat = (beat: () => Promise<void>) => () => void

/** At most so far apart what is due is looked for, in milliseconds. */
const beatMs = 1000

/**
 * The heart beats by the monotonic clock, which nobody sets. A beat that finds the one before still at work is
 * skipped by the pulse.
 */
export const everySecond: Heartbeat = (beat) => {
  const timer = setInterval(() => void beat(), beatMs)
  return () => clearInterval(timer)
}

export interface LiveTimeDeps {
  readonly work: Work
  readonly now: WallTime
  readonly elapsed: Elapsed
  readonly heartbeat: Heartbeat
  readonly log: PulseDeps['log']
}

/** Real time: a heartbeat makes happen what is due, and models and channels run beside the engine. */
export function createLiveTime({ work, now, elapsed, heartbeat, log }: LiveTimeDeps): Timekeeper {
  let underWay: Mark | null = null
  /**
   * Batch by batch, each as of its own time: a backlog that takes an hour keeps neither what comes in meanwhile nor
   * the messages of its first minutes waiting for an hour.
   */
  const tick = async (): Promise<boolean> => {
    const began = elapsed.mark()
    try {
      for (;;) {
        underWay = elapsed.mark()
        if ((await work.batch(now())) === 0) return false
        if (elapsed.since(began) >= beatMs || work.hurried?.() === true) return true
      }
    } finally {
      underWay = null
    }
  }
  const pulse = createPulse({
    tick,
    beside: [work.ask, work.dispatch, work.erase, work.score, work.give],
    log,
  })
  let end: () => void = () => undefined
  return {
    async start() {
      end = heartbeat(() => pulse.beat())
      pulse.wake()
    },
    moving: () => null,
    advance: () => Promise.reject(new Problem('clock-real')),
    endMove: async () => undefined,
    async settle() {
      await work.tick(now())
      pulse.wake()
    },
    async stir() {
      pulse.wake()
    },
    standsMs: () => (underWay === null ? 0 : elapsed.since(underWay)),
    async stop() {
      end()
      await pulse.stop()
    },
  }
}
