import { setTimeout as rest } from 'node:timers/promises'
import { pino } from 'pino'
import { terminalActor } from '../../../shared/audit/actor.ts'
import { mergeCustomers } from '../../persons/persons.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { openCrashBrand } from './brand.ts'
import { type Answer, startSchema } from './protocol.ts'

/** A live brand that makes one of each two customers, while its staff hand over theirs; to be killed at any moment. */
const start = startSchema.parse(JSON.parse(process.env.CRASH_TEST ?? ''))
const tell = (answer: Answer) => process.send?.(answer)

const db = openDatabase(start.path)
const pairs = db.sqlite
  .prepare<[], { from: string; into: string }>(
    `select id as "from", 'stays-' || substr(id, 6) as "into" from customers where id like 'goes-%' order by id`,
  )
  .all()
db.close()
const brand = await openCrashBrand(start, { level: 'error', to: pino.destination(2) })
process.on('disconnect', () => process.exit(0))
tell({ kind: 'ready' })
for (const pair of pairs) {
  await mergeCustomers(brand, terminalActor, pair)
  await rest(1)
}
