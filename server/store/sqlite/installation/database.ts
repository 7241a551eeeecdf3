import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type BetterSqlite3 from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Problem } from '../../../../shared/errors/index.ts'
import { troubleOf } from '../../../ports/trouble.ts'
import { Database } from '../driver.ts'
import { blockingMs } from '../steady.ts'
import { readTyped } from '../typed-rows.ts'
import { asOpeningProblem, migrateWhole, refuseForeign } from '../unusable.ts'

export const installationMigrations = resolve(
  dirname(fileURLToPath(import.meta.url)),
  '../../../../migrations/installation',
)

/** Opens the installation's own database in a folder of data, made where there is none. Problems as of a brand's. */
export function openInstallationFile(dataDir: string): BetterSqlite3.Database {
  const path = join(dataDir, 'installation.sqlite')
  let sqlite: BetterSqlite3.Database | null = null
  try {
    mkdirSync(dataDir, { recursive: true })
    sqlite = new Database(path, { timeout: blockingMs })
    refuseForeign(sqlite, path, installationMigrations)
    sqlite.pragma('synchronous = full')
    migrateWhole(drizzle(sqlite), path, installationMigrations)
    readTyped(sqlite)
    return sqlite
  } catch (error) {
    sqlite?.close()
    const code = error instanceof Problem ? error.code : troubleOf(error)
    // Whatever lies in its place, the brands' data are found again without it.
    if (code === 'store-damaged' || code === 'foreign-database')
      throw new Problem('installation-damaged', { file: path })
    throw asOpeningProblem(error, path)
  }
}
