import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../database.ts'
import { openInstallation } from '../installation/store.ts'
import { sealPlainSecrets } from '../settings/secrets.ts'
import { keyFile, openKeyRing, writeKeyFile } from './keys.ts'
import { type KeyRing, newKey } from './seal.ts'
import { brandScope, openVault } from './vault.ts'

export interface Rotated {
  /** The name of the key that seals from now on. */
  readonly key: string
  readonly databases: number
  readonly resealed: number
  /** Secrets that none of the keys opens; they were left as they are. */
  readonly locked: number
}

/** Seals the secrets of one brand anew; nothing of the former sealing is left in the file. */
function resealBrand(path: string, id: string, ring: KeyRing): { resealed: number; locked: number } {
  const db = openDatabase(path)
  try {
    const vault = openVault(db, brandScope(id), ring)
    sealPlainSecrets(db, vault)
    db.sqlite.pragma('secure_delete = on')
    const done = db.sqlite.transaction(() => vault.reseal()).immediate()
    db.sqlite.pragma('wal_checkpoint(truncate)')
    return done
  } finally {
    db.close()
  }
}

/**
 * Seals everything in a folder of data with another key: a new one, or the first of those that were given, by which the
 * folder's own file becomes idle and is taken away. Until all is done both keys open, so that a process killed at any
 * moment leaves nothing that cannot be read, and the same command again goes on. The caller has locked the folder.
 */
export async function rotateKey(
  dataDir: string,
  given: KeyRing | null,
  onDatabase: (path: string) => void = () => undefined,
): Promise<Rotated> {
  const before = openKeyRing(dataDir, given)
  const ring: KeyRing = given === null ? [newKey(), ...before] : before
  if (given === null) writeKeyFile(dataDir, ring)
  const installation = openInstallation(dataDir, ring)
  const totals = { databases: 1, ...installation.reseal() }
  try {
    for (const { id, file, archive } of await installation.brands()) {
      const path = join(dataDir, archive ?? file)
      if (!existsSync(path)) continue
      onDatabase(path)
      const { resealed, locked } = resealBrand(path, id, ring)
      totals.databases += 1
      totals.resealed += resealed
      totals.locked += locked
    }
  } finally {
    installation.close()
  }
  const [current] = ring
  if (given === null) writeKeyFile(dataDir, [current])
  else rmSync(keyFile(dataDir), { force: true })
  return { key: current.id, ...totals }
}
