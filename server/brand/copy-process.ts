import { rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { AnalyticalCopy } from '../analytics/copy/copy.ts'
import { copyFileOf, copyLockOf } from '../analytics/copy/files.ts'
import type { AskedOf, BaseQuestion } from '../ports/base.ts'
import { keepToOwner } from '../store/sqlite/files.ts'
import { takeLock } from '../store/sqlite/lock.ts'
import { openTruth } from '../store/sqlite/truth/truth.ts'
import { copySocketOf } from '../work/copy-place.ts'
import { type CopySaid, type CopyTold, heldByAnother, lineReader } from '../work/copy-protocol.ts'

/** How often the truth is looked at for what is new, so that the copy is never a second behind. */
const lookEveryMs = 500
/** After a look that failed, and after more and more of them. */
const againMs = { least: 30_000, most: 600_000 } as const

/**
 * The process that has a brand's analytical copy open: a crash of the database in it, or all the memory that this
 * takes, hurts nobody else. It is begun by whoever asks first, and ends when nobody is connected any more.
 */
const [database = ''] = process.argv.slice(2)
keepToOwner()
// A terminal's Ctrl+C is meant for the server, with whose last connection this ends.
process.on('SIGINT', () => undefined)

const unlock = takeLock(copyLockOf(database))
if (unlock === null) process.exit(heldByAnother)

const copy = new AnalyticalCopy({ truth: openTruth(database), file: copyFileOf(database) })
const connected = new Set<Socket>()
const socket = copySocketOf(database)
let leaving: NodeJS.Timeout | null = null

type Question = Exclude<CopyTold, { kind: 'cancel' }>

/** Answers, or says after a while that the copy is still being made. */
async function answer(told: Question, signal: AbortSignal): Promise<unknown> {
  if (told.kind === 'rebuild') return copy.rebuild()
  // A message has no types: what is asked and with what belong together where it was sent.
  const asked = copy.ask(told.question, told.asked as AskedOf<BaseQuestion>, signal)
  const { patienceMs } = told
  if (patienceMs === null) return asked
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const { building } = copy
      if (building !== null) reject(new Problem('copy-building', building))
    }, patienceMs)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

function saidOf(id: number, error: unknown): CopySaid {
  if (error instanceof Problem)
    return { id, kind: 'problem', code: error.code, details: error.details, place: error.place ?? null }
  return { id, kind: 'failed', message: error instanceof Error ? error.message : String(error) }
}

function serve(one: Socket): void {
  const under = new Map<number, AbortController>()
  const say = (said: CopySaid) => one.write(`${JSON.stringify(said)}\n`)
  const ask = async (told: Question) => {
    const ending = new AbortController()
    under.set(told.id, ending)
    try {
      say({ id: told.id, kind: 'value', value: await answer(told, ending.signal) })
    } catch (error) {
      // Who has gone, or has taken it back, is told nothing.
      if (!ending.signal.aborted) say(saidOf(told.id, error))
    } finally {
      under.delete(told.id)
      // Who was told to wait asks again: nothing is worked out for nobody.
      ending.abort()
    }
  }
  const read = lineReader((line) => {
    // The boundary of the socket: only processes of one build and one user talk here.
    const told = line as CopyTold
    if (told.kind === 'cancel') under.get(told.id)?.abort()
    else void ask(told)
  })
  connected.add(one)
  if (leaving !== null) clearTimeout(leaving)
  one.setEncoding('utf8').on('data', read)
  // That it is gone shows by its end.
  one.on('error', () => one.destroy())
  one.on('close', () => {
    connected.delete(one)
    for (const ending of under.values()) ending.abort()
    if (connected.size === 0) leaveSoon()
  })
}

const server = createServer(serve)

async function leave(): Promise<void> {
  server.close()
  rmSync(socket, { force: true })
  await copy.close()
  // Held until here: what nobody refers to any more would be let go of.
  unlock?.()
  process.exit()
}

function leaveSoon(): void {
  if (leaving !== null) clearTimeout(leaving)
  leaving = setTimeout(() => void leave(), limits.copyIdle.value * 1000)
}

async function follow(waited: number = againMs.least): Promise<void> {
  try {
    await copy.catchUp({ again: true })
    setTimeout(() => void follow(), lookEveryMs)
  } catch (error) {
    // Whoever asks is told why; a copy that cannot be made is not tried every half second.
    if (!(error instanceof Problem)) setTimeout(() => void follow(), lookEveryMs)
    else setTimeout(() => void follow(Math.min(waited * 2, againMs.most)), waited)
  }
}

rmSync(socket, { force: true })
server.listen(socket, () => {
  leaveSoon()
  void follow()
  process.send?.('ready')
  if (process.connected) process.disconnect()
})
