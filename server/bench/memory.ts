import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createEngine } from '../engine/engine.ts'
import { serverHeapFlags } from '../setup/processes.mjs'
import { brandPath } from '../store/sqlite/database.ts'
import { clockKey } from '../store/sqlite/events/planned.ts'
import { writeMeta } from '../store/sqlite/settings/meta.ts'
import { runtimeOf } from './engine.ts'
import { benchAct, benchJourney, benchStart, goLive, memberId, openWorld } from './world.ts'

/** A free port of this machine. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()))
    })
  })
}

/** The real server over a folder of data, ready to answer. */
export async function startServer(
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort()
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, ...serverHeapFlags, 'server/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      MAGPIE_DATA: data,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return { url, child }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  child.kill()
  throw new Error('the server was not ready within two minutes')
}

/** Ends a server gracefully and waits until it is gone. */
export function stopServer(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** The most memory that a process has held, in megabytes; null where the system does not tell. */
export function peakMegabytes(pid: number | undefined): number | null {
  const path = `/proc/${pid}/status`
  if (!existsSync(path)) return null
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) / 1024
}

/**
 * The server's peak with `members` waiting enrollments of its own brand: from its start with a demo brand
 * already made, over a move of the clock that takes every one of them a step on.
 */
export async function measureMemory(data: string, members: number): Promise<number | null> {
  const db = openWorld(brandPath(data, 'own'), members)
  goLive(db, benchJourney)
  const ids = Array.from({ length: members }, (_, index) => memberId(index))
  await createEngine(runtimeOf(db)).enter(benchAct, benchJourney.id, ids)
  writeMeta(db, clockKey, benchStart)
  db.close()
  await stopServer((await startServer(data)).child)
  const { url, child } = await startServer(data)
  try {
    const answer = await fetch(`${url}/api/v1/brands/own/clock/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'day' }),
    })
    if (!answer.ok) throw new Error(`the clock did not move: ${await answer.text()}`)
    return peakMegabytes(child.pid)
  } finally {
    await stopServer(child)
  }
}
