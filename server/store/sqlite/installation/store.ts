import type BetterSqlite3 from 'better-sqlite3'
import type { BrandRow, InstallationStore } from '../../../ports/installation.ts'
import type { SessionRows } from '../../../ports/sessions.ts'
import type { NightStore } from '../../../ports/upkeep.ts'
import { auditLog } from '../audit/store.ts'
import { changer } from '../changes.ts'
import type { KeyRing } from '../secrets/seal.ts'
import { installationScope, openVault, type Vault } from '../secrets/vault.ts'
import { createSteady, type Steady, steadied } from '../steady.ts'
import { nightStore } from '../upkeep/store.ts'
import { type Backup, readBackup } from './backups.ts'
import { openInstallationFile } from './database.ts'
import { sessionRows } from './sessions.ts'

interface Row {
  id: string
  file: string
  sandbox: number
  created_at: number
  archived_at: number | null
  archive: string | null
}

const rowOf = ({ id, file, sandbox, created_at, archived_at, archive }: Row): BrandRow => ({
  id,
  file,
  sandbox: sandbox === 1,
  createdAt: created_at,
  archivedAt: archived_at,
  // An empty one would be the folder of the data itself.
  archive: archive === '' ? null : archive,
})

export interface OpenedInstallation extends InstallationStore {
  /** Who is logged in. */
  readonly sessions: SessionRows
  /** How the last night of the installation went. */
  readonly nights: NightStore
  /** Where its file lies. */
  readonly path: string
  /** Seals its secrets with the key that seals now. */
  reseal(): ReturnType<Vault['reseal']>
  readonly steady: Steady
  /** Whether a brand's file was there once: it is never made anew where it is missing. */
  isLaid(brand: string): boolean
  noteLaid(brand: string): void
  /** Where a brand was backed up to last, and when (epoch ms); null where that is not known. */
  backupOf(brand: string): Backup | null
  /** A secret of the installation, taken from elsewhere at its first use. */
  secret(name: string, first: () => string): string
  close(): void
}

const plainMark = 'secret:'

/** Seals what an earlier release kept in the open; see sealPlainSecrets of a brand. */
function sealPlain(sqlite: BetterSqlite3.Database, vault: Vault): void {
  const open = sqlite.prepare<[string], { key: string; value: string }>(
    'select key, value from meta where key like ? order by key',
  )
  const plain = open.all(`${plainMark}%`)
  if (plain.length === 0) return
  sqlite.pragma('secure_delete = on')
  const move = sqlite.transaction(() => {
    for (const { key, value } of plain) vault.write(key.slice(plainMark.length), null, value)
    sqlite.prepare('delete from meta where key like ?').run(`${plainMark}%`)
  })
  move.immediate()
  sqlite.exec('vacuum')
}

/** The installation of a folder of data, and the keys that its secrets are sealed with. */
export function openInstallation(dataDir: string, keys: KeyRing): OpenedInstallation {
  const sqlite = openInstallationFile(dataDir)
  const vault = openVault({ sqlite }, installationScope, keys)
  sealPlain(sqlite, vault)
  const steady = createSteady(sqlite, { path: sqlite.name })
  const change = changer({ sqlite })
  const all = sqlite.prepare<[], Row>('select * from brands order by rowid')
  const one = sqlite.prepare<[string], Row>('select * from brands where id = ?')
  const insert = sqlite.prepare('insert into brands (id, file, sandbox, created_at) values (?, ?, ?, ?)')
  const archive = sqlite.prepare('update brands set archived_at = ?, archive = ? where id = ?')
  const known = sqlite.prepare<[string], { value: string }>('select value from meta where key = ?')
  const note = sqlite.prepare('insert or ignore into meta (key, value) values (?, ?)')
  const kept = steadied<InstallationStore>(steady, {
    brands: async () => all.all().map(rowOf),
    audit: auditLog({ sqlite }),
    async add(act, { id, file, sandbox }) {
      const write = () => {
        insert.run(id, file, sandbox ? 1 : 0, act.realAt)
        const row = one.get(id)
        if (row === undefined) throw new Error(`the brand ${id} was not kept`)
        return rowOf(row)
      }
      return change(act, write, () => ({ action: 'brand.created', id }))
    },
    archive: async (act, id, place) =>
      change(
        act,
        () => void archive.run(act.realAt, place, id),
        () => ({ action: 'brand.archived', id, detail: { archive: place } }),
      ),
  })
  return {
    ...kept,
    steady,
    sessions: sessionRows(sqlite, vault, steady),
    nights: steadied(steady, nightStore({ sqlite })),
    path: sqlite.name,
    isLaid: (brand) => known.get(`laid:${brand}`) !== undefined,
    noteLaid: (brand) => void note.run(`laid:${brand}`, '1'),
    backupOf: (brand) => readBackup(sqlite, brand),
    secret: vault.own,
    reseal() {
      sqlite.pragma('secure_delete = on')
      return sqlite.transaction(() => vault.reseal()).immediate()
    },
    close: () => {
      steady.close()
      sqlite.close()
    },
  }
}
