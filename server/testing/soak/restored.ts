import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { backupDatabase } from '../../store/sqlite/backup.ts'
import { brandPath, openDatabase } from '../../store/sqlite/database.ts'
import { addCustomers, sealDatabase } from '../../store/sqlite/seed.ts'
import { memberOf } from '../members.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { by, sketch } from '../sketch.ts'
import { beginServer, type Server } from './server.ts'
import { type Figure, none, type Situation, told } from './situation.ts'

const secret = 'a secret between gateway and shop'
const members = 4000
const madeSchema = z.object({ journey: z.object({ id: z.string() }), revision: z.int() })
const restoredSchema = z.object({ restored: z.object({ waiting: z.int() }).nullable() })

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
  await server.ask('PUT', 'own/settings/channels/sms', { url: gateway, secret, allowPrivate: true })
  const brand = z.looseObject({}).parse(await server.ask('GET', 'own/settings/brand'))
  await server.ask('PUT', 'own/settings/brand', { ...brand, quietHours: null })
  const made = await server.ask('POST', 'own/journeys', { file: JSON.stringify(journey) })
  const { journey: draft, revision } = madeSchema.parse(made)
  await server.ask('POST', `own/journeys/${draft.id}/publish`, { revision })
}

/** Carts are left behind, fifty at a time. */
async function leaveCarts(server: Server, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += 50) {
    const events = Array.from({ length: Math.min(50, to - start) }, (_, index) => {
      const nth = start + index
      return { id: `cart-${nth}`, customerId: `m${nth}`, name: 'cart_abandoned', properties: {} }
    })
    await server.ask('POST', 'own/events', { events })
    await rest(100)
  }
}

const bodySchema = z.object({ to: z.string(), text: z.string(), id: z.string() })

/** What the gateway has been told: repeats of a key, and people told the same under two keys. */
function heardBy(gateway: GatewayPeer) {
  const taken = [...gateway.received.values()]
  const bodies = taken.map(({ body }) => bodySchema.parse(body))
  const distinct = (words: readonly string[]) => words.length - new Set(words).size
  return {
    taken: taken.length,
    swallowed: taken.reduce((sum, { repeats }) => sum + repeats, 0),
    twice: distinct(bodies.map(({ to, text }) => `${to} ${text}`)),
    numbers: distinct(bodies.map(({ id }) => id)),
  }
}

async function settled(gateway: GatewayPeer): Promise<void> {
  for (let before = -1; before !== gateway.requests; await rest(3000)) before = gateway.requests
}

const backUp = async (folder: string, file: string) => {
  const db = openDatabase(brandPath(folder, 'own'), { readonly: true })
  await backupDatabase(db, file, Date.now())
  db.close()
}

/** The data of a server that goes on is backed up, and laid back when it has sent more. */
export const restored: Situation = {
  about: 'A backup under load, laid back after more was sent: nothing swallowed, nobody told twice',
  async run({ folder, say }): Promise<readonly Figure[]> {
    seedDemoFile(brandPath(folder, 'demo'), { members: 500 }, sealDatabase)
    const own = openDatabase(brandPath(folder, 'own'))
    addCustomers(
      own,
      Array.from({ length: members }, (_, index) => memberOf(`m${index}`, index + 1)),
      Date.now(),
    )
    own.close()
    const gateway = await startHttpGatewayPeer({ secret })
    const env = { MAGPIE_MODE: 'live' }
    let server = await beginServer({ data: folder, env })
    const file = join(folder, 'backup.sqlite')
    try {
      await goLive(server, gateway.url)
      const loading = leaveCarts(server, 0, 2000)
      await rest(2000)
      await backUp(folder, file)
      await loading
      say('backed up under load; everybody is told a second time after a minute')
      await rest(75_000)
      await settled(gateway)
      const before = heardBy(gateway)
      await server.end()
      const path = brandPath(folder, 'own')
      for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
      cpSync(file, path)
      server = await beginServer({ data: folder, env })
      say('laid back; others leave their carts behind')
      await leaveCarts(server, 2000, 3000)
      await rest(75_000)
      await settled(gateway)
      const after = heardBy(gateway)
      const { restored: found } = restoredSchema.parse(await server.ask('GET', 'own/messages/restored'))
      return [
        told('messages taken before and after', `${before.taken}, ${after.taken}`),
        told('messages held for a person', found?.waiting ?? 0),
        none('of the new ones missing', 2000 - (after.taken - before.taken)),
        none('swallowed by the gateway as repeats', after.swallowed),
        none('people told the same twice', after.twice),
        none('numbers of messages given twice', after.numbers),
      ]
    } finally {
      server.child.kill('SIGKILL')
      await gateway.close()
    }
  },
}
