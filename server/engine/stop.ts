import { setImmediate as breath } from 'node:timers/promises'
import { leftState, type Plan } from '../../shared/compile/plan.ts'
import type { Reason } from '../../shared/effects/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { untold } from '../../shared/run/goals.ts'
import { leave, leaveUnread } from '../../shared/run/step.ts'
import type { Change, EngineStore, StoredEnrollment } from '../ports/engine.ts'
import type { FlightSource } from '../ports/journeys.ts'
import { troubleOf } from '../ports/trouble.ts'
import { changeOf, passageOf, record } from './round.ts'

export interface StopRequest {
  readonly store: Pick<EngineStore, 'commit'>
  readonly source: FlightSource
  readonly planFor: (journeyId: string, version: number) => Promise<Plan>
  readonly journeyId: string
  readonly now: number
  readonly brand: Brand
  readonly batchSize?: number
  /** Runs each batch while the engine stands still; left out, the caller has seen to that for all of them. */
  readonly alone?: <T>(batch: () => Promise<T>) => Promise<T>
}

/** Why somebody is taken out, wherever they stand. */
type TakenOut = Reason<'stopped' | 'erased' | 'removed' | 'merged'>

const stopped: TakenOut = { code: 'stopped' }

/** Out of a version that cannot be read any more: a stop must end everyone. */
function leavingBlindly(
  { enrollment, entryKey, attempts }: StoredEnrollment,
  reason: TakenOut,
  now: number,
): Change {
  const left = leaveUnread(enrollment, reason, now)
  return {
    enrollment: left.enrollment,
    entryKey,
    before: enrollment.steps,
    from: enrollment.state,
    hadFailed: attempts > 0,
    moves: left.trace === null ? [] : [{ trace: left.trace, to: leftState }],
    effects: [],
    decided: true,
    ending: reason.code,
    leftAt: null,
    countsUntil: untold,
    withdraw: true,
    carried: null,
    failure: null,
  }
}

/** The change that takes somebody out of a journey by `journey.left`, with what is queued to them. */
export function takenOut(
  plan: Plan | null,
  stored: StoredEnrollment,
  reason: TakenOut,
  { now, brand }: Pick<StopRequest, 'now' | 'brand'>,
): Change | null {
  if (plan === null) return leavingBlindly(stored, reason, now)
  const passage = passageOf(plan, stored, null)
  const { enrollment } = stored
  record(passage, leave(plan, enrollment, reason, now), now, null)
  passage.withdraw = true
  return changeOf(passage, enrollment, { now, brand })
}

/**
 * Rule 22: takes everyone out of a journey by `journey.left` and withdraws what is queued, batch by batch. Goals go on
 * counting within their windows, as after any leaving: what has been sent goes on working, and the control group,
 * which was sent nothing, is compared over the same days.
 * To be run in the engine's exclusive section, after the journey was closed to entries. Interrupted, it goes
 * on where it stopped when it is run again. Returns how many left.
 */
export async function stopEveryone(request: StopRequest): Promise<number> {
  const { store, source, planFor, journeyId, now, batchSize = 200 } = request
  const alone = request.alone ?? ((batch) => batch())
  let left = 0
  let after = 0
  /** How many left in the next batch; null where nobody is there any more. */
  const next = async (): Promise<number | null> => {
    const batch = await source.inFlight(journeyId, after, batchSize)
    const changes: Change[] = []
    for (const stored of batch) {
      const { enrollment }: { enrollment: Enrollment } = stored
      const plan = await planFor(journeyId, enrollment.version).catch((error: unknown) => {
        // A version that cannot be read keeps nobody in; a store that is in trouble is waited for.
        if (troubleOf(error) !== null) throw error
        return null
      })
      const change = takenOut(plan, stored, stopped, request)
      if (change !== null) changes.push(change)
      after = enrollment.id
    }
    if (batch.length === 0) return null
    return (await store.commit({ now, changes, taken: [] })).applied
  }
  for (;;) {
    const gone = await alone(next)
    if (gone === null) return left
    left += gone
    // Requests and the journeys that go on get their turn: a large journey takes a while to empty.
    await breath()
  }
}
