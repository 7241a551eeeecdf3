import { troubleOf } from '../ports/trouble.ts'
import { steadied } from '../store/sqlite/steady.ts'
import { wechatWork } from '../store/sqlite/wechat/store.ts'
import { createWechatHearer } from '../wechat/hear.ts'
import { createHearing, type Hearing } from '../wecom/hearing.ts'
import { everySecond } from './live-time.ts'
import type { OpenBrand } from './options.ts'
import type { WecomParts } from './wecom.ts'

/**
 * What goes on between a brand and its official account, beside its engine. In a sandbox what is told is taken in, and
 * nobody is asked or told anything.
 */
export function startWechat(options: OpenBrand, { equipment, now, ingest }: WecomParts): Hearing {
  const { db, mode, log, machineNow } = options
  const sandbox = mode === 'sandbox'
  const work = steadied(db.steady, wechatWork(db))
  const hear = createWechatHearer({
    ...{ work, sandbox },
    client: () => (sandbox ? null : equipment.wechat()),
    appId: () => equipment.wechat()?.appId ?? '',
    act: (actor) => ({ actor, at: now(), realAt: machineNow() }),
  })
  const hearing = createHearing({
    ...{ work, hear, ingest, realNow: machineNow },
    whose: ({ fields, key }) => fields.FromUserName ?? key,
    onError(error) {
      // The store's own troubles are told once, by whoever watches it.
      if (troubleOf(error) === null)
        log.error({ error: String(error) }, 'something of WeChat’s failed; it is tried again')
    },
  })
  const { heartbeat = everySecond } = options
  const end = heartbeat(() => hearing.run())
  return {
    run: () => hearing.run(),
    async stop() {
      end()
      await hearing.stop()
    },
  }
}
