import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Problem } from '../../../shared/errors/index.ts'
import { faultsOf } from './check.ts'
import { openDatabase } from './database.ts'

const besides = ['-wal', '-shm', '-journal']

export interface Restored {
  /** Where the data lie now. */
  readonly file: string
  /** Where those lie that were in their place; null where there were none. */
  readonly aside: string | null
}

/**
 * Lays a backup in the place of a brand's data, which are put aside: nothing is deleted, and half a copy is never
 * found. No server may have the folder. `stamp` is part of the name of what is put aside.
 * Problem `backup-unusable`, after which nothing has been changed.
 */
export function restoreDatabase(backup: string, path: string, stamp: string): Restored {
  if (!existsSync(backup)) throw new Problem('backup-unusable', { file: backup, detail: 'ENOENT' })
  if (resolve(backup) === resolve(path))
    throw new Problem('backup-unusable', { file: backup, detail: 'it is the database itself' })
  const [fault] = faultsOf(backup)
  if (fault !== undefined) throw new Problem('backup-unusable', { file: backup, detail: fault })
  const half = `${path}.half`
  mkdirSync(dirname(path), { recursive: true })
  try {
    copyFileSync(backup, half)
    // Another program's database, or that of a newer release, shows here; the form of this one is given to it.
    openDatabase(half, { blockingMs: 10_000 }).close()
    const file = openSync(half, 'r+')
    fsyncSync(file)
    closeSync(file)
  } catch (error) {
    for (const end of ['', ...besides]) rmSync(half + end, { force: true })
    throw error
  }
  const aside = existsSync(path) ? putAside(path, stamp) : null
  for (const end of besides) rmSync(path + end, { force: true })
  renameSync(half, path)
  return { file: path, aside }
}

function putAside(path: string, stamp: string): string {
  const aside = join(dirname(path), 'archive', `${basename(path, '.sqlite')}-${stamp}.sqlite`)
  mkdirSync(dirname(aside), { recursive: true })
  for (const end of besides) if (existsSync(path + end)) renameSync(path + end, aside + end)
  renameSync(path, aside)
  return aside
}
