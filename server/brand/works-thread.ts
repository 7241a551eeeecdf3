import { pathToFileURL } from 'node:url'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { ClockAnswer } from '../../shared/api/clock.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { SharedTime } from '../clock/shared.ts'
import { startBuilt, startThread } from '../threads.ts'
import type { OpenBrand } from './options.ts'
import type { Works, WorksDeps } from './works.ts'
import { began, type Call, type Remote, type Said, type WorksOrder } from './works-protocol.ts'

/** What only the caller knows of a brand, beside its options. */
export type OrderMore = Pick<WorksOrder, 'durability' | 'demo'>

/** A thread of its own, in which the work of all brands goes on, so that pages are answered meanwhile. */
export interface WorksThread {
  worksOf(more: OrderMore): NonNullable<OpenBrand['works']>
  /** The server is reached now where `baseUrl` says. */
  reached(): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Calls of one brand over its port, each answered once. */
class Line {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, Waiting>()
  #last = began
  #broken: Error | null = null

  constructor(port: MessagePort, onNews: (said: Said) => void) {
    this.#port = port
    port.on('message', (said: Said) => this.#hear(said, onNews))
  }

  #hear(said: Said, onNews: (said: Said) => void): void {
    if (said.kind !== 'answer' && said.kind !== 'problem' && said.kind !== 'failed') {
      onNews(said)
      return
    }
    const waiting = this.#waiting.get(said.id)
    this.#waiting.delete(said.id)
    if (said.kind === 'answer') waiting?.resolve(said.value)
    else if (said.kind === 'failed')
      waiting?.reject(said.code === null ? said.error : Object.assign(said.error, { code: said.code }))
    else waiting?.reject(new Problem(said.code, said.details, said.place ?? undefined))
  }

  /** The answer to the call of that number. */
  answer(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#broken === null) this.#waiting.set(id, { resolve, reject })
      else reject(this.#broken)
    })
  }

  async call<Name extends keyof Remote>(
    name: Name,
    ...args: Parameters<Remote[Name]>
  ): Promise<Awaited<ReturnType<Remote[Name]>>> {
    this.#last += 1
    const id = this.#last
    const answer = this.answer(id)
    const call: Call<Name> = { id, name, args }
    this.#port.postMessage(call)
    // The thread answers with what the interface says; both are of one build.
    return (await answer) as Awaited<ReturnType<Remote[Name]>>
  }

  /** Nobody will answer any more. */
  break(error: Error): void {
    this.#broken = error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }

  close(): void {
    this.break(new Error('the work of the brand has ended'))
    this.#port.close()
  }
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

function worksOver(line: Line, moving: Works['moving']): Works {
  return {
    engine: {
      tick: (now) => line.call('tick', now),
      enter: (act, journeyId, ids) => line.call('enter', act, journeyId, ids),
      async exclusive(work) {
        const turn = await line.call('takeTurn')
        try {
          return await work()
        } finally {
          await line.call('giveBack', turn)
        }
      },
    },
    moving,
    advance: (act, move) => line.call('advance', act, move),
    settle: () => line.call('settle'),
    ingest: (events) => line.call('ingest', events),
    renew: (what) => line.call('renew', what),
    async stop() {
      await line.call('stop')
      line.close()
    },
  }
}

export interface ThreadOptions {
  /** Where the thread lies built in one file; null: its TypeScript is read as it runs. */
  readonly program: string | null
  /** Where the time of the house is read; without it the thread asks its machine. */
  readonly time?: SharedTime
  /** The thread has ended by an error: nothing goes on, and all calls are refused. */
  readonly onCrash: (error: Error) => void
}

export function startWorksThread({ program, time, onCrash }: ThreadOptions): WorksThread {
  const worker =
    program === null
      ? startThread(new URL('./works-worker.ts', import.meta.url), null)
      : startBuilt(pathToFileURL(program))
  const lines = new Map<Line, () => string>()
  let closing = false
  let broken: Error | null = null
  const crash = (error: Error): void => {
    if (closing || broken !== null) return
    broken = error
    for (const line of lines.keys()) line.break(error)
    onCrash(error)
  }
  worker.on('error', crash)
  worker.on('exit', (code) => crash(new Error(`the thread of the work has ended with ${code}`)))
  return {
    worksOf: (more) => async (options, deps) => {
      let moving: ClockAnswer['moving'] = null
      const { port1, port2 } = new MessageChannel()
      const line = new Line(
        port1,
        newsOf(options, deps, (now) => {
          moving = now
        }),
      )
      if (broken !== null) throw broken
      lines.set(line, options.baseUrl)
      const begun = line.answer(began)
      worker.postMessage(
        { order: orderOf(options, { ...more, time: time ?? null, clock: deps.clock.now }), port: port2 },
        [port2],
      )
      await begun.catch((error: unknown) => {
        lines.delete(line)
        line.close()
        throw error
      })
      const works = worksOver(line, () => moving)
      return {
        ...works,
        async stop() {
          await works.stop()
          lines.delete(line)
        },
      }
    },
    async reached() {
      await Promise.all([...lines].map(([line, baseUrl]) => line.call('reachedAt', baseUrl())))
    },
    async close() {
      closing = true
      await worker.terminate()
    },
  }
}
