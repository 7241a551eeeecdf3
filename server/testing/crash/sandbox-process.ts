import { pino } from 'pino'
import { terminalActor } from '../../../shared/audit/actor.ts'
import { openBrand } from '../../brand/runtime.ts'
import { demoNewcomersBetween } from '../../sandbox/newcomers.ts'
import { demoReactions } from '../../sandbox/reactions.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { testKeys } from '../keys.ts'

/** A demo brand whose clock is on its way to CRASH_UNTIL, to be killed at any moment. */
const db = openDatabase(process.env.CRASH_PATH ?? '', { durability: 'normal' })
const until = Number(process.env.CRASH_UNTIL)
const brand = await openBrand({
  id: 'demo',
  db,
  mode: 'sandbox',
  log: pino({ level: 'error' }, pino.destination(2)),
  baseUrl: () => 'http://localhost:3000',
  keys: testKeys,
  linkSecret: 'a secret',
  publicId: 'demo',
  ai: {},
  machineNow: Date.now,
  reactions: demoReactions,
  newcomers: demoNewcomersBetween,
})
if (brand.now() < until) await brand.advance(brand.act(terminalActor), { to: until })
await brand.close()
