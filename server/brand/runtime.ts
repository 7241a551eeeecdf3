import type { Logger } from 'pino'
import type { BrandId } from '../../shared/api/system.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { registry as allNodes } from '../../shared/nodes/index.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { AiSettings } from '../ai/settings.ts'
import type { BrandRuntime } from '../brand.ts'
import type { Channel } from '../channels/channel.ts'
import { buildChannels, type ChannelDeps } from '../channels/index.ts'
import { channelSettings } from '../channels/settings.ts'
import { createAsker } from '../engine/asks.ts'
import { createDispatcher } from '../engine/dispatch.ts'
import { createEngine } from '../engine/engine.ts'
import type { EngineStore } from '../engine/port.ts'
import { planCache } from '../engine/runtime.ts'
import { firstHour } from '../sandbox/clock.ts'
import { deliveryOnly, type Reactions } from '../sandbox/reactions.ts'
import { createAskStore } from '../store/asks.ts'
import type { BrandDatabase } from '../store/database.ts'
import { createEngineStore, nextDueReader } from '../store/engine-store.ts'
import { inboxWriter } from '../store/inbox.ts'
import { ingester } from '../store/ingest.ts'
import { readBrand, readMeta, settingsKeys, writeBrand } from '../store/meta.ts'
import { anyLiveJourney, enterMode, standingClock } from '../store/mode.ts'
import { createOutboxStore } from '../store/outbox.ts'
import { plannedEvents, planner } from '../store/planned.ts'
import type { NewCustomer } from '../store/seed.ts'
import { createLimiter, unlimited } from './limiter.ts'
import { createLiveTime, everySecond, type Heartbeat } from './live-time.ts'
import { type Model, openModel } from './models.ts'
import { createNewsDesk } from './news.ts'
import { createSandboxTime, type VirtualClock } from './sandbox-time.ts'
import { aiSettingsOf } from './settings.ts'
import type { Timekeeper, Work } from './timekeeper.ts'

/** How long sends under way are waited for when the server stops. */
const graceMs = 8000

export interface OpenBrand {
  readonly id: BrandId
  readonly db: BrandDatabase
  readonly mode: 'sandbox' | 'live'
  readonly log: Logger
  /** Where this server is reached, without a slash at its end; known once it listens. */
  readonly baseUrl: () => string
  /** Signs the links in messages. */
  readonly linkSecret: string
  /** Stands before the idempotency keys of this brand's messages. */
  readonly publicId: string
  /** The model's settings in the environment; the brand's own count where it has none. */
  readonly ai: AiSettings
  readonly machineNow: () => number
  readonly registry?: Registry
  readonly batchSize?: number
  /** What the sandbox's members do on a message, and who joins of their own accord. */
  readonly reactions?: Reactions
  readonly newcomers?: (after: number, upTo: number) => readonly NewCustomer[]
  readonly heartbeat?: Heartbeat
  /** How channels reach out, and other channels in their place, where a test has a say in it. */
  readonly reach?: Partial<Pick<ChannelDeps, 'timeouts' | 'allowHosts' | 'resolve' | 'now'>>
  readonly channels?: () => Map<string, Channel>
}

/** A store that tells which journeys a batch has changed. */
function watched(store: EngineStore, changed: (journeyIds: Iterable<string>) => void): EngineStore {
  return {
    ...store,
    async commit(batch) {
      const result = await store.commit(batch)
      changed(new Set(batch.changes.map(({ enrollment }) => enrollment.journeyId)))
      return result
    },
  }
}

/** What a brand is set up with, read again whenever the settings are saved. */
function openSettings(options: OpenBrand, deps: Pick<ChannelDeps, 'now' | 'deliverPhone' | 'deliverInbox'>) {
  const { db, mode, ai, machineNow, reach = {} } = options
  const channelsNow = (): Map<string, Channel> =>
    options.channels?.() ??
    buildChannels(channelSettings.parse(readMeta(db, settingsKeys.channels) ?? {}), {
      mode,
      ...deps,
      ...reach,
    })
  const modelNow = () => openModel(aiSettingsOf(db, ai), machineNow)
  return { brand: readBrand(db), channels: channelsNow(), model: modelNow(), channelsNow, modelNow }
}

async function closeAll(channels: ReadonlyMap<string, Channel>): Promise<void> {
  await Promise.all([...channels.values()].map((channel) => channel.close()))
}

