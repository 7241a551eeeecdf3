import type { AskKind, LongKind } from '../../shared/api/work.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Signs } from '../ports/signs.ts'
import type { RunningWork } from '../ports/work.ts'
import type { Program } from './fork.ts'
import { Helper, HelperFailure } from './helper.ts'
import { doJob, type JobAnswer, type JobArgs, type JobDesk } from './jobs.ts'
import { type Bounded, boundsOf, type LaneName, openLanes } from './kinds.ts'
import type { Lane } from './lane.ts'
import { type Opened, OpenRegister } from './open.ts'
import type { Place, Polish, Progress, Said, Task } from './protocol.ts'

export interface WorkshopOptions {
  readonly program: Program
  /** Real time, epoch milliseconds. */
  readonly now: () => number
  /** Where it is said how the work does. */
  readonly signs?: Signs
  /** Answers are worked out in this thread, by tests; imports and rehearsals are not. */
  readonly inline?: boolean
  /** Other bounds than the usual ones, where a test has a say in it. */
  readonly bounds?: (kind: AskKind | LongKind) => Bounded
}

/** Who asks, and when it is no longer wanted. */
export interface By {
  readonly actor: Actor
  readonly signal: AbortSignal
  /** Where the request itself is seen under way. */
  readonly opened: Opened | null
}

/** The brand of which is asked: as this thread has it, and as it can be told. */
export interface Asked {
  readonly desk: JobDesk
  readonly path: string
}

export interface LongOrder {
  readonly kind: LongKind
  readonly brand: string
  readonly actor: Actor
  readonly what: string
  readonly task: Task
  readonly onProgress: (progress: Progress) => void
  /** Why it has not ended by itself, where a person has ended it. */
  readonly cancelled: Problem
  /** Hears that it is to end, and does so by itself after the batch in hand. */
  readonly gentle: boolean
}

/** A helper that has nothing to do is kept for so long. */
const idleMs = 60_000
/** Whoever was asked to end after the batch in hand is ended by then. */
const graceMs = 10_000
/** Whoever answers a question that nobody asks any more is ended by then, unless it has stopped. */
const stopMs = 300

const never = new AbortController().signal

/** Where all that is bounded is worked out, for all brands of a server. */
export class Workshop {
  readonly open: OpenRegister
  readonly #options: WorkshopOptions
  readonly #lanes = openLanes()
  /** Whoever waits for a turn gets none any more. */
  readonly #closing = new AbortController()
  readonly #bounds: (kind: AskKind | LongKind) => Bounded
  readonly #helpers = new Set<Helper>()
  /** Those that wait for the next task, by what they may take, with the timer of their end. */
  readonly #idle = new Map<Helper, { readonly megabytes: number; readonly timer: NodeJS.Timeout }>()

  constructor(options: WorkshopOptions) {
    this.#options = options
    this.open = new OpenRegister(options.now)
    options.signs?.watch('work-crowded', null, () => this.#crowd())
    this.#bounds = options.bounds ?? boundsOf
  }

  /**
   * Works something out beside the server. Problems of its own, and `work-busy`, `work-too-long`,
   * `work-too-large`, `work-ended`; the signal's reason where that aborts.
   */
  async ask<K extends AskKind>(kind: K, asked: Asked, args: JobArgs<K>, by: By): Promise<JobAnswer<K>> {
    const { desk } = asked
    if (this.inline) return doJob(kind, desk, args)
    const bounds = this.#bounds(kind)
    const opened = by.opened ?? this.open.open({ brand: desk.id, kind, what: '', actor: by.actor })
    if (by.opened !== null) opened.is(kind, '')
    const signal = AbortSignal.any([by.signal, opened.signal, this.#closing.signal])
    const task: Task = { kind: 'ask', ask: kind, place: placeOf(asked), args }
    const key = `${desk.id}/${kind}/${by.actor.id}`
    try {
      const release = await this.#lane(bounds.lane).enter(key, signal, opened.waits)
      opened.runs(bounds.seconds)
      // What a helper answers to a kind is what the table of jobs says; both are of one build.
      return (await this.#runOn(this.#take(bounds.megabytes), {
        ...{ task, bounds, signal, release },
        hear: (helper, said) => polishFor(helper, said, desk.polisher(), signal),
      })) as JobAnswer<K>
    } finally {
      if (by.opened === null) opened.close()
    }
  }

  /** Begins what goes on by itself, at its turn. Problem `work-busy`. */
  begin(order: LongOrder): RunningWork<unknown> {
    const { kind, brand, actor, what, task, onProgress, cancelled, gentle } = order
    const bounds = this.#bounds(kind)
    const ending = new AbortController()
    const turn = this.#lane(bounds.lane)
    let before = 0
    let helper: Helper | null = null
    const opened = this.open.open({ brand, kind, what, actor })
    const cancel = () => {
      const running = helper
      if (running === null) ending.abort(cancelled)
      else if (!gentle) running.kill(cancelled)
      else {
        running.tell({ kind: 'cancel' })
        setTimeout(() => running.kill(cancelled), graceMs).unref()
      }
    }
    opened.signal.addEventListener('abort', cancel)
    const entered = turn.enter(kind, AbortSignal.any([ending.signal, this.#closing.signal]), (places) => {
      before = places
      if (places > 0 || helper === null) opened.waits(places)
    })
    const run = async (): Promise<unknown> => {
      const release = await entered
      before = 0
      opened.runs(bounds.seconds)
      helper = this.#start(bounds.megabytes)
      return this.#runOn(helper, {
        ...{ task, bounds, release, signal: never, once: true },
        hear(_, said) {
          if (said.kind !== 'progress') return
          const { progress } = said
          if (progress.kind === 'import') opened.progress(progress.progress.done, progress.progress.of)
          else opened.progress(progress.done, progress.of)
          onProgress(progress)
        },
      })
    }
    return { result: run().finally(opened.close), before: () => before, cancel }
  }

