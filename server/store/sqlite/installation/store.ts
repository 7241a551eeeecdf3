import { randomBytes } from 'node:crypto'
import type { BrandRow, InstallationStore } from '../../../ports/installation.ts'
import type { SessionRows } from '../../../ports/sessions.ts'
import { auditLog } from '../audit/store.ts'
import { changer } from '../changes.ts'
import { createSteady, type Steady, steadied } from '../steady.ts'
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
  archive,
})

export interface OpenedInstallation extends InstallationStore {
  /** Who is logged in. */
  readonly sessions: SessionRows
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

/** The installation of a folder of data. */
export function openInstallation(dataDir: string): OpenedInstallation {
  const sqlite = openInstallationFile(dataDir)
  const steady = createSteady(sqlite, { path: sqlite.name })
  const change = changer({ sqlite })
  const all = sqlite.prepare<[], Row>('select * from brands order by rowid')
  const one = sqlite.prepare<[string], Row>('select * from brands where id = ?')
  const insert = sqlite.prepare('insert into brands (id, file, sandbox, created_at) values (?, ?, ?, ?)')
  const archive = sqlite.prepare('update brands set archived_at = ?, archive = ? where id = ?')
  const known = sqlite.prepare<[string], { value: string }>('select value from meta where key = ?')
  const keep = sqlite.prepare('insert into meta (key, value) values (?, ?)')
  const note = sqlite.prepare('insert or ignore into meta (key, value) values (?, ?)')
  const secret = (name: string, first: () => string): string => {
    const stored = known.get(`secret:${name}`)?.value
    if (stored !== undefined) return stored
    const made = first()
    keep.run(`secret:${name}`, made)
    return made
  }
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
    sessions: sessionRows(
      sqlite,
      secret('sessions', () => randomBytes(32).toString('base64url')),
    ),
    isLaid: (brand) => known.get(`laid:${brand}`) !== undefined,
    noteLaid: (brand) => void note.run(`laid:${brand}`, '1'),
    backupOf: (brand) => readBackup(sqlite, brand),
    secret,
    close: () => {
      steady.close()
      sqlite.close()
    },
  }
}
