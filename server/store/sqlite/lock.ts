import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { Database } from './driver.ts'
import { asOpeningProblem } from './unusable.ts'

const isBusy = (error: unknown) =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

/**
 * Takes a folder of data for this process; answers how to give it back, or null where another process has
 * it. The system lets go of it when the process ends, however it ends. Problem `folder-unusable`.
 */
export const lockData = (dataDir: string): (() => void) | null => takeLock(join(dataDir, 'lock.sqlite'))

/** As above, by a file of one's own. */
export function takeLock(path: string): (() => void) | null {
  const lock = lockFile(path)
  try {
    lock.exec('begin exclusive')
    return () => {
      lock.close()
    }
  } catch (error) {
    lock.close()
    if (isBusy(error)) return null
    throw asOpeningProblem(error, path)
  }
}

function lockFile(path: string): BetterSqlite3.Database {
  try {
    mkdirSync(dirname(path), { recursive: true })
    return new Database(path, { timeout: 0 })
  } catch (error) {
    throw asOpeningProblem(error, path)
  }
}