/** Brings one brand to life over its database; `close` ends it. */
export async function openBrand(options: OpenBrand): Promise<BrandRuntime> {
  const { id, db, mode, log, machineNow } = options
  const sandbox = mode === 'sandbox'
  const paused = enterMode(db, mode, machineNow())
  if (paused > 0)
    log.warn({ brand: id, journeys: paused }, 'journeys of the sandbox are paused for going live')
  const clock: VirtualClock = { now: sandbox ? standingClock(db, firstHour(machineNow())) : 0 }
  const now = () => (sandbox ? clock.now : machineNow())
  let stopping = false

  const news = createNewsDesk(() => time.answer())
  const toPhone = inboxWriter(db)
  const deliver = async (rows: Parameters<typeof toPhone>[0]) => news.inboxGrew(toPhone(rows, now()))
  const settings = openSettings(options, { now, deliverPhone: deliver, deliverInbox: deliver })
  const brand = (): Brand => settings.brand
  const model = (): Model | null => settings.model

  const registry = options.registry ?? allNodes
  const store = watched(createEngineStore(db), news.figuresChanged)
  const engine = createEngine({
    store,
    registry,
    brand,
    askModel: () => model() !== null,
    batchSize: options.batchSize ?? 1000,
    log,
    planFor: planCache(store, registry),
    stopping: () => stopping,
  })
  const asker = createAsker({
    store: createAskStore(db),
    pool: () => model()?.pool ?? null,
    brand,
    now,
    log,
  })
  const plan = planner(db)
  const reactions = options.reactions ?? deliveryOnly
  const outbox = createOutboxStore(
    db,
    sandbox ? (messages, sentAt) => plan(reactions(messages, sentAt)) : undefined,
  )
  const dispatcher = createDispatcher({
    outbox,
    channels: () => settings.channels,
    dressing: () => ({
      brandId: id,
      brand: brand(),
      publicId: options.publicId,
      linkSecret: options.linkSecret,
      baseUrl: options.baseUrl(),
    }),
    limiter: sandbox ? unlimited : createLimiter(() => brand().rates),
    now,
    log,
    onBatch: (settlements) => news.figuresChanged(settlements.map(({ message }) => message.journeyId)),
  })
  const work: Work = { tick: engine.tick, ask: asker.run, dispatch: dispatcher.run }
  const nextDue = nextDueReader(db)
  const time: Timekeeper = sandbox
    ? createSandboxTime({
        work,
        clock,
        nextDue,
        planned: plannedEvents(db),
        newcomers: options.newcomers ?? (() => []),
        anyJourney: anyLiveJourney(db),
        stopping: () => stopping,
        onSlice({ journeyIds, replies }) {
          news.figuresChanged(journeyIds)
          news.inboxGrew(replies)
          news.clockMoved()
        },
      })
    : createLiveTime({
        work,
        now,
        nextDue: () => nextDue(),
        heartbeat: options.heartbeat ?? everySecond,
        log,
      })
  const ingest = ingester(db)

  const idempotent = new Set(
    [...settings.channels.values()].filter((channel) => channel.idempotent).map((channel) => channel.id),
  )
  const left = await outbox.recover(idempotent, now())
  if (left.queued + left.unknown > 0)
    log.warn({ brand: id, ...left }, 'messages were cut short when it stopped')
  await time.start()

  return {
    id,
    sandbox,
    db,
    store,
    engine,
    registry,
    brand,
    saveBrand(changed) {
      writeBrand(db, changed)
      settings.brand = readBrand(db)
    },
    now,
    clock: () => time.answer(),
    async advance(move) {
      const answer = await time.advance(move)
      news.clockMoved()
      news.flush()
      return answer
    },
    settle: () => time.settle(),
    async ingest(events) {
      const taken = ingest(
        events.map(({ customerId, event }) => ({ customerId, ...event })),
        now(),
      )
      news.figuresChanged(taken.journeyIds)
      news.inboxGrew(taken.replies)
      await time.stir()
      return { accepted: taken.accepted, duplicates: taken.duplicates }
    },
    channels: () => settings.channels,
    async reconfigure() {
      const before = settings.channels
      settings.channels = settings.channelsNow()
      settings.model = settings.modelNow()
      await closeAll(before)
      await time.stir()
    },
    polisher: () => model()?.polisher ?? null,
    subscribe: news.subscribe,
    async close() {
      stopping = true
      const settled = time.stop()
      await Promise.all([asker.stop(), dispatcher.stop(graceMs), settled])
      await closeAll(settings.channels)
      news.close()
      db.close()
    },
  }
}
