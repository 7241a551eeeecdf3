import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { quantile } from '../../bench/quantile.ts'
import { memberId, openWorld } from '../../bench/world.ts'
import { brandPath, openDatabase } from '../../store/sqlite/database.ts'
import { addHistory } from '../../store/sqlite/seed.ts'
import { startThread } from '../../threads.ts'
import { startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { by, sketch } from '../sketch.ts'
import { hostileInputs } from './hostile-inputs.ts'
import { beginServer, type Server } from './server.ts'
import { type Figure, none, type Situation, told } from './situation.ts'
import { watch } from './watch.ts'

const secret = 'a secret between gateway and shop'
const members = 20_000
const most = 250
const mostMegabytes = 700
const paths = ['/healthz', '/api/v1/brands/own/journeys', '/api/v1/brands/own/customers']
const madeSchema = z.object({ journey: z.object({ id: z.string() }), revision: z.int() })

const greeting = sketch({
  id: 'greeting',
  nodes: { come: by.event('signed_up'), say: by.sms('欢迎'), done: by.exit() },
  flow: ['come -> say', 'say -> done'],
})

function seed(path: string): void {
  const db = openWorld(path, members)
  addHistory(
    db,
    Array.from({ length: members * 3 }, (_, nth) => ({
      ...{ id: `o${nth}`, customerId: memberId(nth % members), name: 'order', at: nth },
      ...{ amount: 100 + nth, properties: {} },
    })),
  )
  db.close()
}

async function goLive(server: Server, gateway: string): Promise<void> {
  await server.ask('PUT', 'own/settings/channels/sms', { url: gateway, secret, allowPrivate: true })
  const made = await server.ask('POST', 'own/journeys', { file: JSON.stringify(greeting) })
  const { journey, revision } = madeSchema.parse(made)
  await server.ask('POST', `own/journeys/${journey.id}/publish`, { revision })
}

/** From telling an event to the message that it starts, time after time. */
function engineWatch(server: Server, path: string) {
  const db = openDatabase(path, { readonly: true })
  const queued = db.sqlite
    .prepare<[string], number>(
      "select count(*) from messages where customer_id = ? and journey_id = 'greeting'",
    )
    .pluck()
  const took: number[] = []
  let going = true
  let nth = watched
  const run = async () => {
    for (; going; nth += 1) {
      const customerId = memberId(members - 1 - nth)
      const began = performance.now()
      const at = new Date().toISOString()
      await server.ask('POST', 'own/events', {
        events: [{ id: `greet-${nth}`, customerId, name: 'signed_up', at }],
      })
      while (queued.get(customerId) === 0 && performance.now() - began < 60_000) await rest(5)
      took.push(performance.now() - began)
      await rest(100)
    }
  }
  const running = run()
  return async (): Promise<readonly number[]> => {
    going = false
    await running
    watched = nth
    db.close()
    return took
  }
}
/** Whoever has been greeted is not greeted again. */
let watched = 0

/** What a process and its children hold in memory, in megabytes; null where the system does not tell. */
function treeMegabytes(root: number | undefined): number | null {
  try {
    const all = readdirSync('/proc').flatMap((name) => {
      if (!/^\d+$/.test(name)) return []
      const text = readFileSync(`/proc/${name}/status`, 'utf8')
      const of = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(text)?.[1] ?? 0)
      return [{ pid: Number(name), parent: of('PPid'), kilobytes: of('VmRSS') }]
    })
    const under = (pid: number | undefined): number =>
      all.reduce(
        (sum, one) => sum + (one.pid === pid ? one.kilobytes : one.parent === pid ? under(one.pid) : 0),
        0,
      )
    return under(root) / 1024
  } catch {
    // A process may end while it is looked at; the next look will tell.
    return null
  }
}

/** Sends it from a thread of its own: to make and to send so much takes time that those who watch must not lose. */
async function attack({ url }: Server, name: string): Promise<string> {
  const thread = startThread(new URL('./hostile-worker.ts', import.meta.url), { url, name })
  const [answer] = await once(thread, 'message')
  await thread.terminate()
  return String(answer)
}

async function during(server: Server, path: string, name: string): Promise<readonly Figure[]> {
  const began = performance.now()
  const pages = watch(server.url, paths)
  const engine = engineWatch(server, path)
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, treeMegabytes(server.child.pid) ?? 0)
  }, 500)
  const [answer] = await Promise.all([attack(server, name), rest(6000)])
  clearInterval(look)
  const took = await engine()
  const heard = await pages.stop(most)
  const queued = quantile(took, 0.99)
  return [
    told(name, `${((performance.now() - began) / 1000).toFixed(0)} s: ${answer}`),
    ...heard.map((figure) => ({ ...figure, name: `  ${figure.name}` })),
    {
      name: `  p99 from an event to its message (${took.length})`,
      value: `${queued.toFixed(1)} ms`,
      asked: `at most ${most} ms`,
      ok: queued <= most,
    },
    {
      name: '  memory at its most',
      value: `${peak.toFixed(0)} MB`,
      asked: `at most ${mostMegabytes} MB`,
      ok: peak <= mostMegabytes,
    },
  ]
}

/** What people may send that is hard to work out, while pages and the engine are watched. */
export const hostile: Situation = {
  about: 'Hostile inputs, while health, pages and the live engine are watched',
  async run({ folder, say }) {
    const path = brandPath(folder, 'own')
    seed(path)
    const gateway = await startHttpGatewayPeer({ secret })
    const server = await beginServer({ data: folder, env: { MAGPIE_MODE: 'live' } })
    try {
      await goLive(server, gateway.url)
      const figures: Figure[] = []
      const only = process.env.MAGPIE_HOSTILE
      for (const name of Object.keys(hostileInputs)) {
        if (only !== undefined && !name.includes(only)) continue
        say(name)
        const of = await during(server, path, name)
        for (const one of of) say(`  ${one.name.trim()}: ${one.value}`)
        figures.push(...of)
      }
      const errors = server.output().match(/.*"level":(?:50|60).*/g) ?? []
      for (const error of errors.slice(0, 5)) say(error.slice(0, 600))
      const { code } = await server.end()
      return [...figures, none('exit code', code ?? 1)]
    } finally {
      server.child.kill('SIGKILL')
      await gateway.close()
    }
  },
}
