import { renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { Problem } from '../../../shared/errors/index.ts'
import type { BrandDatabase } from './database.ts'
import { Database } from './driver.ts'
import { livesKeys } from './lives/lives.ts'
import { renewGeneration } from './truth/generation.ts'

/** Notes in a copy that it is one, so that whoever lays it back is told of what it may not know. */
export function noteCopied(file: string, at: number): void {
  const copy = new Database(file)
  try {
    // A copy of a copy is as old as the first.
    copy
      .prepare('insert into meta (key, value) values (?, ?) on conflict do nothing')
      .run(livesKeys.backup, JSON.stringify({ at }))
    // Whatever was copied of the data for counting is of another past.
    renewGeneration(copy)
    copy.pragma('journal_mode = delete')
  } finally {
    copy.close()
  }
}

/**
 * Copies a database to a file while others go on writing to it; the file appears whole or not at all. `now` is
 * epoch milliseconds.
 * Problem `file-unwritable`; `backup-onto-itself` where the file is the database.
 * Source: https://www.sqlite.org/backup.html
 */
export async function backupDatabase(
  { sqlite, path }: BrandDatabase,
  file: string,
  now: number,
): Promise<{ pages: number }> {
  if (resolve(file) === resolve(path)) throw new Problem('backup-onto-itself', { file })
  const partial = `${file}.partial`
  try {
    const { totalPages } = await sqlite.backup(partial)
    noteCopied(partial, now)
    renameSync(partial, file)
    return { pages: totalPages }
  } catch (error) {
    rmSync(partial, { force: true })
    // better-sqlite3 says by a TypeError that the folder is not there.
    if (error instanceof TypeError) throw new Problem('file-unwritable', { file, detail: error.message })
    if (error instanceof Error && 'code' in error && String(error.code) !== 'ENOSPC')
      throw new Problem('file-unwritable', { file, detail: String(error.code) })
    throw error
  }
}
