import { join } from 'node:path'
import { type DestinationStream, pino } from 'pino'
import type { BrandRuntime } from '../../brand/brand.ts'
import type { Heartbeat } from '../../brand/live-time.ts'
import { openBrand } from '../../brand/runtime.ts'
import { publicIdOf } from '../../dispatch/links.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { nameOf } from '../../store/sqlite/settings/meta.ts'
import { Workshop } from '../../work/workshop.ts'
import { testKeys } from '../keys.ts'
import { fastNow, type Start } from './protocol.ts'

const beats: Heartbeat = (beat) => {
  const timer = setInterval(beat, 10)
  return () => clearInterval(timer)
}

/** A live brand as the server runs it, on a fast clock. */
export function openCrashBrand(
  start: Start,
  log: { readonly level: 'error' | 'info'; readonly to: DestinationStream },
): Promise<BrandRuntime> {
  const db = openDatabase(start.path)
  const { programs } = start
  const besides =
    programs === undefined
      ? {}
      : { workshop: new Workshop({ program: join(programs, 'helper-process.mjs'), now: fastNow(start) }) }
  return openBrand({
    id: 'own',
    db,
    mode: 'live',
    log: pino({ level: log.level }, log.to),
    baseUrl: () => 'http://localhost:3000',
    keys: testKeys,
    linkSecret: 'a secret of the test',
    publicId: publicIdOf(nameOf(db, 'installation')),
    ai: {},
    machineNow: fastNow(start),
    heartbeat: beats,
    batchSize: 200,
    // Providers measure a signature's age by their own clock.
    reach: { now: Date.now },
    ...besides,
  })
}
