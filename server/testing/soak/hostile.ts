import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { quantile } from '../../bench/quantile.ts'
import { memberId, openWorld } from '../../bench/world.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { addHistory } from '../../store/sqlite/seed.ts'
import { startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { by, sketch } from '../sketch.ts'
import { watchGreetings } from './engine-watch.ts'
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

async function during(server: Server, path: string, name: string): Promise<readonly Figure[]> {
  const hostile = hostileInputs[name]
  if (hostile === undefined) throw new Error(`there is no ${name}`)
  const began = performance.now()
  const pages = watch(server.url, paths)
  const engine = watchGreetings({ url: server.url, path, from: watched, members })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, treeMegabytes(server.child.pid) ?? 0)
  }, 500)
  const [answer] = await Promise.all([hostile(server), rest(6000)])
  clearInterval(look)
  const { took, next } = await engine.stop()
  watched = next
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
