import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inRoot } from './places.mjs'
import { say } from './terminal.mjs'

const lockOfCheckout = inRoot('dist', 'setup.lock')
const heartbeat = 2_000
const deadAfter = 30_000

/** @param {string} lock @returns {boolean} whether this process now holds the lock */
function take(lock) {
  mkdirSync(dirname(lock), { recursive: true })
  try {
    const file = openSync(lock, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Tells, each time it is asked, whether the lock was left behind: its process is gone, or its file's time has not
 * changed for as long as nobody who lives lets it. What the time says is no matter: the clock may have been set.
 * @param {string} lock
 */
function watchLock(lock) {
  let seen = Number.NaN
  let since = performance.now()
  return () => {
    const stat = statSync(lock, { throwIfNoEntry: false })
    if (stat === undefined) return false
    if (stat.mtimeMs !== seen) {
      seen = stat.mtimeMs
      since = performance.now()
    }
    const pid = Number(readFileSync(lock, 'utf8'))
    return performance.now() - since > deadAfter || (pid > 0 && !isRunning(pid))
  }
}

/**
 * Does work that two Magpie commands started together must not both do, such as installing.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [lock]
 * @returns {Promise<T>}
 */
export async function alone(work, lock = lockOfCheckout) {
  let told = false
  const isAbandoned = watchLock(lock)
  while (!take(lock)) {
    if (isAbandoned()) {
      rmSync(lock, { force: true })
      continue
    }
    if (!told) say('Another Magpie command is preparing this folder; waiting for it ...')
    told = true
    await pause(250)
  }
  const beat = setInterval(() => {
    const now = new Date()
    utimesSync(lock, now, now)
  }, heartbeat)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(lock, { force: true })
  }
}
