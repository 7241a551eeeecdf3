import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadData } from '../../threads.ts'
import { hostileInputs } from './hostile-inputs.ts'
import { askOf } from './server.ts'

// What the thread is started with is the caller's word for it.
const { url, name } = (workerData as ThreadData<{ readonly url: string; readonly name: string }>).data
const hostile = hostileInputs[name]
if (hostile === undefined) throw new Error(`there is no ${name}`)
parentPort?.postMessage(await hostile({ url, ask: askOf(url) }))
