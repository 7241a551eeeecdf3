import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { limits } from '../../../shared/limits.ts'
import { memberId, openWorld } from '../../bench/world.ts'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath, openDatabase } from '../../store/sqlite/database.ts'
import { Database } from '../../store/sqlite/driver.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { type OpenAiPeer, startOpenAiPeer } from '../peers/openai-peer.ts'
import { startSmtpPeer } from '../peers/smtp-peer.ts'
import { by, type NodeSketch, sketch } from '../sketch.ts'
import { askOf } from '../soak/server.ts'
import { killAll, startProcess } from './server.ts'

const secret = 'a secret between gateway and shop'
const people = 30
let folder = ''
let gateway: GatewayPeer
let model: OpenAiPeer

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-stop-outside-'))
  seedDemoFile(brandPath(folder, 'demo'), { members: 20 }, sealDatabase)
  openWorld(brandPath(folder, 'own'), 500).close()
  gateway = await startHttpGatewayPeer({ secret })
  model = await startOpenAiPeer()
})
afterEach(async () => {
  killAll()
  await Promise.all([gateway.close(), model.close()])
  rmSync(folder, { recursive: true, force: true })
})
afterAll(killAll)

const begin = () => startProcess({ MAGPIE_DATA: folder, MAGPIE_MODE: 'live', SHUTDOWN_GRACE: '1' })
const madeSchema = z.object({ journey: z.object({ id: z.string() }), revision: z.int() })
const service = { purpose: 'service' }

/** A reminder as it is written, and one that the model polishes. */
const reminders = sketch({
  id: 'reminders',
  nodes: {
    cart: by.event('cart_abandoned'),
    plain: by.sms('plain', service),
    polished: by.sms('polished', { ...service, ai: { instructions: '' } }),
    done: by.exit(),
  },
  flow: ['cart -> plain', 'plain -> polished', 'polished -> done'],
})

/** As many nodes as a journey may have, in a row. */
function longJourney() {
  const names = Array.from({ length: limits.journeyNodes.value - 2 }, (_, place) => `n${place}`)
  const rest: NodeSketch = ['tag', { add: ['seen'], remove: [] }]
  const way = ['in', ...names, 'out']
  return sketch({
    id: 'long',
    nodes: { in: by.hand(), ...Object.fromEntries(names.map((name) => [name, rest])), out: by.exit() },
    flow: way.slice(1).map((name, place) => `${way[place]} -> ${name}`),
  })
}

/** One of each customer, all at once. */
const carts = () =>
  Array.from({ length: people }, (_, place) => {
    const customerId = memberId(place)
    const at = new Date().toISOString()
    return { id: `cart-${customerId}`, customerId, name: 'cart_abandoned', at, properties: {} }
  })

const statuses = (): Readonly<Record<string, number>> => {
  const db = new Database(brandPath(folder, 'own'), { readonly: true })
  const found = db
    .prepare<[], [string, number]>('select status, count(*) from messages group by status order by status')
    .raw()
    .all()
  db.close()
  return Object.fromEntries(found)
}

test('amid a slow gateway, a hanging model, a rehearsal, a publication and a download it ends, and loses and doubles nothing', async () => {
  gateway.behave('hang-after')
  model.behave('hang')
  const server = begin()
  const url = await server.ready()
  const ask = askOf(url)
  await ask('PUT', 'own/settings/channels/sms', { url: gateway.url, secret, allowPrivate: true })
  await ask('PUT', 'own/settings/ai', {
    baseUrl: model.url,
    model: 'qwen',
    apiKey: 'key',
    allowPrivate: true,
  })
  const { revision } = madeSchema.parse(
    await ask('POST', 'own/journeys', { file: JSON.stringify(reminders) }),
  )
  await ask('POST', 'own/journeys/reminders/publish', { revision })
  const long = madeSchema.parse(await ask('POST', 'own/journeys', { file: JSON.stringify(longJourney()) }))
  await ask('POST', 'own/events', { events: carts() })
  await expect.poll(() => gateway.received.size, { timeout: 30_000 }).toBeGreaterThan(0)
  await model.heard(1)
  const cut = (work: Promise<unknown>) => void work.catch(() => undefined)
  // What is answered while the server ends is not asked about here.
  cut(ask('POST', 'own/journeys/long/publish', { revision: long.revision }))
  cut(ask('POST', 'demo/rehearsals', { journey: reminders }))
  const download = connect(Number(new URL(url).port), '127.0.0.1')
  download.on('error', () => undefined)
  await once(download, 'connect')
  download.pause()
  download.write('GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(40))

  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)

  gateway.behave('accept')
  model.behave('polish')
  const again = begin()
  await again.ready()
  // One plain message for each, and one in the model's words or, where it was asked too late, as it is written.
  await expect.poll(() => statuses(), { timeout: 60_000, interval: 250 }).toEqual({ sent: 2 * people })
  const bodies = [...gateway.received.values()].map(({ body }) =>
    z.object({ to: z.string(), text: z.string() }).parse(body),
  )
  expect(gateway.received.size).toBe(2 * people)
  expect(new Set(bodies.map(({ to, text }) => `${to} ${text}`)).size).toBe(2 * people)
  expect(gateway.clashes).toEqual([])
  again.child.kill('SIGTERM')
  expect((await again.ended).code).toBe(0)
}, 180_000)

test('amid a mail server that does not answer it ends: what is in doubt is listed, the rest is sent once', async () => {
  const mail = await startSmtpPeer()
  const written = openDatabase(brandPath(folder, 'own'))
  written.sqlite.exec(`update customers set email = id || '@example.com'`)
  written.close()
  mail.behave('hang')
  const server = begin()
  const url = await server.ready()
  const ask = askOf(url)
  const relay = { host: mail.host, port: mail.port, from: 'shop@example.com', secure: false }
  await ask('PUT', 'own/settings/channels/email', { ...relay, allowPlaintext: true, allowPrivate: true })
  const letters = sketch({
    id: 'letters',
    nodes: { cart: by.event('cart_abandoned'), letter: by.email('您好', service), done: by.exit() },
    flow: ['cart -> letter', 'letter -> done'],
  })
  const { revision } = madeSchema.parse(await ask('POST', 'own/journeys', { file: JSON.stringify(letters) }))
  await ask('POST', 'own/journeys/letters/publish', { revision })
  await ask('POST', 'own/events', { events: carts() })
  await expect.poll(() => mail.attempts, { timeout: 30_000 }).toBeGreaterThan(0)
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)

  mail.behave('accept')
  const again = begin()
  await again.ready()
  const settled = () => (statuses().sent ?? 0) + (statuses().unknown ?? 0)
  await expect.poll(settled, { timeout: 60_000, interval: 250 }).toBe(people)
  expect(statuses().unknown).toBeGreaterThan(0)
  expect(mail.received.length).toBe(statuses().sent)
  expect(new Set(mail.received.map(({ to }) => to.join())).size).toBe(mail.received.length)
  again.child.kill('SIGTERM')
  expect((await again.ended).code).toBe(0)
  await mail.close()
}, 180_000)
