import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type ImportKind, importKinds } from '../../shared/api/imports.ts'
import { terminalActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import {
  checkFile,
  type FileRequest,
  type ImportHooks,
  type ImportReport,
  importFile,
} from '../imports/index.ts'
import { changer } from '../store/sqlite/changes.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { databaseOf } from '../store/sqlite/installation/files.ts'
import { readBrand } from '../store/sqlite/settings/meta.ts'
import { nowOf } from '../store/sqlite/settings/mode.ts'
import type { Terminal } from './command.ts'
import { progress, sayLeftOut } from './progress.ts'

/** The brand that is meant where none is named. */
export const usualBrand = 'own'

/** A command keeps nobody waiting while it waits for another writer. */
export const ownTime = { blockingMs: 10_000, patienceMs: 600_000 } as const

/** Opens the database of a folder's brand. Problem `no-database`, `not-found`. */
export function openExisting(folder: string, brand = usualBrand): BrandDatabase {
  const path = databaseOf(folder, brand)
  if (!existsSync(path)) throw new Problem('no-database', { folder })
  return openDatabase(path, ownTime)
}

/** A file with what the command line says of it. */
export interface NamedFile extends Omit<FileRequest, 'source' | 'kind'> {
  readonly source: string
}

/** Files of customers and orders, by their kinds. */
export type Files = Readonly<Partial<Record<ImportKind, NamedFile>>>

/** Says in the log that a person has read a file in by this machine's command line. */
function noteImport(db: BrandDatabase, kind: ImportKind, source: string, report: ImportReport): void {
  const { imported, updated, rejected } = report
  const at = Date.now()
  changer(db)(
    { actor: terminalActor, at, realAt: at },
    () => undefined,
    () => ({
      action: 'import.ended',
      id: '',
      detail: { file: basename(source), kind, imported, updated, rejected },
    }),
  )
}

/** Reads the files in, customers first; one that is wrong as a whole is found before a row is written. */
export async function importAll(
  db: BrandDatabase,
  files: Files,
  terminal: Terminal,
  { alone }: Required<Pick<ImportHooks, 'alone'>>,
): Promise<Partial<Record<ImportKind, ImportReport>>> {
  const { zone, currency } = readBrand(db)
  const requests = importKinds.flatMap((kind) => {
    const file = files[kind]
    return file === undefined ? [] : [{ ...file, kind, name: file.source }]
  })
  for (const request of requests) await checkFile(request)
  const receivedAt = nowOf(db, Date.now())
  const reports: Partial<Record<ImportKind, ImportReport>> = {}
  for (const request of requests) {
    const { kind } = request
    const show = progress(terminal, kind)
    const report = await importFile(
      db,
      { ...request, zone, currency, receivedAt },
      { onProgress: ({ done, of }) => show(done, of), alone },
    )
    noteImport(db, kind, request.source, report)
    sayLeftOut(terminal, request.source, report)
    reports[kind] = report
  }
  return reports
}

/** Works on a database that is gone afterwards, also when the work fails or is broken off. */
export async function withScratch<T>(work: (db: BrandDatabase) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const leave = (signal: NodeJS.Signals) => process.exit(128 + constants.signals[signal])
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  process.once('exit', remove)
  for (const signal of signals) process.once(signal, leave)
  try {
    const db = openDatabase(join(folder, 'scratch.sqlite'), { durability: 'off' })
    try {
      return await work(db)
    } finally {
      db.close()
    }
  } finally {
    for (const signal of signals) process.off(signal, leave)
    process.off('exit', remove)
    remove()
  }
}
