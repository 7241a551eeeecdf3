import { pathToFileURL } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { ClockAnswer } from '../../shared/api/clock.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { SharedTime } from '../clock/shared.ts'
import type { Signs } from '../ports/signs.ts'
import { standingClock } from '../store/sqlite/settings/mode.ts'
import { startBuilt, startThread } from '../threads.ts'
import { beatIn, newBeats, watchMain } from './beats.ts'
import type { OpenBrand } from './options.ts'
import { keepThread, type Patience, type ThreadKeeper } from './thread-keeper.ts'
import type { Works, WorksDeps } from './works.ts'
import { Line } from './works-line.ts'
import { began, type Remote, repeatable, type Said, type WorksOrder } from './works-protocol.ts'

/** What only the caller knows of a brand, beside its options. */
export type OrderMore = Pick<WorksOrder, 'durability' | 'demo'>

/** A thread of its own, in which the work of all brands goes on, so that pages are answered meanwhile. */
export interface WorksThread {
  worksOf(more: OrderMore): NonNullable<OpenBrand['works']>
  /** The server is reached now where `baseUrl` says, and answers: from now on its thread is watched, too. */
  reached(): Promise<void>
  close(): Promise<void>
}

const logLine = z.looseObject({ level: z.number(), time: z.unknown(), msg: z.string().optional() })

/** Writes a line of the thread's log into the server's own, which guards what is told. */
function relog(log: Logger, line: string): void {
  const { level, time: _time, msg = '', ...rest } = logLine.parse(JSON.parse(line))
  const label = log.levels.labels[level]
  if (label === 'fatal' || label === 'error' || label === 'warn' || label === 'info' || label === 'debug')
    log[label](rest, msg)
  else log.trace(rest, msg)
}

function newsOf(
  { id, log, signs }: OpenBrand,
  { clock, news }: WorksDeps,
  onMoving: (moving: ClockAnswer['moving']) => void,
) {
  return (said: Said): void => {
    if (said.kind === 'log') relog(log, said.line)
    else if (said.kind === 'sign') {
      if (said.details === null) signs?.clear(said.name, id)
      else signs?.raise(said.name, id, said.details)
    } else if (said.kind === 'figures') news.figuresChanged(said.journeyIds)
    else if (said.kind === 'inbox') news.inboxGrew(said.added)
    else if (said.kind === 'clock') {
      clock.now = said.now
      onMoving(said.moving)
      news.clockMoved()
    }
  }
}

function orderOf(options: OpenBrand, more: OrderMore & Pick<WorksOrder, 'time' | 'clock'>): WorksOrder {
  const { id, db, mode, keys, linkSecret, publicId, ai, log, baseUrl } = options
  const told = { id, mode, keys, linkSecret, publicId, ai, ...more }
  return { ...told, path: db.path, baseUrl: baseUrl(), logLevel: log.level }
}

/** A brand that works in the thread, over whichever line it has now. */
interface Worked {
  readonly options: OpenBrand
  readonly deps: WorksDeps
  readonly more: OrderMore
  moving: ClockAnswer['moving']
  line: Line | null
}

/** Calls a brand's work, over the next thread where the present one ends meanwhile. */
type Caller = <Name extends keyof Remote>(
  name: Name,
  ...args: Parameters<Remote[Name]>
) => Promise<Awaited<ReturnType<Remote[Name]>>>

function worksOver(worked: Worked, call: Caller, keeper: ThreadKeeper): Works {
  return {
    engine: {
      tick: (now) => call('tick', now),
      batch: (now) => call('batch', now),
      enter: (act, journeyId, ids) => call('enter', act, journeyId, ids),
      async exclusive(work) {
        const turn = await call('takeTurn')
        const { line } = worked
        const letGo = keeper.hold()
        try {
          return await work()
        } finally {
          letGo()
          // A thread that was ended meanwhile has nobody standing still any more.
          if (line?.broken === false) await line.call('giveBack', turn)
        }
      },
    },
    moving: () => worked.moving,
    advance: (act, move) => call('advance', act, move),
    endMove: () => call('endMove'),
    settle: () => call('settle'),
    stir: () => call('stir'),
    ingest: (events, by = null) => call('ingest', events, by),
    take: (batch) => call('take', batch),
    renew: (what) => call('renew', what),
    halt(graceMs) {
      keeper.lastOne()
      return call('halt', graceMs)
    },
    async stop() {
      await call('stop')
      worked.line?.close()
    },
  }
}

