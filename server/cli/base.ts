import { copyFileOf, copyLockOf } from '../analytics/copy/files.ts'
import type { Base } from '../ports/base.ts'
import { takeLock } from '../store/sqlite/lock.ts'
import { openTruth } from '../store/sqlite/truth/truth.ts'
import { CopyClient } from '../work/copy-client.ts'
import { hearEveryMs, patientBase } from '../work/patient-base.ts'
import type { Terminal } from './command.ts'
import { type Far, type Working, whileWorking } from './working.ts'

/** What answers, and can be made anew. */
interface KeptBase extends Base {
  rebuild(): Promise<void>
}

/** Where somebody waits for the answer, and what they wait for. */
export interface Waiting {
  readonly terminal: Terminal
  readonly label: string
}

const copied = (rows: number, of: number): Far => ({ what: 'analytical copy', done: rows, of })

/**
 * Asks over all customers of a database: a server that has the copy open, or else the copy itself; whoever waits is
 * told how far it is where it has to be made first.
 */
export function withBase<T>(
  database: string,
  { terminal, label }: Waiting,
  work: (base: KeptBase, working: Working) => Promise<T>,
): Promise<T> {
  return whileWorking(terminal, label, async (working) => {
    const unlock = takeLock(copyLockOf(database))
    if (unlock === null) return withServer(database, working, work)
    try {
      // Of all commands this one alone needs DuckDB.
      const { AnalyticalCopy } = await import('../analytics/copy/copy.ts')
      const copy = new AnalyticalCopy({ truth: openTruth(database), file: copyFileOf(database) })
      working.ask(() => (copy.building === null ? null : copied(copy.building.rows, copy.building.of)))
      return await work(copy, working).finally(() => copy.close())
    } finally {
      unlock()
    }
  })
}

async function withServer<T>(
  database: string,
  working: Working,
  work: (base: KeptBase, working: Working) => Promise<T>,
): Promise<T> {
  const client = new CopyClient({ database, patienceMs: () => hearEveryMs })
  let far: Far | null = null
  working.ask(() => far)
  const asked = patientBase(client, (rows, of) => {
    far = copied(rows, of)
  })
  const base: KeptBase = {
    async ask(kind, given, signal) {
      const answer = await asked.ask(kind, given, signal)
      far = null
      return answer
    },
    rebuild: () => client.rebuild(),
  }
  try {
    return await work(base, working)
  } finally {
    client.close()
  }
}
