import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The real server process over a folder of data of its own. */
export interface Server {
  readonly url: string
  /** Ends the process gracefully; its data stay. */
  stop(): Promise<void>
  /** Starts it again, at the same address. */
  start(): Promise<void>
  /** Ends the process, and its data with it. */
  remove(): Promise<void>
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()))
    })
  })
}

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()))

async function seed(folder: string, members: number): Promise<void> {
  const child = run('server/testing/seed-demo.ts', [folder, String(members)], {})
  await ended(child)
  if (child.exitCode !== 0) throw new Error(`the demo brand could not be made: ${child.exitCode}`)
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1800; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const answered = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server was not ready within three minutes')
}

/** Settings of a server beyond a sandbox without a model. */
export type Environment = Readonly<Record<string, string>>

/** Starts the server over a new folder with a demo brand of so many members and an empty own brand. */
export async function startServer(members: number, more: Environment = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-e2e-'))
  await seed(folder, members)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    PORT: String(port),
    HOST: '127.0.0.1',
    MAGPIE_DATA: folder,
    MAGPIE_MODE: 'sandbox',
    MAGPIE_PASSWORD: '',
    PUBLIC_URL: '',
    AI_BASE_URL: '',
    AI_API_KEY: '',
    LOG_LEVEL: 'warn',
    ...more,
  }
  let child: ChildProcess | null = null
  const start = async () => {
    child = run('server/main.ts', [], env)
    await ready(url, child)
  }
  const stop = async () => {
    child?.kill('SIGTERM')
    if (child) await ended(child)
    child = null
  }
  await start()
  return {
    url,
    start,
    stop,
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
