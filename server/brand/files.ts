import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { changer } from '../store/sqlite/changes.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import type { KeyRing } from '../store/sqlite/secrets/seal.ts'
import { brandScope, openVault } from '../store/sqlite/secrets/vault.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { writeBrand } from '../store/sqlite/settings/meta.ts'
import { holdsPlainSecrets, sealPlainSecrets } from '../store/sqlite/settings/secrets.ts'

const besides = ['-wal', '-shm', '-journal', '.life']

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
  make(half)
  flush(half)
  renameSync(half, path)
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
  for (const end of besides) if (existsSync(path + end)) renameSync(path + end, to + end)
  renameSync(path, to)
}