export interface ThreadOptions {
  /** Where the thread lies built in one file; null: its TypeScript is read as it runs. */
  readonly program: string | null
  /** Where the time of the house is read; without it the thread asks its machine. */
  readonly time?: SharedTime
  readonly log?: Pick<Logger, 'error'>
  readonly signs?: Signs
  readonly patience?: Partial<Patience>
  /** The thread has ended, and once too often: nothing goes on, and all calls are refused. */
  readonly onCrash: (error: Error) => void
}

/** What is broken where a thread has ended: whoever may asks the next one. */
class Ended extends Problem {
  constructor() {
    super('engine-restarted')
  }
}

/** Hands a brand's work over to the thread, and resolves when it goes on there. */
async function handOver(worked: Worked, { worker }: ThreadKeeper, time: SharedTime | null): Promise<void> {
  const { options, deps, more } = worked
  const { port1, port2 } = new MessageChannel()
  const line = new Line(
    port1,
    newsOf(options, deps, (moving) => {
      worked.moving = moving
    }),
  )
  worked.line = line
  const begun = line.answer(began)
  const order = orderOf(options, { ...more, time, clock: deps.clock.now })
  worker.postMessage({ order, port: port2 }, [port2])
  await begun.catch((error: unknown) => {
    line.close()
    throw error
  })
}

/** A move of a sandbox clock is saved with each stretch; the news of the last ones went with the thread. */
function lookAgain({ options, deps }: Worked): void {
  if (options.mode === 'sandbox') deps.clock.now = standingClock(options.db, deps.clock.now)
  deps.news.clockMoved()
}

export function startWorksThread(options: ThreadOptions): WorksThread {
  const { program, time = null, onCrash, ...more } = options
  const beats = newBeats()
  const brands = new Set<Worked>()
  const breakAll = (error: Error): void => {
    for (const { line } of brands) line?.break(error)
  }
  const keeper = keepThread({
    ...more,
    beats,
    start: () =>
      program === null
        ? startThread(new URL('./works-worker.ts', import.meta.url), { beats })
        : startBuilt(pathToFileURL(program), { beats }),
    onGone: () => breakAll(new Ended()),
    async onCome() {
      for (const worked of brands) {
        worked.moving = null
        lookAgain(worked)
        await handOver(worked, keeper, time)
      }
    },
    onGivenUp(error) {
      breakAll(error)
      onCrash(error)
    },
  })
  const stopBeating = beatIn(beats, 'main')
  const callerOf = (worked: Worked): Caller => {
    const call = async <Name extends keyof Remote>(
      name: Name,
      ...args: Parameters<Remote[Name]>
    ): Promise<Awaited<ReturnType<Remote[Name]>>> => {
      for (;;) {
        await keeper.ready()
        if (worked.line === null) throw new Ended()
        try {
          return await worked.line.call(name, ...args)
        } catch (error) {
          if (!(error instanceof Ended) || !repeatable[name]) throw error
        }
      }
    }
    return call
  }
  return {
    worksOf: (more) => async (of, deps) => {
      await keeper.ready()
      const worked: Worked = { options: of, deps, more, moving: null, line: null }
      brands.add(worked)
      await handOver(worked, keeper, time).catch((error: unknown) => {
        brands.delete(worked)
        throw error
      })
      keeper.proven()
      const works = worksOver(worked, callerOf(worked), keeper)
      return {
        ...works,
        async stop() {
          await works.stop()
          brands.delete(worked)
        },
      }
    },
    async reached() {
      await Promise.all([...brands].map((worked) => callerOf(worked)('reachedAt', worked.options.baseUrl())))
      watchMain(beats)
    },
    async close() {
      stopBeating()
      await keeper.close()
    },
  }
}
