import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { pathToFileURL } from 'node:url'
import { inRoot, root } from './places.mjs'

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} Surroundings */

/**
 * A shell's exit code for a child: its own, or 128 and the signal's number.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  if (code !== null) return code
  return 128 + (signal === null ? 0 : constants.signals[signal])
}

const parent = process.ppid
const orphanCheck = 250

/**
 * Asked to stop, npm ends the shell between us without a word to us: that the shell is gone is the signal.
 * Started otherwise, we may outlive who started us.
 * @param {() => void} stop
 * @returns {() => void} stops watching
 */
function whenOrphaned(stop) {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, orphanCheck)
  return () => clearInterval(timer)
}

/**
 * Hands the signals we get on to a child until it ends. Ctrl+C at a terminal reaches the whole process
 * group by itself: handing that on as well would ask a server twice to stop.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops handing on
 */
function forwardSignals(child) {
  const handOn = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, handOn)
  const unwatch = whenOrphaned(() => child.kill('SIGTERM'))
  return () => {
    unwatch()
    for (const signal of signals) process.off(signal, handOn)
  }
}

/**
 * Runs a program on this terminal.
 * @param {string} program
 * @param {string[]} args
 * @param {Surroundings} [surroundings]
 * @returns {Promise<number>} its exit code
 */
export function attached(program, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' })
    const release = forwardSignals(child)
    child.once('error', (error) => {
      release()
      reject(error)
    })
    child.once('close', (code, signal) => {
      release()
      resolve(exitCode(code, signal))
    })
  })
}

/**
 * Runs a program and keeps what it prints.
 * @param {string} program
 * @param {string[]} args
 * @param {Surroundings & { shell?: boolean }} [surroundings]
 * @returns {Promise<{ code: number, output: string }>} a program that cannot be started gives 127
 */
export function captured(program, args, { cwd = root, env = process.env, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] })
    const release = forwardSignals(child)
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => {
      release()
      resolve({ code: 127, output: String(error) })
    })
    child.once('close', (code, signal) => {
      release()
      resolve({ code: exitCode(code, signal), output })
    })
  })
}

/**
 * How the heap grows. A batch makes much and drops it again: a wide young generation keeps most of that from
 * growing old, and sweeping the rest early keeps the whole small.
 */
const heapFlags = ['--max-semi-space-size=32', '--heap-growing-percent=60']

/** The server has two heaps, of the thread that answers and of the one that works: each young one is half as wide. */
export const serverHeapFlags = ['--max-semi-space-size=16', '--heap-growing-percent=60']

/**
 * Runs a TypeScript file of the project on this terminal.
 * @param {string} entry relative to the checkout
 * @param {string[]} args
 * @param {Surroundings & { heap?: string[] }} [surroundings]
 * @returns {Promise<number>} its exit code
 */
export function typescript(entry, args, { cwd = root, env = process.env, heap = heapFlags } = {}) {
  const loader = pathToFileURL(inRoot('node_modules', 'tsx', 'dist', 'loader.mjs')).href
  const flags = [...heap, '--import', loader]
  return attached(process.execPath, [...flags, inRoot(entry), ...args], {
    cwd,
    env: { ...env, TSX_TSCONFIG_PATH: inRoot('tsconfig.json') },
  })
}
