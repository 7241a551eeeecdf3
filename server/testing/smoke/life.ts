import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const typescript = ['--import', 'tsx']

/** One life of the real server on some Node, over a folder of data. */
export interface Life {
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>
  /** SIGKILL: no handler of its own gets to run. */
  kill(): Promise<void>
}

/** Makes a demo brand of so many members, by the Node given. */
export async function makeDemo(node: string, folder: string, members: number): Promise<void> {
  const script = 'server/testing/seed-demo.ts'
  await promisify(execFile)(node, [...typescript, script, folder, String(members)], { cwd: root })
}

/** The address that the server says it is ready at; where it ends before, what it said last is the error. */
function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /is ready: (\S+)/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code, signal) =>
      reject(new Error(`it ended with ${signal ?? code}: ${said.slice(-2000)}`)),
    )
  })
}

export async function beginLife(node: string, folder: string): Promise<Life> {
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', MAGPIE_DATA: folder, LOG_LEVEL: 'warn' }
  const child = spawn(node, [...typescript, 'server/main.ts'], {
    cwd: root,
    env: { ...env, MAGPIE_MODE: '', MAGPIE_PASSWORD: '', PUBLIC_URL: '', AI_BASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const died = once(child, 'exit')
  const url = await readyAt(child)
  return {
    async ask(method, path, body) {
      const response = await fetch(`${url}/api/v1/brands/demo/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
    async kill() {
      child.kill('SIGKILL')
      await died
    },
  }
}
