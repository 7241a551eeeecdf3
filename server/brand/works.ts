import type { ClockAdvance, ClockAnswer } from '../../shared/api/clock.ts'
import { countRecords } from '../../shared/api/records.ts'
import { machineElapsed } from '../clock/machine.ts'
import type { Engine } from '../engine/engine.ts'
import { recordTaker } from '../imports/index.ts'
import type { Act } from '../ports/acts.ts'
import type { IncomingEvent, NamedEvent, TakenEvents } from '../ports/events.ts'
import type { TakeRecords } from '../ports/records.ts'
import { nextDueReader } from '../store/sqlite/engine-store.ts'
import { plannedEvents } from '../store/sqlite/events/planned.ts'
import { anyLiveJourney, putClock, untouched } from '../store/sqlite/settings/mode.ts'
import { demoFriends } from '../store/sqlite/wecom/demo.ts'
import type { Equipment, Renewed } from './equipment.ts'
import { eventIntake } from './intake.ts'
import { createLiveTime, everySecond } from './live-time.ts'
import { buildMachine, type Machine } from './machine.ts'
import type { NewsDesk } from './news.ts'
import { startNotices } from './notices.ts'
import type { OpenBrand } from './options.ts'
import { createSandboxTime, type VirtualClock } from './sandbox-time.ts'
import type { Timekeeper } from './timekeeper.ts'
import { startWechat } from './wechat.ts'
import { startWecom } from './wecom.ts'

/** What is told of the work while it goes on. */
export type WorksNews = Pick<NewsDesk, 'clockMoved' | 'figuresChanged' | 'inboxGrew'>

/** All that goes on in a brand by itself, and all that comes in bulk; in this thread or in one of its own. */
export interface Works {
  readonly engine: Engine
  moving(): ClockAnswer['moving']
  /** Moves a sandbox clock; resolves at the end of the move. */
  advance(act: Act, move: ClockAdvance): Promise<void>
  /** Ends a move of the clock where it has come to. */
  endMove(): Promise<void>
  settle(): Promise<void>
  stir(): Promise<void>
  ingest(events: readonly (IncomingEvent | NamedEvent)[], by?: Act | null): Promise<TakenEvents>
  readonly take: TakeRecords
  /** Goes by what was saved from now on. */
  renew(what: Renewed): Promise<void>
  /**
   * Begins nothing new; resolves when the batch in hand is done, and what was handed to others is answered or, after
   * `graceMs`, given up. What is called for meanwhile is still answered.
   */
  halt(graceMs: number): Promise<void>
  /** Ends what has been halted. */
  stop(): Promise<void>
}

export interface WorksDeps {
  readonly equipment: Equipment
  /** Where a sandbox stands; moved by the work alone. */
  readonly clock: VirtualClock
  readonly now: () => number
  readonly news: WorksNews
}

interface TimeDeps extends Omit<WorksDeps, 'equipment' | 'now'> {
  readonly work: Machine['work']
  readonly stopping: () => boolean
}

function timeOf(options: OpenBrand, { clock, work, news, stopping }: TimeDeps): Timekeeper {
  const { db, mode, log, machineNow, newcomers = () => [], heartbeat = everySecond } = options
  const { elapsed = machineElapsed } = options
  if (mode === 'live') return createLiveTime({ work, now: machineNow, elapsed, heartbeat, log })
  const planned = plannedEvents(db)
  return createSandboxTime({
    work,
    clock,
    nextDue: nextDueReader(db),
    nextTimer: nextDueReader(db, { looks: true }),
    planned: {
      nextAt: planned.nextAt,
      apply: (...given) => db.steady.run(async () => planned.apply(...given)),
    },
    newcomers,
    anyJourney: anyLiveJourney(db),
    untouched: untouched(db),
    put: (act, to) => db.steady.run(async () => putClock(db, act, to)),
    stopping,
    onSlice({ journeyIds, replies }) {
      news.figuresChanged(journeyIds)
      news.inboxGrew(replies)
      news.clockMoved()
    },
  })
}

/** The work of a brand, as the thread has it in which it goes on. */
export interface OwnWorks extends Works {
  /** For how long, in milliseconds, work that is under way has not come a batch further. */
  standsMs(): number
}

/** How long sends under way are waited for where a brand ends by itself (ms). */
const graceOfClosing = 8000

/** Sets the work of a brand going in this thread, after what an earlier process has left. */
export async function startWorks(
  options: OpenBrand,
  { equipment, clock, now, news }: WorksDeps,
): Promise<OwnWorks> {
  let closing = false
  const stopping = () => closing
  const machine = buildMachine(options, { equipment, now, stopping, onFigures: news.figuresChanged })
  const ingest = eventIntake(options.db, options.mode === 'sandbox' ? demoFriends(options.db) : undefined)
  const take = async (events: readonly (IncomingEvent | NamedEvent)[], by: Act | null) => {
    const { journeyIds, replies, ...taken } = await ingest(events, now(), by)
    news.figuresChanged(journeyIds)
    news.inboxGrew(replies)
    await time.stir()
    return taken
  }
  const messengers = { equipment, now, ingest: (events: readonly IncomingEvent[]) => take(events, null) }
  const wecom = startWecom(options, messengers)
  const wechat = startWechat(options, messengers)
  const work = { ...machine.work, hurried: wecom.hurried }
  const time = timeOf(options, { clock, work, news, stopping })
  const records = recordTaker(options.db)
  // What could not be done while the store was in trouble is done when it is over, also where no heart beats.
  options.db.steady.watch((trouble) => {
    if (trouble === null && !closing)
      time.stir().catch((error: unknown) => options.log.error({ error: String(error) }, 'going on failed'))
  })
  const notices = await startNotices(options, now)
  await machine.recover()
  await time.start()
  let halted: Promise<unknown> | null = null
  const halt = async (graceMs: number): Promise<void> => {
    closing = true
    halted ??= Promise.all([
      time.stop(),
      machine.stop(graceMs),
      notices.stop(graceMs),
      wecom.stop(),
      wechat.stop(),
    ])
    await halted
  }
  return {
    engine: machine.engine,
    moving: time.moving,
    standsMs: time.standsMs,
    settle: time.settle,
    async stir() {
      void wecom.run()
      void wechat.run()
      await time.stir()
    },
    async advance(act, move) {
      try {
        await time.advance(act, move)
      } finally {
        news.clockMoved()
      }
    },
    endMove: time.endMove,
    ingest: (events, by = null) => take(events, by),
    async take(batch) {
      const take = () => options.db.steady.run(async () => records(batch))
      // What is corrected changes goals, which the engine may have in hand.
      const results = await (batch.kind === 'orders' ? machine.engine.exclusive(take) : take())
      // What is refused or known already has brought nothing about.
      const { created, updated } = countRecords(results)
      if (created + updated > 0) await time.stir()
      return results
    },
    renew: () => time.stir(),
    halt,
    stop: () => halt(graceOfClosing),
  }
}
