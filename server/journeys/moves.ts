import type { MovesAnswer } from '../../shared/api/versions.ts'
import type { OpenWork, PlannedKind } from '../../shared/api/work.ts'
import { engineActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { MoveKind } from '../../shared/run/move.ts'
import type { Desk } from '../ports/desk.ts'

/** What is moved or said anew in a journey, the oldest first. Problem `not-found`. */
export async function readMoves({ stores }: Desk, id: string): Promise<MovesAnswer> {
  await stores.journeys.status(id)
  const moves = await stores.journeys.moves(id)
  return {
    moves: moves.map(({ kind, from, to, done, of, since }) => ({
      ...{ kind, from: [...from], to, since },
      ...{ done: of === null ? done : Math.min(done, of), of },
    })),
  }
}

const kinds = { version: 'crossing', values: 'rewording' } as const satisfies Record<MoveKind, PlannedKind>

/** The same of all journeys of a brand, as work under way. */
export async function movesAsWork({ stores }: Desk): Promise<OpenWork[]> {
  const moves = await stores.journeys.moves(null)
  return moves.map(({ id, kind, journeyId, journeyName, from, to, done, of, actor, since }) => ({
    id: `${kinds[kind]}-${id}`,
    kind: kinds[kind],
    what: journeyId,
    actor: actor ?? engineActor,
    since,
    state: 'running',
    before: 0,
    progress: of === null ? null : { done: Math.min(done, of), of },
    until: null,
    endable: false,
    crossing: { name: journeyName, from: [...from], to },
  }))
}

/** Nobody is left between two versions. Problem `work-not-endable` where that is what is asked for. */
export async function refuseEnding(desk: Desk, id: string): Promise<void> {
  if ((await movesAsWork(desk)).some((one) => one.id === id))
    throw new Problem('work-not-endable', {}, 'work')
}
