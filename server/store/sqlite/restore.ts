import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Problem } from '../../../shared/errors/index.ts'
import { removeCopyOf } from '../../analytics/copy/files.ts'
import { noteCopied } from './backup.ts'
import { lookThrough } from './check.ts'
import { openDatabase } from './database.ts'
import { databaseOf } from './installation/files.ts'
import { lockData } from './lock.ts'
import { asOpeningProblem } from './unusable.ts'

export interface RestoreRequest {
  /** The backup. */
  readonly file: string
  readonly folder: string
  readonly brand: string
  /** Epoch milliseconds. */
  readonly now: number
  readonly blockingMs: number
}

export interface Laid {
  readonly file: string
  readonly database: string
  /** Where the data of before lies now; null where there was none. */
  readonly aside: string | null
}

/** What stands beside a database and goes with it; its marker stays, by which the next start knows what was done. */
const withIt = ['', '-wal', '-shm', '-journal']

/**
 * Lays a backup in the place of a brand's data, which is moved aside. What it cannot know, such as what was sent after
 * it was made, is held at the next start. Problem `data-in-use` while a server runs, `no-database`,
 * `foreign-database`, `data-newer`, `backup-onto-itself`, `backup-unusable`.
 */
export function restoreDatabase({ file, folder, brand, now, blockingMs }: RestoreRequest): Laid {
  if (!existsSync(file)) throw new Problem('no-database', { folder: file })
  const unlock = lockData(folder)
  if (unlock === null) throw new Problem('data-in-use', { folder })
  const database = databaseOf(folder, brand)
  try {
    if (resolve(file) === resolve(database)) throw new Problem('backup-onto-itself', { file })
    const [fault] = lookThrough(file).faults
    if (fault !== undefined) throw new Problem('backup-unusable', { file, detail: fault })
    openDatabase(file, { readonly: true, blockingMs }).close()
    return { file, database, aside: layOver(file, database, now) }
  } catch (error) {
    throw error instanceof Problem ? error : asOpeningProblem(error, database)
  } finally {
    unlock()
  }
}

function layOver(file: string, database: string, now: number): string | null {
  const half = `${database}.half`
  for (const end of withIt) rmSync(half + end, { force: true })
  try {
    copyFileSync(file, half)
    noteCopied(half, Math.floor(statSync(file).mtimeMs))
  } catch (error) {
    for (const end of withIt) rmSync(half + end, { force: true })
    throw error
  }
  const aside = existsSync(database)
    ? `${database}.before-${new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)}`
    : null
  if (aside !== null)
    for (const end of withIt) if (existsSync(database + end)) renameSync(database + end, aside + end)
  removeCopyOf(database)
  renameSync(half, database)
  return aside
}
