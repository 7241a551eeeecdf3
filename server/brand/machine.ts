import { setImmediate as turn } from 'node:timers/promises'
import type { Brand } from '../../shared/journey/brand.ts'
import { registry as allNodes } from '../../shared/nodes/index.ts'
import { machineElapsed } from '../clock/machine.ts'
import { createDispatcher } from '../dispatch/dispatch.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { createEraser } from '../engine/erasing.ts'
import { planCache } from '../engine/runtime.ts'
import { stopEveryone } from '../engine/stop.ts'
import { createScorer } from '../models/scorer.ts'
import { alone, type Claimant } from '../ports/claims.ts'
import type { OutboxStore } from '../ports/dispatch.ts'
import type { EngineStore } from '../ports/engine.ts'
import { httpAnswerer } from '../requests/http.ts'
import { modelAnswerer } from '../requests/model.ts'
import { createRequester } from '../requests/requester.ts'
import { confirmsAt } from '../sandbox/confirming.ts'
import { deliveryOnly } from '../sandbox/reactions.ts'
import { createGiver } from '../staff/giver.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { eraserStore } from '../store/sqlite/erasure/eraser.ts'
import { planner } from '../store/sqlite/events/planned.ts'
import { inFlight } from '../store/sqlite/journeys/flight.ts'
import { type Heart, heartOf, unmarked } from '../store/sqlite/lives/lives.ts'
import { createAskStore } from '../store/sqlite/messages/asks.ts'
import { type KeptResults, openKeptResults } from '../store/sqlite/messages/kept-results.ts'
import { createOutboxStore } from '../store/sqlite/messages/outbox.ts'
import { freshStore } from '../store/sqlite/models/scores.ts'
import { givingStore } from '../store/sqlite/staff/give.ts'
import { steadied } from '../store/sqlite/steady.ts'
import { playedEmployees, waitsForEmployee } from '../store/sqlite/wecom/played.ts'
import type { Equipment } from './equipment.ts'
import { createLimiter, unlimited } from './limiter.ts'
import type { OpenBrand } from './options.ts'
import { tellingBase } from './telling-base.ts'
import type { Work } from './timekeeper.ts'

/** What works for a brand: the engine, what asks others, and what hands messages over. */
export interface Machine {
  readonly engine: Engine
  readonly work: Work
  /** Deals with what an earlier process left half done. */
  recover(): Promise<void>
  /** Begins nothing new; resolves when what is in hand is done, or given up after `graceMs`. */
  stop(graceMs: number): Promise<void>
}

export interface MachineDeps {
  readonly equipment: Equipment
  readonly now: () => number
  readonly stopping: () => boolean
  readonly onFigures: (journeyIds: Iterable<string>) => void
}

/** A store that tells which journeys a batch has changed. */
export function watched(store: EngineStore, changed: (journeyIds: Iterable<string>) => void): EngineStore {
  return {
    ...store,
    async commit(batch) {
      const result = await store.commit(batch)
      const tripped = batch.trips?.map(({ journeyId }) => journeyId) ?? []
      changed(new Set([...batch.changes.map(({ enrollment }) => enrollment.journeyId), ...tripped]))
      return result
    },
    async reword(move, said, done) {
      await store.reword(move, said, done)
      changed([move.journeyId])
    },
  }
}

/** A provider that answers after a fifth of a second is still given some thousand messages a second. */
const batchesAtOnce = 6

/** Counts what is handed over to others; nothing leaves a sandbox. */
function heartIn({ id, db, mode, log }: OpenBrand): Heart {
  const uncounted = (error: unknown) =>
    log.warn({ brand: id, error: String(error) }, 'a handing over could not be counted beside the data')
  return mode === 'live' ? heartOf(db, uncounted) : unmarked
}

function outboxOf(
  { db, mode, reactions = deliveryOnly }: OpenBrand,
  { heart, kept, brand }: { readonly heart: Heart; readonly kept: KeptResults; readonly brand: () => Brand },
): OutboxStore {
  if (mode === 'live') return createOutboxStore(db, { heart, kept })
  const plan = planner(db)
  const employees = playedEmployees(db)
  return createOutboxStore(db, {
    onSent(messages, sentAt) {
      const tasks = messages.filter(waitsForEmployee)
      plan(
        reactions(
          messages.filter((one) => !waitsForEmployee(one)),
          sentAt,
        ),
      )
      const confirming = (sender: string, madeAt: number) => confirmsAt(sender, madeAt, brand().zone)
      for (const { task, at, messages: held } of employees.hold(tasks, sentAt, confirming))
        plan(reactions(held, at), task)
    },
  })
}

