import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { removeCopyOf } from '../analytics/copy/files.ts'
import { changer } from '../store/sqlite/changes.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import type { KeyRing } from '../store/sqlite/secrets/seal.ts'
import { brandScope, openVault } from '../store/sqlite/secrets/vault.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { writeBrand } from '../store/sqlite/settings/meta.ts'
import { holdsPlainSecrets, sealPlainSecrets } from '../store/sqlite/settings/secrets.ts'

const besides = ['-wal', '-shm', '-journal', '.life', '.life.next', '.kept']

/** Nothing of a file is left in the system's memory alone. */
function flush(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** Makes a database in a file beside and moves it to its place, so that half a brand is never found. */
export function makeWhole(path: string, make: (half: string) => void): void {
  mkdirSync(dirname(path), { recursive: true })
  const half = `${path}.half`
  for (const end of ['', ...besides]) rmSync(half + end, { force: true })
  try {
    make(half)
    flush(half)
  } catch (error) {
    // What is left of it would keep a full disk full.
    for (const end of ['', ...besides]) rmSync(half + end, { force: true })
    throw error
  }
  renameSync(half, path)
}

/** Lays a brand that nobody has named yet. */
export function layEmpty(half: string): void {
  const db = openDatabase(half)
  sealDatabase(db)
  db.close()
}

const madeBrand = /^([a-z][a-z0-9-]{0,39})\.sqlite$/

/** The brands that were made in a folder of data, by their files. */
export function brandFilesOf(dataDir: string): { id: string; file: string }[] {
  const folder = join(dataDir, 'brands')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const id = madeBrand.exec(name)?.[1]
    return id === undefined ? [] : [{ id, file: `brands/${name}` }]
  })
}

/** Makes an empty brand that is named. */
export function layBrand(path: string, brand: Brand, made: { actor: Actor; id: string; at: number }): void {
  makeWhole(path, (half) => {
    const db = openDatabase(half)
    const act = { actor: made.actor, at: made.at, realAt: made.at }
    changer(db)(
      act,
      () => writeBrand(db, brand),
      () => ({ action: 'brand.created', id: made.id }),
    )
    sealDatabase(db)
    db.close()
  })
}

/** Seals what a database that was put aside by an earlier release keeps in the open. */
export function sealArchive(path: string, id: string, keys: KeyRing): void {
  if (!existsSync(path) || !holdsPlainSecrets(path)) return
  const db = openDatabase(path)
  sealPlainSecrets(db, openVault(db, brandScope(id), keys))
  sealDatabase(db)
  db.close()
}

/** Moves a database aside with all that stands beside it; one that was moved already is left where it is. */
export function putAside(path: string, to: string): void {
  if (!existsSync(path)) return
  mkdirSync(dirname(to), { recursive: true })
  removeCopyOf(path)
  for (const end of besides) if (existsSync(path + end)) renameSync(path + end, to + end)
  renameSync(path, to)
}
