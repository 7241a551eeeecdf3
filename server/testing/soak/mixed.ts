import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { openWorld } from '../../bench/world.ts'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath, openDatabase } from '../../store/sqlite/database.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { by, sketch } from '../sketch.ts'
import { mixedMembers, strands } from './mixed-load.ts'
import { beginServer, type Server } from './server.ts'
import { type Figure, none, type Situation, told } from './situation.ts'
import { watch } from './watch.ts'

const secret = 'a secret between gateway and shop'
const minute = 60_000
const madeSchema = z.object({ journey: z.object({ id: z.string() }), revision: z.int() })
const perMinute = 12
const paths = ['/healthz', '/api/v1/brands/own/journeys', '/api/v1/brands/own/customers']

const journey = sketch({
  id: 'cart',
  nodes: {
    cart: by.event('cart_abandoned'),
    first: by.sms('您的购物车还在等您'),
    rest: by.rest('1 minute'),
    again: by.sms('再看一眼吧'),
    done: by.exit(),
  },
  flow: ['cart -> first', 'first -> rest', 'rest -> again', 'again -> done'],
})

async function goLive(server: Server, gateway: string): Promise<void> {
  const settings = { url: gateway, secret, allowPrivate: true }
  await server.ask('PUT', 'own/settings/channels/sms', settings)
  const made = await server.ask('POST', 'own/journeys', { file: JSON.stringify(journey) })
  const { journey: draft, revision } = madeSchema.parse(made)
  await server.ask('POST', `own/journeys/${draft.id}/publish`, { revision })
}

/** The mean of the last minute beside that of the second one, after which nothing more should be kept. */
function memoryFigure(samples: readonly number[]): Figure {
  const name = 'memory of the last minute beside the second'
  if (samples.length < 3 * perMinute) return told(name, 'too short to tell')
  const mean = (some: readonly number[]) => some.reduce((sum, value) => sum + value, 0) / some.length
  const early = mean(samples.slice(perMinute, 2 * perMinute))
  const late = mean(samples.slice(-perMinute))
  const growth = late / early - 1
  return {
    name,
    value: `${late.toFixed(0)} MB, ${early.toFixed(0)} MB, ${(growth * 100).toFixed(1)}%`,
    asked: 'within 15%',
    ok: growth <= 0.15,
  }
}

/** What the gateway has beside what the brand believes, once everything has come to rest. */
function sentFigures(data: string, received: ReadonlyMap<string, { readonly repeats: number }>): Figure[] {
  const db = openDatabase(brandPath(data, 'own'), { readonly: true })
  const count = (sql: string) => db.sqlite.prepare<[], number>(sql).pluck().get() ?? 0
  const sent = count("select count(*) from messages where status = 'sent'")
  const figures = [
    told('messages sent', sent),
    none('messages sent that the gateway has not, or the other way', Math.abs(sent - received.size)),
    none('messages failed', count("select count(*) from messages where status = 'failed'")),
    none('enrollments stuck', count("select count(*) from enrollments where status = 'stuck'")),
  ]
  db.close()
  return figures
}

/** All strands at once while the server's memory is looked at, every five seconds. */
async function play(server: Server, until: number, say: (text: string) => void) {
  const going = () => Date.now() < until
  const samples: number[] = []
  const look = async () => {
    while (going()) {
      samples.push(server.megabytes() ?? 0)
      if (samples.length % perMinute === 0)
        say(`minute ${samples.length / perMinute}: ${samples.at(-1)?.toFixed(0)} MB`)
      await rest(minute / perMinute)
    }
  }
  const work = Object.entries(strands).map(async ([name, strand]) => told(name, await strand(server, going)))
  const [figures] = await Promise.all([Promise.all(work), look()])
  return { figures, samples }
}

/** Pages, events, imports, rehearsals and sends at the same time, for ten minutes. */
export const mixed: Situation = {
  about: 'Ten minutes of pages, events, imports, rehearsals and sends at once',
  async run({ folder, times, say }) {
    seedDemoFile(brandPath(folder, 'demo'), { members: 4000 }, sealDatabase)
    openWorld(brandPath(folder, 'own'), mixedMembers).close()
    const gateway = await startHttpGatewayPeer({ secret })
    const server = await beginServer({ data: folder, env: { MAGPIE_MODE: 'live' } })
    try {
      await goLive(server, gateway.url)
      const pages = watch(server.url, paths)
      const { figures, samples } = await play(server, Date.now() + 10 * minute * times, say)
      const heard = await pages.stop(250)
      // Whoever has entered last is written to again a minute later.
      await rest(1.5 * minute)
      const { code } = await server.end()
      const ended = { name: 'exit code', value: String(code), asked: '0', ok: code === 0 }
      return [...figures, ...heard, memoryFigure(samples), ...sentFigures(folder, gateway.received), ended]
    } finally {
      server.child.kill('SIGKILL')
      await gateway.close()
    }
  },
}
