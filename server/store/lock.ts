import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const isBusy = (error: unknown) =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

/**
 * Takes a folder of data for this process; answers how to give it back, or null where another process has
 * it. The system lets go of it when the process ends, however it ends.
 */
export function lockData(dataDir: string): (() => void) | null {
  mkdirSync(dataDir, { recursive: true })
  const lock = new Database(join(dataDir, 'lock.sqlite'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return () => {
      lock.close()
    }
  } catch (error) {
    lock.close()
    if (isBusy(error)) return null
    throw error
  }
}
