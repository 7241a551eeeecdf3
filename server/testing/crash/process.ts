import { pino } from 'pino'
import { openCrashBrand } from './brand.ts'
import { type Answer, orderSchema, startSchema } from './protocol.ts'

/** A live brand, to be killed at any moment. */
const start = startSchema.parse(JSON.parse(process.env.CRASH_TEST ?? ''))
const tell = (answer: Answer) => process.send?.(answer)

const brand = await openCrashBrand(
  start,
  start.log === undefined
    ? { level: 'error', to: pino.destination(2) }
    : { level: 'info', to: pino.destination({ dest: start.log, sync: true }) },
)
process.on('message', (message) => {
  const { batch, events } = orderSchema.parse(message)
  void brand.ingest(events).then(() => tell({ kind: 'taken', batch }))
})
// Without its test the process has nothing to live for.
process.on('disconnect', () => process.exit(0))
tell({ kind: 'ready' })
