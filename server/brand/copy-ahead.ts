import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { CopyClient } from '../work/copy-client.ts'
import type { Program } from '../work/fork.ts'
import type { CopyWatch } from './copy-watch.ts'

/** The copy of fewer is made before anybody who asks grows impatient. */
const many = 5_000

const nobody = { kind: 'any' as const, of: [] }

/** The program of the copy, which lies beside the helpers'. */
export const copyProgramOf = (helper: Program): Program =>
  helper === null ? null : join(dirname(helper), 'copy-process.mjs')

interface Ahead {
  readonly brand: string
  readonly log: Logger
  readonly helper: Program
  /** Hears what came of it. */
  readonly watch: CopyWatch
}

/** Makes the copy of a large brand, or reads it on, before somebody asks; its process ends soon after. */
export async function copyAhead(db: BrandDatabase, { brand, log, helper, watch }: Ahead): Promise<void> {
  const customers =
    db.sqlite.prepare<[], number | null>('select max(rowid) from customers').pluck().get() ?? 0
  if (customers < many) return
  const client = new CopyClient({ database: db.path, patienceMs: null, program: copyProgramOf(helper) })
  try {
    await watch.hear(client.ask('count', { condition: nobody, moment: { now: 0, zone: 'UTC', anchors: {} } }))
  } catch (error) {
    log.warn({ brand, err: error }, 'the analytical copy could not be made ahead; whoever counts is told why')
  } finally {
    client.close()
  }
}
