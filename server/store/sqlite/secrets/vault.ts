import type BetterSqlite3 from 'better-sqlite3'
import type { KeptSecret } from '../../../ports/settings.ts'
import { type KeyRing, seal, unseal } from './seal.ts'

interface Row {
  name: string
  keyId: string
  origin: string | null
  sealed: string | null
}

/** The secrets of one database. All is done within the caller's transaction, where there is one. */
export interface Vault {
  /** The secret, for the one origin that it was given for; null for any other, and where no key opens it. */
  read(name: string, origin: string | null): string | null
  /** What is known of each, by name. */
  kept(): ReadonlyMap<string, KeptSecret>
  /** Keeps a secret that was given, in the place of any earlier one. */
  write(name: string, origin: string | null, text: string): void
  /** Takes a secret away; what is left is whose it was, so that it can be asked for again. */
  drop(name: string): void
  /** Nothing is left of it. */
  remove(name: string): void
  /** A secret of the server's own, made at its first use; an earlier one that no key opens stays beside it. */
  own(name: string, make: () => string): string
  /** Seals everything that can be opened with the key that seals now; what no key opens stays as it is. */
  reseal(): { readonly resealed: number; readonly locked: number }
}

/** Whose the secrets of a brand are, and those of the installation. */
export const brandScope = (id: string) => `brand:${id}`
export const installationScope = 'installation'

/** The secrets of a database; `scope` is whose it is, so that a sealed text of another gives nothing. */
export function openVault(
  { sqlite }: { readonly sqlite: BetterSqlite3.Database },
  scope: string,
  ring: KeyRing,
): Vault {
  const [current] = ring
  const all = sqlite.prepare<[], Row>(
    'select name, key_id as keyId, origin, sealed from secrets order by name',
  )
  const named = sqlite.prepare<[string], Row>(
    'select name, key_id as keyId, origin, sealed from secrets where name = ?',
  )
  const put = sqlite.prepare(
    'insert or replace into secrets (name, key_id, origin, sealed) values (?, ?, ?, ?)',
  )
  const removeNamed = sqlite.prepare('delete from secrets where name = ?')
  const removeRow = sqlite.prepare('delete from secrets where name = ? and key_id = ?')
  // Whose it is, which it is and where it may go are part of what is sealed: none can be changed in the file.
  const placeOf = (name: string, origin: string | null) => JSON.stringify([scope, name, origin])

  const open = ({ name, keyId, origin, sealed }: Row): string | null => {
    const key = ring.find(({ id }) => id === keyId)
    return key === undefined || sealed === null ? null : unseal(key, placeOf(name, origin), sealed)
  }
  const keep = (name: string, origin: string | null, text: string) =>
    put.run(name, current.id, origin, seal(current, placeOf(name, origin), text))
  const stateOf = (rows: readonly Row[]): KeptSecret => {
    const opened = rows.find((row) => open(row) !== null)
    if (opened !== undefined) return { origin: opened.origin, state: 'kept' }
    const locked = rows.find(({ sealed }) => sealed !== null)
    return { origin: (locked ?? rows[0])?.origin ?? null, state: locked === undefined ? 'dropped' : 'locked' }
  }
  const read = (name: string, origin: string | null): string | null => {
    // In the order of the keys, so that the newest counts.
    for (const { id } of ring)
      for (const row of named.all(name))
        if (row.keyId === id && row.origin === origin) {
          const text = open(row)
          if (text !== null) return text
        }
    return null
  }

  return {
    read,
    kept: () => {
      const rows = all.all()
      const names = new Set(rows.map(({ name }) => name))
      return new Map([...names].map((name) => [name, stateOf(rows.filter((row) => row.name === name))]))
    },
    write(name, origin, text) {
      removeNamed.run(name)
      keep(name, origin, text)
    },
    drop(name) {
      const rows = named.all(name)
      if (rows.length === 0) return
      const { origin } = stateOf(rows)
      removeNamed.run(name)
      put.run(name, '', origin, null)
    },
    remove: (name) => void removeNamed.run(name),
    own(name, make) {
      const known = read(name, null)
      if (known !== null) return known
      const made = make()
      keep(name, null, made)
      return made
    },
    reseal() {
      let resealed = 0
      let locked = 0
      for (const row of all.all()) {
        if (row.sealed === null || row.keyId === current.id) continue
        const text = open(row)
        if (text === null) locked += 1
        else {
          removeRow.run(row.name, row.keyId)
          // What was made under the newer key counts.
          if (read(row.name, row.origin) === null) keep(row.name, row.origin, text)
          resealed += 1
        }
      }
      return { resealed, locked }
    },
  }
}
