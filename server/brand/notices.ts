import { createNoticePoster } from '../channels/notices.ts'
import { machineElapsed } from '../clock/machine.ts'
import { troubleOf } from '../ports/trouble.ts'
import { brandScope, openVault } from '../store/sqlite/secrets/vault.ts'
import { steadied } from '../store/sqlite/steady.ts'
import { webhookOutbox } from '../store/sqlite/webhooks/outbox.ts'
import { noticeId } from '../webhooks/desk.ts'
import { createRelay, type Relay } from '../webhooks/relay.ts'
import { everySecond } from './live-time.ts'
import type { OpenBrand } from './options.ts'

/**
 * Tells other systems of what happens in a brand, beside its engine and by real time, also in a sandbox whose clock
 * stands; `now` is the brand's clock.
 */
export async function startNotices(options: OpenBrand, now: () => number): Promise<Pick<Relay, 'stop'>> {
  const { id, db, mode, keys, log, signs, machineNow, elapsed = machineElapsed, reach = {} } = options
  const outbox = steadied(db.steady, webhookOutbox(db, openVault(db, brandScope(id), keys)))
  const onError = (error: unknown): void => {
    // The store's own troubles are told once, by whoever watches it.
    if (troubleOf(error) === null)
      log.error({ error: String(error) }, 'telling webhooks failed; it is tried again')
  }
  const relay = createRelay({
    outbox,
    poster: createNoticePoster(reach, machineNow),
    sandbox: mode === 'sandbox',
    now,
    realNow: machineNow,
    elapsed,
    newId: noticeId,
    onError,
    onOff(names) {
      if (names.length === 0) signs?.clear('webhook-off', id)
      else signs?.raise('webhook-off', id, { names: names.join(', ') })
    },
  })
  await outbox.fit()
  const { heartbeat = everySecond } = options
  const end = heartbeat(() => relay.run().catch(onError))
  return {
    async stop(graceMs) {
      end()
      await relay.stop(graceMs)
    },
  }
}
