import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type BetterSqlite3 from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { BrandId } from '../../../shared/api/system.ts'
import { makeListsUnlessDone } from './audiences/lists.ts'
import { surveyUnlessDone } from './customers/attributes.ts'
import { Database } from './driver.ts'
import { addFunctions } from './functions.ts'
import { moveFormerAmounts } from './settings/amounts.ts'
import { blockingMs, createSteady, type Steady } from './steady.ts'
import * as tables from './tables.ts'
import { readTyped } from './typed-rows.ts'
import { asOpeningProblem, migrateWhole, refuseForeign } from './unusable.ts'

const scratch = ':memory:'

/** Where the steps lie that bring a brand's database to the newest schema. */
export const brandMigrations = resolve(dirname(fileURLToPath(import.meta.url)), '../../../migrations/sqlite')

/** So large a log stays on the disk when all of it is in the database (bytes). */
const largestLog = 67_108_864

/** Where a brand's database lies in a folder of data. */
export function brandPath(dataDir: string, brand: BrandId): string {
  return join(dataDir, `${brand}.sqlite`)
}

/** One brand's database: drizzle for what is read by people, prepared statements for the hot path. */
export interface BrandDatabase {
  readonly path: string
  readonly sqlite: BetterSqlite3.Database
  readonly orm: BetterSQLite3Database<typeof tables>
  readonly steady: Steady
  close(): void
}

export interface OpenOptions {
  readonly readonly?: boolean
  /** `full` keeps each commit over a power cut, `normal` over a killed process; scratch copies may do with `off`. */
  readonly durability?: 'full' | 'normal' | 'off'
  /**
   * How long a call may block its thread while another writes (ms). Where others are answered by the same thread it is
   * short, and who calls tries again; a command of its own may just wait.
   */
  readonly blockingMs?: number
  /** How long a call is tried again until it is refused (ms). */
  readonly patienceMs?: number
}

/**
 * Opens a brand's database, `:memory:` for a scratch one, and brings it to the newest schema. Problem
 * `folder-unusable`, `foreign-database`, `data-newer`; then nothing has been changed.
 */
export function openDatabase(path: string, options: OpenOptions = {}): BrandDatabase {
  let sqlite: BetterSqlite3.Database | null = null
  try {
    if (path === scratch) return openScratch(options)
    mkdirSync(dirname(path), { recursive: true })
    const timeout = options.blockingMs ?? blockingMs
    sqlite = new Database(path, { readonly: options.readonly ?? false, timeout })
    refuseForeign(sqlite, path, brandMigrations)
    return prepared(sqlite, path, options)
  } catch (error) {
    sqlite?.close()
    throw asOpeningProblem(error, path)
  }
}

/** A database without rows, of the newest schema: a scratch one is made of it, not by all the steps once more. */
let empty: Buffer | null = null

function openScratch(options: OpenOptions): BrandDatabase {
  const db = prepared(new Database(empty ?? scratch), scratch, { ...options, readonly: false })
  empty ??= db.sqlite.serialize()
  return db
}

function prepared(sqlite: BetterSqlite3.Database, path: string, options: OpenOptions): BrandDatabase {
  sqlite.pragma(`synchronous = ${options.durability ?? 'full'}`)
  sqlite.pragma('cache_size = -32000')
  sqlite.pragma('temp_store = memory')
  readTyped(sqlite)
  addFunctions(sqlite)
  const orm = drizzle(sqlite, { schema: tables })
  if (!options.readonly) {
    sqlite.pragma('journal_mode = wal')
    // A long reader lets the log grow; once it has read, the room is given back.
    sqlite.pragma(`journal_size_limit = ${largestLog}`)
    migrateWhole(drizzle(sqlite), path, brandMigrations)
  }
  const steady = createSteady(sqlite, { path, ...options })
  const close = () => {
    steady.close()
    sqlite.close()
  }
  const db: BrandDatabase = { path, sqlite, orm, steady, close }
  if (!options.readonly) {
    moveFormerAmounts(db)
    surveyUnlessDone(db)
    makeListsUnlessDone(db)
  }
  return db
}
