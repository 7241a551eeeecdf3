import { existsSync, mkdirSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { BrandId } from '../../shared/api/system.ts'
import { engineActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { AiSettings } from '../ai/settings.ts'
import { machineElapsed, machineZone } from '../clock/machine.ts'
import { publicIdOf } from '../dispatch/links.ts'
import type { Elapsed, WallTime } from '../ports/clock.ts'
import type { BrandRow, House } from '../ports/installation.ts'
import type { SessionRows } from '../ports/sessions.ts'
import type { Signs } from '../ports/signs.ts'
import { demoNewcomersBetween } from '../sandbox/newcomers.ts'
import { demoReactions } from '../sandbox/reactions.ts'
import { type SeedOptions, seedDemoFile } from '../sandbox/seeding.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { withBackup } from '../store/sqlite/installation/backups.ts'
import { type OpenedInstallation, openInstallation } from '../store/sqlite/installation/store.ts'
import { isLogDamaged } from '../store/sqlite/log-fault.ts'
import { openKeyRing } from '../store/sqlite/secrets/keys.ts'
import type { KeyRing } from '../store/sqlite/secrets/seal.ts'
import { brandScope, openVault } from '../store/sqlite/secrets/vault.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { nameOf } from '../store/sqlite/settings/meta.ts'
import { linkKey, randomSecret, sealPlainSecrets } from '../store/sqlite/settings/secrets.ts'
import { Workshop } from '../work/workshop.ts'
import { watchBehind } from './behind.ts'
import type { BrandRuntime } from './brand.ts'
import { watchDisk } from './disk.ts'
import { brandFilesOf, layBrand, layEmpty, makeWhole, putAside, sealArchive } from './files.ts'
import type { Heartbeat } from './live-time.ts'
import { removeOldRejected, removeUploadRests, type UploadFolder } from './rests.ts'
import { openBrand } from './runtime.ts'
import { keepUnopened } from './unopened.ts'
import { startUpkeep, type UpkeepPlace } from './upkeep.ts'
import { watchMessages } from './watched.ts'
import { watchCoupons } from './watched-coupons.ts'
import { watchDelivery } from './watched-delivery.ts'
import { startWorksThread, type ThreadOptions } from './works-thread.ts'

export interface OpenBrands {
  /** The folder of the data. */
  readonly dataDir: string
  /** What secrets are sealed with; the folder's own where none are given. */
  readonly keys?: KeyRing
  /** How one's own brands run; the demo is always a sandbox. */
  readonly mode: 'sandbox' | 'live'
  readonly log: Logger
  /** Where each brand and the thread of the work say how they do. */
  readonly signs?: Signs
  readonly baseUrl: () => string
  /** Where customers reach it, as somebody has stated; without it links of live brands stay as they are. */
  readonly publicUrl?: string | null
  readonly ai: AiSettings
  /** The time of the house: the machine's, but for its jumps. */
  readonly machineNow: WallTime
  readonly elapsed?: Elapsed
  readonly heartbeat?: Heartbeat
  /** HH:MM at which the data is tended; without it never by itself. */
  readonly nightly?: string | null
  readonly seed?: SeedOptions
  /** Lets the work of all brands go on in a thread of its own; without it all goes on in this one. */
  readonly thread?: ThreadOptions
  /** Where bounded work is done; without it in this thread. */
  readonly workshop?: Workshop
}

export interface OpenedBrands extends House {
  /** Changes as brands come and go. */
  readonly brands: ReadonlyMap<BrandId, BrandRuntime>
  /** The installation's, by which links in messages are signed. */
  readonly linkSecret: string
  /** Who is logged in. */
  readonly sessions: SessionRows
  /** The server is reached now where `baseUrl` says. */
  reached(): Promise<void>
  /** All brands begin nothing new; resolves when what is in hand is done, or given up after so long. */
  halt(graceMs: number): Promise<void>
  /** Ends all; what does not answer is waited for no longer than `patienceMs`. */
  close(patienceMs?: number): Promise<void>
}

/** The brands that every installation begins with. Their files lie where they always lay. */
const firstBrands = [
  { id: 'demo', file: 'demo.sqlite', sandbox: true },
  { id: 'own', file: 'own.sqlite', sandbox: false },
] as const

async function firstRows(
  installation: OpenedInstallation,
  dataDir: string,
  now: number,
): Promise<readonly BrandRow[]> {
  const known = await installation.brands()
  if (known.length > 0) return known
  const act = { actor: engineActor, at: now, realAt: now }
  for (const brand of firstBrands) await installation.add(act, brand)
  // Where the installation's own database was lost, the brands that were made are still there.
  for (const brand of brandFilesOf(dataDir)) await installation.add(act, { ...brand, sandbox: false })
  return installation.brands()
}

/** Whether a name is that of a file in the folder; another program may have written any. */
function isWithin(folder: string, name: string): boolean {
  const way = relative(folder, join(folder, name))
  return way !== '' && !way.startsWith('..') && !way.includes('\0')
}

/** How often, and how far apart, a brand is tried at the start that another program has locked. */
const triesAtStart = 10
const betweenTriesMs = 500

/** A power cut may cost a live brand nothing; a sandbox may lose its last moves, and stays whole. */
const durabilityOf = (mode: 'sandbox' | 'live') => (mode === 'live' ? 'full' : 'normal')

/** Opens all brands of a folder of data, making what is missing. The caller has locked the folder. */
export async function openBrands(options: OpenBrands): Promise<OpenedBrands> {
  const { dataDir, mode, seed = {}, thread: threadOptions, ...rest } = options
  const { machineNow } = options
  const watched = { log: options.log, ...(options.signs === undefined ? {} : { signs: options.signs }) }
  const thread = threadOptions === undefined ? null : startWorksThread({ ...watched, ...threadOptions })
  mkdirSync(dataDir, { recursive: true })
  const keys = options.keys ?? openKeyRing(dataDir, null)
  const installation = openInstallation(dataDir, keys)
  const rows = await firstRows(installation, dataDir, machineNow())
  const brands = new Map<BrandId, BrandRuntime>()
  const unwatch = new Map<BrandId, readonly (() => void)[]>()
  let listening = false
  /** Links of a sandbox are pressed on this machine; of a live brand where customers can reach us. */
  const shortenAt = (brand: BrandRuntime) =>
    brand.linksAt(brand.sandbox ? options.baseUrl() : (options.publicUrl ?? null))
  const pathOf = ({ file }: Pick<BrandRow, 'file'>) => join(dataDir, file)

  /**
   * Problem `store-gone`, `store-damaged`; a brand's file is made once, and never anew in place of a lost one. Answers
   * whether it has been made with people in it.
   */
  const layMissing = (row: BrandRow): boolean => {
    const path = pathOf(row)
    const file = basename(path)
    if (!isWithin(dataDir, row.file)) throw new Problem('store-gone', { file })
    if (existsSync(path)) {
      if (statSync(path).size === 0) throw new Problem('store-damaged', { file })
      return false
    }
    if (row.id === 'demo') makeWhole(path, (half) => seedDemoFile(half, seed, sealDatabase))
    else if (row.id !== 'own' || installation.isLaid(row.id)) throw new Problem('store-gone', { file })
    else makeWhole(path, layEmpty)
    installation.noteLaid(row.id)
    return row.id === 'demo'
  }
  /** Problem `store-log-damaged`: of a sandbox a power cut may have left its last changes so, and it goes on without. */
  const checkLog = (row: BrandRow, durability: 'full' | 'normal'): void => {
    if (!isLogDamaged(pathOf(row))) return
    if (durability === 'full') throw new Problem('store-log-damaged', { file: basename(pathOf(row)) })
    rest.log.warn({ brand: row.id }, 'the log beside the data is damaged: what was changed last is lost')
  }
  const begin = async (row: BrandRow): Promise<void> => {
    try {
      const peopled = layMissing(row)
      const durability = durabilityOf(row.sandbox ? 'sandbox' : mode)
      checkLog(row, durability)
      const db = openDatabase(pathOf(row), { durability })
      await bringToLife(row, db).catch((error: unknown) => {
        db.close()
        throw error
      })
      // Nobody waits for the first night to see what models say of the demo's customers.
      if (peopled && thread !== null) brands.get(row.id)?.scoring.begin(engineActor)
    } catch (error) {
      throw withBackup(error, installation.backupOf(row.id), { folder: dataDir, brand: row.id })
    }
  }
  const bringToLife = async (row: BrandRow, db: BrandDatabase): Promise<void> => {
    const runs = row.sandbox ? 'sandbox' : mode
    const durability = durabilityOf(runs)
    const vault = openVault(db, brandScope(row.id), keys)
    sealPlainSecrets(db, vault)
    const brand = await openBrand({
      ...rest,
      keys,
      id: row.id,
      db,
      mode: runs,
      // The first brand to ask lends its own, by which the links of earlier messages are signed.
      linkSecret: installation.secret('links', () => vault.own(linkKey, randomSecret)),
      publicId: publicIdOf(nameOf(db, 'installation')),
      ...(thread === null ? {} : { works: thread.worksOf({ durability, demo: row.id === 'demo' }) }),
      ...(row.id === 'demo' ? { reactions: demoReactions, newcomers: demoNewcomersBetween } : {}),
    })
    brands.set(row.id, brand)
    if (listening) await shortenAt(brand)
    if (runs === 'live' && rest.signs !== undefined)
      unwatch.set(row.id, [
        watchBehind(rest.signs, row.id, db, machineNow),
        ...watchMessages(rest.signs, row.id, db),
        ...watchDelivery(rest.signs, row.id, db, machineNow),
        ...watchCoupons(rest.signs, row.id, db),
      ])
  }
  const end = async (row: BrandRow, archive: string): Promise<void> => {
    const brand = brands.get(row.id)
    brands.delete(row.id)
    unopened.forget(row.id)
    for (const stop of unwatch.get(row.id) ?? []) stop()
    await brand?.close()
    putAside(pathOf(row), join(dataDir, archive))
  }

  /** As they were made, whenever each of them could be opened. */
  const order = (): void => {
    const places = new Map(rows.map(({ id }, place) => [id, place]))
    const placeOf = ([id]: readonly [BrandId, BrandRuntime]) => places.get(id) ?? rows.length
    const ordered = [...brands].toSorted((one, other) => placeOf(one) - placeOf(other))
    brands.clear()
    for (const [id, brand] of ordered) brands.set(id, brand)
  }
  const unopened = keepUnopened({ log: options.log, signs: rest.signs, begin, onOpened: order })
  // One's own brand comes first, because it signs the links.
  const working = rows.filter(({ archive }) => archive === null)
  for (const row of working.toSorted((a, b) => Number(a.sandbox) - Number(b.sandbox))) {
    await unopened.attempt(row)
    for (
      let turn = 0;
      turn < triesAtStart && unopened.problems.get(row.id)?.code === 'store-busy';
      turn += 1
    ) {
      await pause(betweenTriesMs)
      await unopened.attempt(row)
    }
  }
  const [none] = unopened.problems.values()
  if (none !== undefined && brands.size === 0) {
    unopened.close()
    await thread?.close()
    installation.close()
    throw none
  }
  // A process that ended may have left a brand that was archived where it was.
  for (const row of rows)
    if (row.archive !== null) {
      try {
        putAside(pathOf(row), join(dataDir, row.archive))
        sealArchive(join(dataDir, row.archive), row.id, keys)
      } catch (error) {
        // Nobody works with it: that it is damaged keeps nobody else from starting.
        rest.log.warn({ err: error, file: row.archive }, 'what was put aside cannot be opened')
      }
    }
  order()
  const folders = (): UploadFolder[] => {
    const paths = new Set([...brands.values()].map(({ importsFolder }) => importsFolder))
    return [...paths].map((path) => ({
      path,
      async wants(id) {
        for (const { stores } of brands.values())
          if ((await stores.imports.find(id))?.state === 'running') return true
        return false
      },
    }))
  }
  const inFolders = async (
    remove: (folder: UploadFolder, now: number) => Promise<number>,
  ): Promise<number> => {
    let count = 0
    for (const folder of folders()) count += await remove(folder, machineNow())
    return count
  }
  const house: UpkeepPlace = {
    brand: null,
    path: installation.path,
    nights: installation.nights,
    act: (actor) => ({ actor, at: machineNow(), realAt: machineNow() }),
  }
  const own = working.find(({ sandbox }) => !sandbox) ?? working[0]
  const upkeep = startUpkeep({
    at: options.nightly ?? null,
    zone: () => brands.get(own?.id ?? '')?.brand().zone ?? machineZone(),
    since: Math.min(...rows.map(({ createdAt }) => createdAt)),
    places: () => [
      house,
      ...[...brands.values()].map(({ id, path, stores, act }) => ({
        brand: id,
        path,
        nights: stores.nights,
        act,
      })),
    ],
    own: {
      logins: () => installation.sessions.dropEnded(machineNow()),
      uploads: () => inFolders(removeUploadRests),
      rejected: () => inFolders(removeOldRejected),
    },
    workshop: options.workshop ?? new Workshop({ program: null, now: machineNow }),
    signs: rest.signs,
    log: rest.log,
    now: machineNow,
    elapsed: options.elapsed ?? machineElapsed,
  })
  const unwatchDisk = rest.signs === undefined ? null : watchDisk(dataDir, rest.signs)

  return {
    installation,
    brands,
    unopened: unopened.problems,
    linkSecret: installation.secret('links', () => {
      throw new Error('no brand has lent its secret')
    }),
    sessions: installation.sessions,
    act: (actor) => ({ actor, at: machineNow(), realAt: machineNow() }),
    async lay(id, brand, actor) {
      const file = `brands/${id}.sqlite`
      layBrand(join(dataDir, file), brand, { actor, id, at: machineNow() })
      return { file }
    },
    begin,
    async end(row, archive) {
      upkeep.forget(row.id)
      await end(row, archive)
    },
    upkeep,
    async reached() {
      await thread?.reached()
      listening = true
      await Promise.all([...brands.values()].map(shortenAt))
    },
    async halt(graceMs) {
      await Promise.all([...brands.values()].map((brand) => brand.halt(graceMs)))
    },
    async close(patienceMs) {
      for (const stop of [...unwatch.values()].flat()) stop()
      unopened.close()
      unwatchDisk?.()
      const tended = upkeep.close()
      await Promise.all([...brands.values()].map((brand) => brand.close(patienceMs)))
      await thread?.close()
      await options.workshop?.close()
      await tended
      installation.close()
    },
  }
}
