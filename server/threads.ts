import { Worker } from 'node:worker_threads'
import { within } from './within.ts'

/** Registers the TypeScript loader, which a new thread does not inherit, and then runs its entry. */
const bootstrap = `
const { workerData } = require('node:worker_threads')
import(workerData.loader).then(({ register }) => {
  register()
  return import(workerData.entry)
})
`

/** What a thread finds as its `workerData`; `data` is the caller's. */
export interface ThreadData<T> {
  readonly loader: string
  readonly entry: string
  readonly data: T
}

/** Threads read whole files or bases: with more room for what lives short, they collect it less often. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 }

/** `megabytes` of its heap, where it is not to have as much as the process. */
const limitsOf = (megabytes: number | undefined) =>
  megabytes === undefined ? resourceLimits : { ...resourceLimits, maxOldGenerationSizeMb: megabytes }

const running = new Set<Worker>()

function followed(worker: Worker): Worker {
  running.add(worker)
  worker.once('exit', () => running.delete(worker))
  return worker
}

/**
 * Ends all threads; answers whether they have ended in time. One that is in the middle of a call to the system or to a
 * database ends after that.
 */
export async function endThreads(patienceMs: number): Promise<boolean> {
  return within(patienceMs, Promise.all([...running].map((worker) => worker.terminate())))
}

/** Starts a TypeScript module in a thread of its own; an error it does not catch is the worker's `error`. */
export function startThread<T>(entry: URL, data: T, megabytes?: number): Worker {
  const workerData: ThreadData<T> = { loader: import.meta.resolve('tsx/esm/api'), entry: entry.href, data }
  const limits = limitsOf(megabytes)
  return followed(new Worker(bootstrap, { eval: true, workerData, execArgv: [], resourceLimits: limits }))
}

/** Starts a program that was built into one file of JavaScript, in a thread of its own. */
export function startBuilt<T>(program: URL, data: T, megabytes?: number): Worker {
  // The loader of TypeScript, which this process may have been started with, has nothing to do there.
  const limits = megabytes === undefined ? {} : { resourceLimits: limitsOf(megabytes) }
  return followed(new Worker(program, { execArgv: [], workerData: { data }, ...limits }))
}
