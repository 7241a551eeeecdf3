import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Problem } from '../../../shared/errors/index.ts'
import { Database } from './driver.ts'
import { isLogDamaged } from './log-fault.ts'
import { asOpeningProblem, refuseForeign } from './unusable.ts'

/** The most that is told of one file. */
const mostFaults = 20

/** What was found in a database, and what whoever opens it is told; null where it is sound. */
export interface Looked {
  readonly faults: readonly string[]
  readonly problem: Problem | null
}

function looked(path: string, migrationsFolder: string | null): Looked {
  const file = basename(path)
  if (!existsSync(path)) return { faults: ['the file is gone'], problem: new Problem('store-gone', { file }) }
  const damaged = new Problem('store-damaged', { file })
  if (statSync(path).size === 0) return { faults: ['the file is empty'], problem: damaged }
  if (isLogDamaged(path)) throw new Problem('store-log-damaged', { file })
  const sqlite = new Database(path, { readonly: true, timeout: 10_000 })
  try {
    if (migrationsFolder !== null) refuseForeign(sqlite, path, migrationsFolder)
    const found = sqlite.prepare(`pragma integrity_check(${mostFaults})`).pluck().all().map(String)
    const sound = found.length === 1 && found[0] === 'ok'
    return sound ? { faults: [], problem: null } : { faults: found, problem: damaged }
  } finally {
    sqlite.close()
  }
}

/**
 * Looks through a whole database for damage, and whether this release can open it by the migrations that it knows.
 * Nothing is changed. Source: https://www.sqlite.org/pragma.html#pragma_integrity_check
 */
export function lookThrough(path: string, migrationsFolder: string | null = null): Looked {
  try {
    return looked(path, migrationsFolder)
  } catch (error) {
    const problem = asOpeningProblem(error, path)
    if (!(problem instanceof Problem)) throw error
    return { faults: [problem.message], problem }
  }
}
