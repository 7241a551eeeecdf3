import { type ErrorCode, Problem } from '../../shared/errors/index.ts'
import { startThread } from '../threads.ts'
import type { ImportProgress, ImportReport, ImportRequest } from './import.ts'

/** What the thread is given. */
export interface ImportTask {
  readonly path: string
  readonly request: ImportRequest
}

/** What the thread says. */
export type ThreadAnswer =
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'report'; readonly report: ImportReport }
  | {
      readonly kind: 'problem'
      readonly code: ErrorCode
      readonly details: Readonly<Record<string, string | number>>
      readonly place: string | null
    }

export interface RunningImport {
  /** Rejects with a Problem: the file's as a whole, or `import-cancelled`. */
  readonly result: Promise<ImportReport>
  /** Ends it after the batch under way; what was written stays. */
  cancel(): void
}

/**
 * Starts an import in a thread of its own, with a connection of its own to the database at `path`, so that
 * the server goes on answering meanwhile.
 */
export function startImport(
  path: string,
  request: ImportRequest,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): RunningImport {
  const worker = startThread<ImportTask>(new URL('./worker.ts', import.meta.url), { path, request })
  const result = new Promise<ImportReport>((resolve, reject) => {
    worker.on('message', (answer: ThreadAnswer) => {
      if (answer.kind === 'progress') onProgress(answer.progress)
      else if (answer.kind === 'report') resolve(answer.report)
      else reject(new Problem(answer.code, { ...answer.details }, answer.place ?? undefined))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the thread of the import ended with code ${code}`)))
  })
  return { result, cancel: () => worker.postMessage('cancel') }
}
