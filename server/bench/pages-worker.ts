import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadData } from '../threads.ts'
import { httpCalls } from './http-calls.ts'
import type { PagesAsked, PagesHeard } from './pages.ts'

// What the thread is started with is the caller's word for it.
const { url, paths, everyMs, forMs } = (workerData as ThreadData<PagesAsked>).data
const { call, close } = httpCalls(url)
const began = performance.now()

/** Asks at fixed moments whether the answer before has come or not, so that a stall counts for all it holds up. */
async function ask(path: string, offset: number): Promise<number[]> {
  const calls: Promise<number>[] = []
  for (let at = offset; at < forMs; at += everyMs) {
    await pause(Math.max(0, at - (performance.now() - began)))
    calls.push(call(path))
  }
  return Promise.all(calls)
}

const heard: PagesHeard = Object.fromEntries(
  await Promise.all(
    paths.map(async (path, index) => [path, await ask(path, (index * everyMs) / paths.length)] as const),
  ),
)
close()
parentPort?.postMessage(heard)
