import { setTimeout as rest } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { memberId } from '../../bench/world.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import type { ThreadData } from '../../threads.ts'
import type { GreetingsAsked, GreetingsHeard } from './engine-watch.ts'

// What the thread is started with is the caller's word for it.
const { url, path, from, members } = (workerData as ThreadData<GreetingsAsked>).data
const db = openDatabase(path, { readonly: true })
const queued = db.sqlite
  .prepare<[string], number>(
    "select count(*) from messages where customer_id = ? and journey_id = 'greeting'",
  )
  .pluck()
const stopped = new AbortController()
parentPort?.once('message', () => stopped.abort())
const longestMs = 60_000

const took: number[] = []
let next = from
for (; !stopped.signal.aborted; next += 1) {
  const customerId = memberId(members - 1 - next)
  const began = performance.now()
  const event = { id: `greet-${next}`, customerId, name: 'signed_up', at: new Date().toISOString() }
  const answer = await fetch(`${url}/api/v1/brands/own/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events: [event] }),
  })
  if (!answer.ok) throw new Error(`an event was answered ${answer.status}: ${await answer.text()}`)
  while (queued.get(customerId) === 0 && performance.now() - began < longestMs) await rest(5)
  took.push(performance.now() - began)
  await rest(100)
}
db.close()
const heard: GreetingsHeard = { took, next }
parentPort?.postMessage(heard)
