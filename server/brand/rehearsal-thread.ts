import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../shared/errors/index.ts'
import { type RehearseRequest, rehearse } from '../rehearsal/index.ts'
import type { WorkerAnswer } from '../rehearsal/start.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import type { ThreadData } from '../threads.ts'

/** Runs one rehearsal beside the server, with a connection of its own that cannot write. */
async function run({ path, request }: { path: string; request: RehearseRequest }): Promise<void> {
  const say = (answer: WorkerAnswer) => parentPort?.postMessage(answer)
  const db = openDatabase(path, { readonly: true })
  try {
    const report = await rehearse(rehearsalPorts(db), request, (done, of) =>
      say({ kind: 'progress', done, of }),
    )
    say({ kind: 'report', report })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    say({ kind: 'problem', code: error.code, details: error.details, place: error.place ?? null })
  } finally {
    db.close()
  }
}

await run((workerData as ThreadData<{ path: string; request: RehearseRequest }>).data)
