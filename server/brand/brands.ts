import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import type { Logger } from 'pino'
import type { BrandId } from '../../shared/api/system.ts'
import type { AiSettings } from '../ai/settings.ts'
import { publicIdOf } from '../dispatch/links.ts'
import { demoNewcomersBetween } from '../sandbox/newcomers.ts'
import { demoReactions } from '../sandbox/reactions.ts'
import { type SeedOptions, seedDemoFile } from '../sandbox/seeding.ts'
import { type BrandDatabase, brandPath, openDatabase } from '../store/sqlite/database.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { secretOf } from '../store/sqlite/settings/meta.ts'
import type { BrandRuntime } from './brand.ts'
import type { Heartbeat } from './live-time.ts'
import { openBrand } from './runtime.ts'

export interface OpenBrands {
  /** The folder of the data. */
  readonly dataDir: string
  /** How one's own brand runs; the demo is always a sandbox. */
  readonly mode: 'sandbox' | 'live'
  readonly log: Logger
  readonly baseUrl: () => string
  readonly ai: AiSettings
  readonly machineNow: () => number
  readonly heartbeat?: Heartbeat
  readonly seed?: SeedOptions
}

export interface OpenedBrands {
  readonly brands: ReadonlyMap<BrandId, BrandRuntime>
  /** The installation's, by which links in messages are signed. */
  readonly linkSecret: string
  close(): Promise<void>
}

const leftovers = ['', '-wal', '-shm', '-journal']

/** Makes the demo brand where there is none: in a file beside, so that half a brand is never found. */
function ensureDemo(dataDir: string, seed: SeedOptions): void {
  const path = brandPath(dataDir, 'demo')
  if (existsSync(path)) return
  const half = `${path}.half`
  for (const end of leftovers) rmSync(half + end, { force: true })
  seedDemoFile(half, seed, sealDatabase)
  flush(half)
  renameSync(half, path)
}

/** Nothing of a file is left in the system's memory alone. */
function flush(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** A power cut may cost a live brand nothing; a sandbox may lose its last moves, and stays whole. */
function openFile(dataDir: string, id: BrandId, mode: 'sandbox' | 'live'): BrandDatabase {
  return openDatabase(brandPath(dataDir, id), { durability: mode === 'live' ? 'full' : 'normal' })
}

/** Opens both brands of a folder of data, making what is missing. The caller has locked the folder. */
export async function openBrands(options: OpenBrands): Promise<OpenedBrands> {
  const { dataDir, mode, seed = {}, ...rest } = options
  mkdirSync(dataDir, { recursive: true })
  ensureDemo(dataDir, seed)
  const ownDb = openFile(dataDir, 'own', mode)
  const linkSecret = secretOf(ownDb, 'links')
  const common = { ...rest, linkSecret }
  const own = await openBrand({
    ...common,
    id: 'own',
    db: ownDb,
    mode,
    publicId: publicIdOf(secretOf(ownDb, 'installation')),
  })
  const demoDb = openFile(dataDir, 'demo', 'sandbox')
  const demo = await openBrand({
    ...common,
    id: 'demo',
    db: demoDb,
    mode: 'sandbox',
    publicId: publicIdOf(secretOf(demoDb, 'installation')),
    reactions: demoReactions,
    newcomers: demoNewcomersBetween,
  })
  const brands = new Map<BrandId, BrandRuntime>([
    ['demo', demo],
    ['own', own],
  ])
  return {
    brands,
    linkSecret,
    async close() {
      await Promise.all([own.close(), demo.close()])
    },
  }
}
