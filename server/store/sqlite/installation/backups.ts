import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
import { Problem } from '../../../../shared/errors/index.ts'
import { troubleOf } from '../../../ports/trouble.ts'
import { Database } from '../driver.ts'
import { readColumn, valueOr } from '../stored-json.ts'

const backup = z.object({ file: z.string(), at: z.int() })
/** Where a brand was backed up to, and when (epoch ms). */
export type Backup = z.infer<typeof backup>

const keyOf = (brand: string) => `backup:${brand}`

export function readBackup(sqlite: BetterSqlite3.Database, brand: string): Backup | null {
  const text = sqlite
    .prepare<[string], string>('select value from meta where key = ?')
    .pluck()
    .get(keyOf(brand))
  return text === undefined ? null : valueOr(readColumn(String(text), backup), null)
}

/** Notes where a brand was backed up to, for whoever may need it; a folder that no server has opened keeps no note. */
export function noteBackup(dataDir: string, brand: string, file: string, at: number): void {
  const path = join(dataDir, 'installation.sqlite')
  if (!existsSync(path)) return
  const sqlite = new Database(path, { timeout: 10_000 })
  try {
    sqlite
      .prepare('insert or replace into meta (key, value) values (?, ?)')
      .run(keyOf(brand), JSON.stringify({ file: resolve(file), at } satisfies Backup))
  } finally {
    sqlite.close()
  }
}

/** The last backup of a brand as a folder's installation knows it; null where it knows none, or cannot be read. */
export function backupKnown(dataDir: string, brand: string): Backup | null {
  const path = join(dataDir, 'installation.sqlite')
  if (!existsSync(path)) return null
  try {
    const sqlite = new Database(path, { readonly: true, timeout: 10_000 })
    try {
      return readBackup(sqlite, brand)
    } finally {
      sqlite.close()
    }
  } catch (error) {
    if (troubleOf(error) === null) throw error
    return null
  }
}

const lost: ReadonlySet<string> = new Set([
  'store-damaged',
  'store-gone',
  'store-log-damaged',
  'foreign-database',
])

/** Of data that are lost, says how they are brought back, where it is known that they were backed up. */
export function withBackup(
  error: unknown,
  backup: Backup | null,
  place: { readonly folder: string; readonly brand: string },
): unknown {
  const code = error instanceof Problem ? error.code : troubleOf(error)
  if (backup === null || code === null || !lost.has(code)) return error
  const at = new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ')
  return new Problem('brand-restorable', { ...place, backup: backup.file, at: `${at} UTC` })
}
