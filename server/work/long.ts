import type { ModelRun } from '../../shared/api/models.ts'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { ChoreDone } from '../../shared/api/upkeep.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { FileChore } from '../../shared/chores.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { ImportProgress, ImportReport, ImportRequest } from '../imports/index.ts'
import type { RehearsalHeard, RunningWork } from '../ports/work.ts'
import type { RehearseRequest } from '../rehearsal/index.ts'
import type { Workshop } from './workshop.ts'

/** Of which brand, where it lies, and who has begun it. */
export interface LongPlace {
  readonly brand: string
  readonly path: string
  readonly actor: Actor
}

/** Reads a file in; ended by a person, it ends after the batch in hand. */
export function beginImport(
  workshop: Workshop,
  { path, ...place }: LongPlace,
  request: ImportRequest,
  onProgress: (progress: ImportProgress) => void,
): RunningWork<ImportReport> {
  const running = workshop.begin({
    kind: 'import',
    ...place,
    what: request.name ?? '',
    task: { kind: 'import', path, request },
    cancelled: new Problem('import-cancelled'),
    gentle: true,
    onProgress: (said) => {
      if (said.kind === 'import') onProgress(said.progress)
    },
  })
  // What a helper answers to an import is its report; both are of one build.
  return { ...running, result: running.result as Promise<ImportReport> }
}

/** Rehearses; it reads only, so that it may be ended at any moment. */
export function beginRehearsal(
  workshop: Workshop,
  { path, ...place }: LongPlace,
  request: RehearseRequest,
  { onProgress, onCopying }: RehearsalHeard,
): RunningWork<RehearsalReport> {
  const running = workshop.begin({
    kind: 'rehearsal',
    ...place,
    what: request.journey.id,
    task: { kind: 'rehearsal', path, request },
    cancelled: new Problem('rehearsal-cancelled'),
    gentle: false,
    onProgress: (said) => {
      if (said.kind === 'rehearsal') onProgress(said.done, said.of)
      else if (said.kind === 'copying') onCopying(said.done, said.of)
    },
  })
  // As above: the answer to a rehearsal is its report.
  return { ...running, result: running.result as Promise<RehearsalReport> }
}

/** Tends a file of data; ended by a person, it ends at once, as each chore is done wholly or not at all. */
export function beginUpkeep(
  workshop: Workshop,
  { path, ...place }: LongPlace,
  chores: readonly FileChore[],
  now: number,
): RunningWork<readonly ChoreDone[]> {
  const running = workshop.begin({
    kind: 'upkeep',
    ...place,
    what: '',
    task: { kind: 'upkeep', path, chores, now },
    cancelled: new Problem('work-ended'),
    gentle: false,
    onProgress: () => undefined,
  })
  // As above: the answer is what came of each chore.
  return { ...running, result: running.result as Promise<readonly ChoreDone[]> }
}

/** Fits the models and scores everybody; ended by a person, it ends at once: who was scored stays so. */
export function beginScoring(
  workshop: Workshop,
  { path, ...place }: LongPlace,
  /** On the brand's clock. */
  now: number,
  onProgress: (done: number, of: number) => void,
): RunningWork<ModelRun> {
  const running = workshop.begin({
    kind: 'scoring',
    ...place,
    what: '',
    task: { kind: 'scoring', path, now },
    cancelled: new Problem('work-ended'),
    gentle: false,
    onProgress: (said) => {
      if (said.kind === 'scoring') onProgress(said.done, said.of)
    },
  })
  // As above: the answer is what the run says of itself.
  return { ...running, result: running.result as Promise<ModelRun> }
}
