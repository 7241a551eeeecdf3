import { pino } from 'pino'
import type { Heartbeat } from '../../brand/live-time.ts'
import { openBrand } from '../../brand/runtime.ts'
import { publicIdOf } from '../../dispatch/links.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { nameOf } from '../../store/sqlite/settings/meta.ts'
import { testKeys } from '../keys.ts'
import { type Answer, fastNow, orderSchema, startSchema } from './protocol.ts'

/** A live brand as the server runs it, on a fast clock, to be killed at any moment. */
const start = startSchema.parse(JSON.parse(process.env.CRASH_TEST ?? ''))
const tell = (answer: Answer) => process.send?.(answer)
const db = openDatabase(start.path)

const beats: Heartbeat = (beat) => {
  const timer = setInterval(beat, 10)
  return () => clearInterval(timer)
}

const brand = await openBrand({
  id: 'own',
  db,
  mode: 'live',
  log: pino({ level: 'error' }, pino.destination(2)),
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
})
process.on('message', (message) => {
  const { batch, events } = orderSchema.parse(message)
  void brand.ingest(events).then(() => tell({ kind: 'taken', batch }))
})
// Without its test the process has nothing to live for.
process.on('disconnect', () => process.exit(0))
tell({ kind: 'ready' })
