import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadData } from '../threads.ts'
import { httpCalls } from './http-calls.ts'
import type { PagesAsked, PagesHeard } from './pages.ts'

// What the thread is started with is the caller's word for it.
const { url, paths, everyMs, forMs = Number.POSITIVE_INFINITY } = (workerData as ThreadData<PagesAsked>).data
const { call, close } = httpCalls(url)
const began = performance.now()
const failures: string[] = []
const stopped = new AbortController()
parentPort?.once('message', () => stopped.abort())
// Whoever never stops it waits for nothing but the answers.
parentPort?.unref()

/** A page that is not answered took as long as it was waited for, and is told. */
async function time(path: string): Promise<number> {
  const from = performance.now()
  try {
    return await call(path)
  } catch (error) {
    failures.push(String(error))
    return performance.now() - from
  }
}

/** Asks at fixed moments whether the answer before has come or not, so that a stall counts for all it holds up. */
async function ask(path: string, offset: number): Promise<number[]> {
  const calls: Promise<number>[] = []
  for (let at = offset; at < forMs && !stopped.signal.aborted; at += everyMs) {
    await pause(Math.max(0, at - (performance.now() - began)))
    calls.push(time(path))
  }
  return Promise.all(calls)
}

const times = Object.fromEntries(
  await Promise.all(
    paths.map(async (path, index) => [path, await ask(path, (index * everyMs) / paths.length)] as const),
  ),
)
close()
const heard: PagesHeard = { times, failures }
parentPort?.postMessage(heard)
