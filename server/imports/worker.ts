import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../shared/errors/index.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import type { ThreadData } from '../threads.ts'
import { importFile } from './import.ts'
import type { ImportTask, ThreadAnswer } from './start.ts'

/** Runs one import beside the server. */
async function run({ path, request }: ImportTask): Promise<void> {
  const say = (answer: ThreadAnswer) => parentPort?.postMessage(answer)
  const cancelled = new AbortController()
  parentPort?.once('message', () => cancelled.abort())
  const db = openDatabase(path)
  try {
    const report = await importFile(db, request, {
      onProgress: (progress) => say({ kind: 'progress', progress }),
      signal: cancelled.signal,
    })
    say({ kind: 'report', report })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    say({ kind: 'problem', code: error.code, details: error.details, place: error.place ?? null })
  } finally {
    db.close()
    parentPort?.close()
  }
}

// The one place where a thread's data, which is untyped, gets its type.
await run((workerData as ThreadData<ImportTask>).data)
