import { existsSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { errors, Problem } from '../shared/errors/index.ts'
import { fillIn } from '../shared/errors/say.ts'
import { buildApp } from './app.ts'
import { type OpenedBrands, openBrands } from './brand/brands.ts'
import { keepTime } from './clock/told.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { createDrain } from './http/drain.ts'
import { createLog } from './log.ts'
import { problemOfTrouble } from './ports/trouble.ts'
import { stopServer } from './stop.ts'
import { keepToOwner, tightenFolder } from './store/sqlite/files.ts'
import { lockData } from './store/sqlite/lock.ts'
import { openKeyRing } from './store/sqlite/secrets/keys.ts'
import { endThreads } from './threads.ts'
import { Workshop } from './work/workshop.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const say = (text: string) => process.stdout.write(`${text}\n`)

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Where the server was to be. */
interface Place {
  readonly port: number
  readonly dataDir: string
}

/** What a person at the terminal can do something about, in words; anything else as it is. */
function problemOf(error: unknown, { port, dataDir }: Place): Problem | null {
  if (error instanceof Problem) return error
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return new Problem('port-taken', { port, other: port + 1 })
  return problemOfTrouble(error, dataDir)
}

function report(error: unknown, place: Place): void {
  const problem = problemOf(error, place)
  if (problem === null) {
    process.stderr.write(`${inspect(error)}\n`)
    return
  }
  const { message, mend } = errors[problem.code]
  for (const locale of ['zh-CN', 'en'] as const) {
    const stop = locale === 'en' ? '. ' : '。'
    process.stderr.write(
      `${fillIn(locale, message, problem.details)}${stop}${fillIn(locale, mend, problem.details)}${stop.trim()}\n`,
    )
  }
}

/** Tells how far the demo brand is, on one line of a terminal or in a few lines of a log. */
function seedProgress(): (done: number, of: number) => void {
  let told = -1
  return (done, of) => {
    const share = Math.floor((done / of) * (process.stdout.isTTY ? 100 : 5))
    if (share === told) return
    told = share
    const line = `正在准备演示品牌 Preparing the demo brand… ${done.toLocaleString('en')}/${of.toLocaleString('en')}`
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === of ? '\n' : ''}`)
    else say(line)
  }
}

/** Where the server is reached from this machine, or at the address that was stated for it. */
function addressOf(environment: Environment, port: number): string {
  const { host, publicUrl } = environment
  if (publicUrl !== null) return publicUrl
  const name = environment.loopback || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Starts the server, which goes on until a signal. */
async function start(environment: Environment): Promise<void> {
  const { dataDir, mode, ai, loopback, password } = environment
  const log = createLog(environment.logLevel, process.stdout.isTTY ?? false)
  keepToOwner()
  for (const problem of environment.unusable) report(problem, environment)
  const unlock = lockData(dataDir)
  if (unlock === null) throw new Problem('data-in-use', { folder: dataDir })
  const { changed, refused } = tightenFolder(dataDir)
  if (changed > 0)
    log.info({ folder: dataDir, changed }, 'the rights of others were taken from files of the data')
  for (const { path, code } of refused)
    log.warn({ path, code }, 'others may read this, and it cannot be changed')
  let { port } = environment
  const drain = createDrain()
  const { clock, signs, shared } = keepTime(log)
  const workshop = new Workshop({ program: process.env.MAGPIE_HELPER ?? null, now: clock.now, signs })
  const opened: OpenedBrands = await openBrands({
    workshop,
    dataDir,
    keys: openKeyRing(dataDir, environment.keys),
    mode,
    ai,
    log,
    signs,
    baseUrl: () => addressOf(environment, port),
    publicUrl: environment.publicUrl,
    machineNow: clock.now,
    elapsed: clock.elapsed,
    nightly: environment.nightly,
    seed: { onProgress: seedProgress() },
    thread: {
      program: process.env.MAGPIE_WORKS ?? null,
      time: shared,
      onCrash(error) {
        // A thread that is ended because the server ends has not failed.
        if (drain.stopping) return
        log.fatal(
          { err: error },
          'the thread of the engine has ended by an error, and the server ends with it',
        )
        report(error, { port, dataDir })
        process.exit(1)
      },
    },
  })
  // Earlier releases kept logins in a file, with the key of their cookies.
  rmSync(join(dataDir, 'sessions.json'), { force: true })
  const webRoot = join(root, 'dist', 'web')
  const app = await buildApp({
    drain,
    brands: opened.brands,
    house: opened,
    clock,
    signs,
    mode,
    password,
    sessions: opened.sessions,
    webRoot: existsSync(webRoot) ? webRoot : null,
    templatesRoot: join(root, 'templates'),
    log,
    loopback,
    linkSecret: opened.linkSecret,
    ai,
    unusable: environment.unusable,
    hosts: environment.publicUrl === null ? [] : [new URL(environment.publicUrl).hostname],
    publicUrl: environment.publicUrl,
    metricsToken: environment.metricsToken,
    ...(environment.trustProxy !== undefined && { trustProxy: environment.trustProxy }),
  })
  await app.listen({ host: environment.host, port })
  const address = app.server.address()
  if (address !== null && typeof address === 'object') port = address.port
  await opened.reached()
  stopOnSignals(async () => {
    const ended = await stopServer({ drain, app, opened, graceMs: environment.graceMs, log })
    unlock()
    return ended
  })
  say(`鹊桥已就绪 Magpie is ready: ${addressOf(environment, port)}`)
}

/** How long a thread is waited for that is in the middle of a call, for which `process.exit` would wait (ms). */
const lastPatienceMs = 500

async function endAtOnce(code: number): Promise<void> {
  if (await endThreads(lastPatienceMs)) process.exit(code)
  process.kill(process.pid, 'SIGKILL')
}

/** Stops once, finishing what is in hand, and answers whether all has ended; a second signal does not wait for that. */
function stopOnSignals(stop: () => Promise<boolean>): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) {
      void endAtOnce(1)
      return
    }
    stopping = true
    say('正在停止 Stopping…')
    stop().then(
      (ended) => (ended ? process.exit(0) : void endAtOnce(0)),
      (error: unknown) => {
        report(error, placeOf(process.env))
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
}

const placeOf = ({ PORT = '3000', MAGPIE_DATA = './data' }: NodeJS.ProcessEnv): Place => ({
  port: Number(PORT),
  dataDir: MAGPIE_DATA,
})

try {
  await start(readEnvironment(process.env))
} catch (error) {
  report(error, placeOf(process.env))
  process.exit(1)
}
