import type { IncomingEvent } from '../ports/events.ts'
import { troubleOf } from '../ports/trouble.ts'
import { steadied } from '../store/sqlite/steady.ts'
import { wecomWork } from '../store/sqlite/wecom/store.ts'
import { createWecomWorker, type WecomWorker } from '../wecom/worker.ts'
import type { Equipment } from './equipment.ts'
import { everySecond } from './live-time.ts'
import type { OpenBrand } from './options.ts'

export interface WecomParts {
  readonly equipment: Equipment
  readonly now: () => number
  readonly ingest: (events: readonly IncomingEvent[]) => Promise<unknown>
}

/**
 * What goes on between a brand and its WeCom, beside its engine. In a sandbox what is told is taken in, and nobody is
 * asked or told anything.
 */
export function startWecom(options: OpenBrand, { equipment, now, ingest }: WecomParts): WecomWorker {
  const { db, mode, log, machineNow } = options
  const sandbox = mode === 'sandbox'
  const worker = createWecomWorker({
    work: steadied(db.steady, wecomWork(db)),
    client: () => (sandbox ? null : (equipment.wecom()?.client ?? null)),
    speaker: () => (sandbox ? null : (equipment.wecom()?.speaker ?? null)),
    agent: () => equipment.wecom()?.agent ?? null,
    brand: () => equipment.brand(),
    brandId: options.id,
    friendIsOwner: () => equipment.wecom()?.friendIsOwner ?? false,
    ingest,
    act: (actor) => ({ actor, at: now(), realAt: machineNow() }),
    sandbox,
    host: options.baseUrl,
    now,
    realNow: machineNow,
    onError(error) {
      // The store's own troubles are told once, by whoever watches it.
      if (troubleOf(error) === null)
        log.error({ error: String(error) }, 'something of WeCom’s failed; it is tried again')
    },
  })
  const { heartbeat = everySecond } = options
  const end = heartbeat(() => worker.run())
  return {
    ...worker,
    async stop() {
      end()
      await worker.stop()
    },
  }
}
