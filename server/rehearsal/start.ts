import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { type ErrorCode, Problem } from '../../shared/errors/index.ts'
import { startThread } from '../threads.ts'
import type { RehearseRequest } from './index.ts'
import type { Progress } from './play.ts'

/** What the worker says. */
export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'report'; readonly report: RehearsalReport }
  | {
      readonly kind: 'problem'
      readonly code: ErrorCode
      readonly details: Readonly<Record<string, string | number>>
      readonly place: string | null
    }

export interface RunningRehearsal {
  /** Rejects with a Problem: the journey's, or `rehearsal-cancelled`. */
  readonly result: Promise<RehearsalReport>
  cancel(): void
}

/**
 * Starts a rehearsal in a thread of its own over the database at `path`, so that the server goes on
 * answering meanwhile. `entry` is the module that opens it there.
 */
export function startRehearsal(
  entry: URL,
  path: string,
  request: RehearseRequest,
  onProgress: Progress,
): RunningRehearsal {
  const worker = startThread(entry, { path, request })
  const result = new Promise<RehearsalReport>((resolve, reject) => {
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'progress') onProgress(answer.done, answer.of)
      else if (answer.kind === 'report') resolve(answer.report)
      else reject(new Problem(answer.code, answer.details, answer.place ?? undefined))
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Problem('rehearsal-cancelled')))
  })
  return { result, cancel: () => void worker.terminate() }
}
