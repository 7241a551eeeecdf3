import { existsSync, statSync } from 'node:fs'
import { Database } from './driver.ts'
import { asOpeningProblem } from './unusable.ts'

/** The most that is told of one file. */
const mostFaults = 20

/**
 * Looks through a whole database for damage; answers what it finds, nothing where it is sound. Nothing is changed.
 * Source: https://www.sqlite.org/pragma.html#pragma_integrity_check
 */
export function faultsOf(path: string): string[] {
  if (!existsSync(path)) return ['the file is gone']
  if (statSync(path).size === 0) return ['the file is empty']
  try {
    const sqlite = new Database(path, { readonly: true, timeout: 10_000 })
    try {
      const found = sqlite.prepare(`pragma integrity_check(${mostFaults})`).pluck().all().map(String)
      return found.length === 1 && found[0] === 'ok' ? [] : found
    } finally {
      sqlite.close()
    }
  } catch (error) {
    const problem = asOpeningProblem(error, path)
    return [problem instanceof Error ? problem.message : String(problem)]
  }
}
