import { dirname, join } from 'node:path'
import { absentChannels } from '../channels/index.ts'
import { startImport } from '../imports/index.ts'
import { startRehearsal } from '../rehearsal/start.ts'
import { firstHour } from '../sandbox/clock.ts'
import { createBrandStore } from '../store/sqlite/brand-store.ts'
import { nextDueReader } from '../store/sqlite/engine-store.ts'
import { plannedEvents } from '../store/sqlite/events/planned.ts'
import {
  anyLiveJourney,
  enterMode,
  putClock,
  standingClock,
  untouched,
} from '../store/sqlite/settings/mode.ts'
import type { BrandRuntime } from './brand.ts'
import { equip } from './equipment.ts'
import { eventIntake } from './intake.ts'
import { createLiveTime, everySecond } from './live-time.ts'
import { buildMachine, type Machine } from './machine.ts'
import { createNewsDesk, type NewsDesk } from './news.ts'
import type { OpenBrand } from './options.ts'
import { createSandboxTime, type VirtualClock } from './sandbox-time.ts'
import type { Timekeeper } from './timekeeper.ts'

export type { OpenBrand } from './options.ts'

const rehearsalThread = new URL('./rehearsal-thread.ts', import.meta.url)

interface TimeDeps {
  readonly clock: VirtualClock
  readonly work: Machine['work']
  readonly news: NewsDesk
  readonly stopping: () => boolean
}

function timeOf(options: OpenBrand, { clock, work, news, stopping }: TimeDeps): Timekeeper {
  const { db, mode, log, machineNow, newcomers = () => [], heartbeat = everySecond } = options
  const nextDue = nextDueReader(db)
  if (mode === 'live')
    return createLiveTime({ work, now: machineNow, nextDue: () => nextDue(), heartbeat, log })
  return createSandboxTime({
    work,
    clock,
    nextDue,
    planned: plannedEvents(db),
    newcomers,
    anyJourney: anyLiveJourney(db),
    untouched: untouched(db),
    put: (act, to) => putClock(db, act, to),
    stopping,
    onSlice({ journeyIds, replies }) {
      news.figuresChanged(journeyIds)
      news.inboxGrew(replies)
      news.clockMoved()
    },
  })
}

/** Brings one brand to life over its database; `close` ends it. */
export async function openBrand(options: OpenBrand): Promise<BrandRuntime> {
  const { id, db, mode, log, machineNow } = options
  const sandbox = mode === 'sandbox'
  const paused = enterMode(db, mode, machineNow())
  if (paused > 0)
    log.warn({ brand: id, journeys: paused }, 'journeys of the sandbox are paused for going live')
  const clock: VirtualClock = { now: sandbox ? standingClock(db, firstHour(machineNow())) : 0 }
  const now = sandbox ? () => clock.now : machineNow
  const stores = createBrandStore(db)
  let closing = false
  const stopping = () => closing

  const news = createNewsDesk(() => time.answer())
  const equipment = await equip(options, stores.settings, now, news.inboxGrew)
  const machine = buildMachine(options, { equipment, now, stopping, onFigures: news.figuresChanged })
  const time = timeOf(options, { clock, work: machine.work, news, stopping })
  const ingest = eventIntake(db)
  await machine.recover()
  await time.start()

  return {
    id,
    sandbox,
    now,
    stores,
    act: (actor) => ({ actor, at: now(), realAt: machineNow() }),
    store: machine.store,
    engine: machine.engine,
    registry: machine.registry,
    brand: equipment.brand,
    channels: equipment.channels,
    caller: equipment.caller,
    absentChannels: () => absentChannels(equipment.channels()),
    // In a sandbox all reach the on-screen phone, and neither matters.
    sending: () =>
      sandbox
        ? { absentChannels: new Set(), signature: null }
        : {
            absentChannels: new Set(absentChannels(equipment.channels()).keys()),
            signature: equipment.brand().signature,
          },
    polisher: () => equipment.model()?.polisher ?? null,
    clock: () => time.answer(),
    settle: () => time.settle(),
    subscribe: news.subscribe,
    importsFolder: join(dirname(db.path), 'imports'),
    importFile: (request, onProgress) => startImport(db.path, request, onProgress),
    rehearse: (request, onProgress) => startRehearsal(rehearsalThread, db.path, request, onProgress),
    async advance(act, move) {
      const answer = await time.advance(act, move)
      news.clockMoved()
      news.flush()
      return answer
    },
    async ingest(events) {
      const { journeyIds, replies, ...inserted } = await ingest(events, now())
      news.figuresChanged(journeyIds)
      news.inboxGrew(replies)
      await time.stir()
      return inserted
    },
    async reconfigure(what) {
      await equipment.renew(what)
      await time.stir()
    },
    async close() {
      closing = true
      await Promise.all([time.stop(), machine.stop()])
      await equipment.close()
      news.close()
      db.close()
    },
  }
}
