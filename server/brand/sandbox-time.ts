import type { ClockAnswer } from '../../shared/api/clock.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Act } from '../ports/acts.ts'
import { targetOf } from '../sandbox/clock.ts'
import { type Move, runMove } from '../sandbox/move.ts'
import type { Timekeeper, Work } from './timekeeper.ts'

/** A virtual clock: it stands where it is put. */
export interface VirtualClock {
  now: number
}

export interface SandboxTimeDeps extends Pick<Move, 'planned' | 'newcomers' | 'anyJourney' | 'stopping'> {
  readonly work: Work
  readonly clock: VirtualClock
  /** When something is due that people wait for. */
  readonly nextDue: (after: number) => number | null
  /** The same, or when audiences are looked at again: where a move stops on its way. */
  readonly nextTimer: (after: number) => number | null
  readonly onSlice: Move['onSlice']
  /** Whether nothing has happened in the brand yet. */
  readonly untouched: () => boolean
  /** Keeps where the clock has been put. */
  readonly put: (act: Act, to: number) => Promise<void>
}

/** Virtual time: it stands still until somebody moves it, and all that is due is done before it goes on. */
export function createSandboxTime(deps: SandboxTimeDeps): Timekeeper {
  const { work, clock, nextDue } = deps
  let moving: ClockAnswer['moving'] = null
  let ending = false
  let last: Promise<unknown> = Promise.resolve()
  let move: Promise<unknown> = Promise.resolve()

  const workUntilDone = async (): Promise<void> => {
    for (;;) {
      // Who has just done something is scored first: the branches that follow ask for what is so now.
      const scored = await work.score()
      const stepped = await work.tick(clock.now)
      const asked = await work.ask()
      const dispatched = await work.dispatch()
      const erased = await work.erase()
      const given = await work.give()
      if (stepped + asked + dispatched + erased + scored + given === 0 || deps.stopping()) return
    }
  }
  const settle = (): Promise<void> => {
    const run = last.then(workUntilDone, workUntilDone)
    last = run.catch(() => undefined)
    return run
  }
  /** Where nothing has happened there is nothing to live through on the way, and nothing to take back. */
  const put = async (act: Act, to: number): Promise<void> => {
    await deps.put(act, to)
    clock.now = to
  }
  const moveTo = async (act: Act, to: number): Promise<void> => {
    const from = clock.now
    moving = { from, to, at: from }
    ending = false
    try {
      await runMove({
        ...deps,
        act,
        from,
        to,
        nextTimer: deps.nextTimer,
        settle,
        stopping: () => ending || deps.stopping(),
        onSlice(slice, at) {
          clock.now = at
          moving = { from, to, at }
          deps.onSlice(slice, at)
        },
      })
    } finally {
      moving = null
    }
  }

  return {
    start: settle,
    moving: () => moving,
    async advance(act, request) {
      if (moving !== null) throw new Problem('clock-moving')
      if ('to' in request && deps.untouched()) {
        await put(act, request.to)
        return
      }
      const run = moveTo(act, targetOf(request, clock.now, nextDue(clock.now)))
      move = run.catch(() => undefined)
      await run
    },
    async endMove() {
      ending = true
    },
    settle,
    stir: settle,
    // Whoever moves the clock sees how far it has come.
    standsMs: () => 0,
    async stop() {
      await move
      await last
    },
  }
}