  /** Whether answers are worked out in this thread. */
  get inline(): boolean {
    return this.#options.inline === true
  }

  /** Where its helpers lie built. */
  get program(): Program {
    return this.#options.program
  }

  /** How it stands, lane by lane. */
  signs(): Record<LaneName, { running: number; waiting: number }> {
    const sign = ({ running, waiting }: Lane) => ({ running, waiting })
    const { pages, answers, import: imports, rehearsal, upkeep } = this.#lanes
    return {
      pages: sign(pages),
      answers: sign(answers),
      import: sign(imports),
      rehearsal: sign(rehearsal),
      upkeep: sign(upkeep),
    }
  }

  /** Ends all that is under way; resolves when it has ended. */
  async close(): Promise<void> {
    this.#closing.abort(new Problem('work-ended'))
    const all = [...this.#helpers]
    for (const { timer } of this.#idle.values()) clearTimeout(timer)
    for (const helper of all) helper.kill(new Problem('work-ended'))
    await Promise.all(all.map(({ ended }) => ended))
  }

  /** More than half of those wait already who may. */
  #crowd(): { readonly waiting: number } | null {
    const { pages, answers } = this.#lanes
    const waiting = Math.max(pages.waiting, answers.waiting)
    return waiting > limits.answersWaiting.value / 2 ? { waiting } : null
  }

  #lane(name: LaneName): Lane {
    return this.#lanes[name]
  }

  #start(megabytes: number): Helper {
    const helper = new Helper(this.#options.program, megabytes)
    this.#helpers.add(helper)
    void helper.ended.then(() => {
      this.#helpers.delete(helper)
      clearTimeout(this.#idle.get(helper)?.timer)
      this.#idle.delete(helper)
    })
    return helper
  }

  /** One that has nothing to do, or a new one. */
  #take(megabytes: number): Helper {
    for (const [helper, idle] of this.#idle) {
      if (idle.megabytes !== megabytes || !helper.alive) continue
      clearTimeout(idle.timer)
      this.#idle.delete(helper)
      return helper
    }
    return this.#start(megabytes)
  }

  #rest(helper: Helper, megabytes: number): void {
    const timer = setTimeout(() => helper.kill(null), idleMs).unref()
    this.#idle.set(helper, { megabytes, timer })
  }

  /** Does a task within its bounds. The place is given back when the helper can take another, or has ended. */
  async #runOn(
    helper: Helper,
    order: {
      readonly task: Task
      readonly bounds: Bounded
      readonly signal: AbortSignal
      readonly release: () => void
      readonly once?: boolean
      readonly hear: (helper: Helper, said: Said) => void
    },
  ): Promise<unknown> {
    const { task, bounds, signal, release, once = false, hear } = order
    const { seconds, megabytes } = bounds
    const endAfter = (given: number) =>
      setTimeout(() => helper.kill(new Problem('work-too-long', { seconds: given })), given * 1000)
    // How long a new helper takes to begin is the machine's affair, not the task's.
    let late = endAfter(limits.helperStart.value)
    let stopping: NodeJS.Timeout | null = null
    // Whoever waits for another's answer stops at once, and is there for the next; whoever is busy is ended.
    const endSoon = () => {
      stopping = setTimeout(() => helper.kill(signal.reason), stopMs)
    }
    const onAbort = () => {
      helper.tell({ kind: 'cancel' })
      endSoon()
    }
    signal.addEventListener('abort', onAbort)
    try {
      const running = helper.run(task, (said) => {
        if (said.kind !== 'begun') return hear(helper, said)
        clearTimeout(late)
        late = endAfter(seconds)
      })
      if (signal.aborted) onAbort()
      const value = await running
      signal.throwIfAborted()
      this.#options.signs?.clear('helper-failed')
      return value
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof HelperFailure)
        this.#options.signs?.raise('helper-failed', null, { reason: error.reason })
      throw error
    } finally {
      clearTimeout(late)
      if (stopping !== null) clearTimeout(stopping)
      signal.removeEventListener('abort', onAbort)
      if (once) helper.kill(null)
      if (helper.alive) {
        this.#rest(helper, megabytes)
        release()
      } else void helper.ended.then(release)
    }
  }
}

function placeOf({ desk, path }: Asked): Place {
  return {
    path,
    id: desk.id,
    sandbox: desk.sandbox,
    now: desk.now(),
    brand: desk.brand(),
    sending: desk.sending(),
    polishes: desk.polisher() !== null,
  }
}

/** A helper knows no model: it asks through the server, which has the key. */
function polishFor(helper: Helper, said: Said, polisher: Polish | null, signal: AbortSignal): void {
  if (said.kind !== 'polish' || polisher === null) return
  polisher.polish(said.request, signal).then(
    (result) => helper.tell({ kind: 'polished', id: said.id, result }),
    (error: unknown) => helper.kill(error),
  )
}
