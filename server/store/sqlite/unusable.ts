import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { Problem } from '../../../shared/errors/index.ts'
import { problemOfTrouble, systemCodeOf, troubleOf } from '../../ports/trouble.ts'

const noPlace = /^(EACCES|EEXIST|EISDIR|ENOENT|ENOTDIR|EPERM|EROFS|SQLITE_CANTOPEN|SQLITE_READONLY)/

/** An error on opening a file of the data folder as a Problem, where a person can do something about it. */
export function asOpeningProblem(error: unknown, path: string): unknown {
  const code = systemCodeOf(error)
  if (code === 'SQLITE_NOTADB') return new Problem('foreign-database', { file: path })
  if (noPlace.test(code)) return new Problem('folder-unusable', { folder: dirname(path), detail: code })
  return problemOfTrouble(error, path) ?? error
}

/** Brings a database to the newest schema, wholly or not at all. Problem `migration-failed`. */
export function migrateWhole(orm: BetterSQLite3Database, path: string, migrationsFolder: string): void {
  try {
    migrate(orm, { migrationsFolder })
  } catch (error) {
    if (troubleOf(error) !== null) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new Problem('migration-failed', { file: path, detail })
  }
}

const historyTable = '__drizzle_migrations'

/**
 * Refuses a database before it is touched: another program's, or one that a newer release has changed.
 * Problem `foreign-database`, `data-newer`.
 */
export function refuseForeign(sqlite: Database.Database, path: string, migrationsFolder: string): void {
  const tables = sqlite
    .prepare<[], { name: string }>("select name from sqlite_master where type = 'table'")
    .all()
    .map(({ name }) => name)
  if (tables.length === 0) return
  if (!tables.includes(historyTable)) throw new Problem('foreign-database', { file: path })
  const newest = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
  const applied = sqlite
    .prepare<[], { at: number | null }>(`select max(created_at) as at from ${historyTable}`)
    .get()
  if ((applied?.at ?? 0) > newest) throw new Problem('data-newer', { file: path })
}
