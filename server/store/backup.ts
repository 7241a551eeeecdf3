import { renameSync } from 'node:fs'
import type { BrandDatabase } from './database.ts'

/**
 * Copies a database to a file while others go on writing to it; the file appears whole or not at all.
 * Source: https://www.sqlite.org/backup.html
 */
export async function backupDatabase({ sqlite }: BrandDatabase, file: string): Promise<{ pages: number }> {
  const partial = `${file}.partial`
  const { totalPages } = await sqlite.backup(partial)
  renameSync(partial, file)
  return { pages: totalPages }
}
