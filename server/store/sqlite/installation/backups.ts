import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
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