function dispatcherOf(options: OpenBrand, deps: MachineDeps & { by: Claimant }, outbox: OutboxStore) {
  const { id, mode, log, publicId, linkSecret, baseUrl } = options
  const { brand, channels } = deps.equipment
  return createDispatcher({
    outbox,
    by: deps.by,
    channels,
    dressing: () => ({ brandId: id, brand: brand(), publicId, linkSecret, baseUrl: baseUrl() }),
    limiter: mode === 'sandbox' ? unlimited : createLimiter(() => brand().rates, deps.by.elapsed),
    now: deps.now,
    log,
    // Nobody is slow in a sandbox, and one batch after the other is always the same.
    mostFlights: mode === 'sandbox' ? 1 : batchesAtOnce,
    onBatch: (settlements) => deps.onFigures(settlements.map(({ message }) => message.journeyId)),
  })
}

export function buildMachine(options: OpenBrand, deps: MachineDeps): Machine {
  const { id, db, log, registry = allNodes, batchSize = 1000 } = options
  const { equipment, now, stopping } = deps
  const { brand, model } = equipment
  // The folder of data is locked for one process, which has all of the brand.
  const by = alone({ now: options.machineNow, elapsed: options.elapsed ?? machineElapsed })
  const base = tellingBase(options)
  const store = watched(createEngineStore(db, base), deps.onFigures)
  const planFor = planCache(store, registry)
  const askModel = () => model() !== null
  const heart = heartIn(options)
  const engine = createEngine({
    store,
    registry,
    brand,
    askModel,
    batchSize,
    log,
    planFor,
    stopping,
    looksApart: options.mode === 'live',
    by,
    realNow: options.machineNow,
  })
  const kept = openKeptResults(db.path, (error) =>
    log.warn({ brand: id, error: String(error) }, 'answers cannot be kept beside the data'),
  )
  const asks = createAskStore(db, { heart, kept })
  const requester = createRequester({
    by,
    store: asks,
    answerers: {
      model: modelAnswerer({ pool: () => model()?.pool ?? null, brand }),
      http: httpAnswerer({ caller: equipment.caller, sandbox: options.mode === 'sandbox' }),
    },
    now,
    log,
  })
  const eraser = createEraser({
    ...{ store, engine, planFor, now, brand, stopping },
    erasing: eraserStore(db),
    realNow: options.machineNow,
  })
  const scorer = createScorer({
    ...{ brand, now, stopping, rest: () => turn() },
    store: steadied(db.steady, freshStore(db)),
    realNow: options.machineNow,
  })
  const giver = createGiver({
    ...{ brand, now, stopping, rest: () => turn() },
    store: steadied(db.steady, givingStore(db)),
    facts: store,
    realNow: options.machineNow,
  })
  const outbox = outboxOf(options, { heart, kept, brand })
  const dispatcher = dispatcherOf(options, { ...deps, by }, outbox)
  const source = {
    inFlight: async (journeyId: string, after: number, limit: number) =>
      inFlight(db, journeyId, after, limit),
  }
  return {
    engine,
    work: {
      tick: engine.tick,
      batch: engine.batch,
      ask: requester.run,
      dispatch: dispatcher.run,
      erase: eraser.run,
      score: scorer.run,
      give: giver.run,
    },
    async recover() {
      const heard = { messages: await outbox.settleKept(), answers: await asks.settleKept() }
      if (heard.messages + heard.answers > 0)
        log.info({ brand: id, ...heard }, 'what was answered before the last end has been written')
      const channels = [...equipment.channels().values()].filter(({ idempotent }) => idempotent)
      const left = await outbox.recover({
        idempotent: new Set(channels.map((channel) => channel.id)),
        now: now(),
        by,
        own: true,
      })
      if (left.queued + left.unknown > 0)
        log.warn({ brand: id, ...left }, 'messages were cut short by a stop')
      for (const { id: journeyId, status } of await store.journeys())
        if (status === 'stopped')
          await stopEveryone({ store, source, planFor, journeyId, now: now(), brand: brand() })
    },
    async stop(graceMs) {
      try {
        await Promise.all([
          requester.stop(),
          dispatcher.stop(graceMs),
          eraser.stop(),
          scorer.stop(),
          giver.stop(),
        ])
      } finally {
        kept.close()
      }
    },
  }
}
