import { writeSync } from 'node:fs'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { SignName } from '../../shared/signs.ts'
import { machineWall } from '../clock/machine.ts'
import { timeIn } from '../clock/shared.ts'
import type { SignDetails, SignSayer } from '../ports/signs.ts'
import { demoNewcomersBetween } from '../sandbox/newcomers.ts'
import { demoReactions } from '../sandbox/reactions.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { brandScope, openVault } from '../store/sqlite/secrets/vault.ts'
import { settingsStore } from '../store/sqlite/settings/store.ts'
import { CopyClient } from '../work/copy-client.ts'
import { type Beats, beatIn, beatsOf, mainStillMs, watchBeats } from './beats.ts'
import { equip } from './equipment.ts'
import type { OpenBrand } from './options.ts'
import { tellOfTrouble } from './trouble.ts'
import { startWorks } from './works.ts'
import { began, type Call, type Remote, type Said, type WorksOrder } from './works-protocol.ts'

type Say = (said: Said) => void

/** Tells the server of the brand's signs as they change. */
function signSayer(say: Say): SignSayer {
  const told = new Map<SignName, string>()
  const tell = (name: SignName, details: SignDetails | null): void => {
    const text = JSON.stringify(details)
    if ((told.get(name) ?? 'null') === text) return
    told.set(name, text)
    say({ kind: 'sign', name, details })
  }
  return {
    raise: (name, _scope, details = {}) => tell(name, details),
    clear: (name) => tell(name, null),
  }
}

const timeOf = ({ time }: WorksOrder) => (time === null ? machineWall : timeIn(time))

/** Live, other work goes on while the copy is being made; a sandbox's time stands, and whoever moves it waits. */
const patienceIn = (mode: WorksOrder['mode']) => () =>
  mode === 'live' ? limits.engineCopyPatience.value : limits.engineAnswer.value * 1000

/** The brand's options as this thread has them, over a connection of its own. */
function optionsOf(
  order: WorksOrder,
  baseUrl: () => string,
  say: Say,
): OpenBrand & { readonly base: CopyClient } {
  const { id, path, durability, mode, keys, linkSecret, publicId, ai, demo, logLevel } = order
  return {
    ...{ id, mode, keys, linkSecret, publicId, ai, baseUrl },
    db: openDatabase(path, { durability }),
    log: pino({ level: logLevel, base: null }, { write: (line: string) => say({ kind: 'log', line }) }),
    signs: signSayer(say),
    machineNow: timeOf(order),
    base: new CopyClient({ database: path, patienceMs: patienceIn(mode) }),
    ...(demo ? { reactions: demoReactions, newcomers: demoNewcomersBetween } : {}),
  }
}

/** The brands that work here, each asked for how long it has come no batch further. */
const standing = new Set<() => number>()
/** Work that has come no batch further for so long has got stuck, though its thread turns. */
const stuckMs = 60_000

async function begin(order: WorksOrder, say: Say): Promise<Remote> {
  const url = { base: order.baseUrl }
  const options = optionsOf(order, () => url.base, say)
  try {
    return await beginOver(options, order, say, url)
  } catch (error) {
    // It may be begun again, over connections of its own.
    options.base.close()
    options.db.close()
    throw error
  }
}

async function beginOver(
  options: ReturnType<typeof optionsOf>,
  order: WorksOrder,
  say: Say,
  url: { base: string },
): Promise<Remote> {
  const clock = { now: order.clock }
  tellOfTrouble(options)
  const now = order.mode === 'sandbox' ? () => clock.now : options.machineNow
  const news = {
    figuresChanged: (ids: Iterable<string>) => say({ kind: 'figures', journeyIds: [...ids] }),
    inboxGrew: (added: number) => {
      if (added > 0) say({ kind: 'inbox', added })
    },
    clockMoved: () => say({ kind: 'clock', now: clock.now, moving: works?.moving() ?? null }),
  }
  const equipment = await equip(
    options,
    settingsStore(options.db, openVault(options.db, brandScope(order.id), order.keys)),
    now,
    news.inboxGrew,
  )
  let works: Awaited<ReturnType<typeof startWorks>> | null = null
  const { engine, standsMs, ...work } = await startWorks(options, { equipment, clock, now, news }).then(
    (started) => {
      works = started
      return started
    },
  )
  const turns = new Map<number, () => void>()
  let lastTurn = 0
  // While somebody else has the turn it stands for a reason.
  const stands = () => (turns.size > 0 ? 0 : standsMs())
  standing.add(stands)
  return {
    tick: engine.tick,
    batch: engine.batch,
    enter: engine.enter,
    settle: work.settle,
    stir: work.stir,
    ingest: work.ingest,
    take: work.take,
    advance: work.advance,
    endMove: work.endMove,
    halt: work.halt,
    async renew(what) {
      await equipment.renew(what)
      await work.renew(what)
    },
    async reachedAt(address) {
      url.base = address
    },
    takeTurn: () =>
      new Promise((answer, reject) => {
        const stand = () =>
          new Promise<void>((goOn) => {
            lastTurn += 1
            turns.set(lastTurn, goOn)
            answer(lastTurn)
          })
        engine.exclusive(stand).catch(reject)
      }),
    async giveBack(turn) {
      turns.get(turn)?.()
      turns.delete(turn)
    },
    async stop() {
      standing.delete(stands)
      await work.stop()
      await equipment.close()
      options.base.close()
      options.db.close()
    },
  }
}

/** An error as it can be told; the system's code of it gets lost on the way otherwise. */
function failureOf(error: unknown): { error: Error; code: string | null } {
  if (!(error instanceof Error)) return { error: new Error(String(error)), code: null }
  return { error, code: 'code' in error ? String(error.code) : null }
}

/** Answers one call, or says what came of it; an error that is no Problem is told whole. */
async function answer(id: number, say: Say, work: () => Promise<unknown>): Promise<void> {
  try {
    say({ kind: 'answer', id, value: await work() })
  } catch (error) {
    if (error instanceof Problem)
      say({ kind: 'problem', id, code: error.code, details: error.details, place: error.place ?? null })
    else say({ kind: 'failed', id, ...failureOf(error) })
  }
}

async function serve(order: WorksOrder, port: MessagePort): Promise<void> {
  const say: Say = (said) => port.postMessage(said)
  await answer(began, say, async () => {
    const remote = await begin(order, say)
    port.on('message', ({ id, name, args }: Call) => {
      // A call's arguments are those of its name.
      const work = remote[name] as (...given: readonly unknown[]) => Promise<unknown>
      void answer(id, say, () => work(...args)).then(() => {
        if (name === 'stop') port.close()
      })
    })
  })
}

parentPort?.on('message', ({ order, port }: { order: WorksOrder; port: MessagePort }) => {
  void serve(order, port)
})

const beats: Beats | null = beatsOf(workerData)
if (beats !== null) {
  beatIn(beats, 'works', () => [...standing].every((stands) => stands() < stuckMs))
  watchBeats(beats, 'main', { stillMs: mainStillMs, onStill: endProcess })
}

/**
 * The thread that answers people stands still, so it can end nothing itself, nor hear a signal that asks it to. What
 * it had in hand is taken up by the next start, as after any other end.
 */
function endProcess(): void {
  const line = { level: 60, time: machineWall(), msg: 'the main thread stands still: the process ends' }
  writeSync(2, `${JSON.stringify(line)}\n`)
  process.kill(process.pid, 'SIGKILL')
}
