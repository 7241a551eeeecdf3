import { once } from 'node:events'
import { connect } from 'node:net'
import { limits } from '../../../shared/limits.ts'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { by, type NodeSketch, sketch } from '../sketch.ts'
import { beginServer, type Server } from './server.ts'
import { atMost, type Figure, type Situation } from './situation.ts'
import { watch } from './watch.ts'

const host = 'Host: localhost\r\n'
const post = (path: string, type: string, length: number) =>
  `POST ${path} HTTP/1.1\r\n${host}Content-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`
const boundary = 'multipart/form-data; boundary=b'
const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,name\r\n'
const login = `${post('/api/v1/session', 'application/json', 500)}{"password":"`

/** Opens a connection and sends a beginning; from another address of the loopback where one is named. */
async function begin({ url }: Pick<Server, 'url'>, text: string, localAddress?: string) {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  socket.resume()
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

const asking = (server: Server, method: string, path: string, body: unknown) =>
  // What is answered while the server ends is not asked about here.
  void server.ask(method, path, body).catch(() => undefined)

/** What is going on when the server is asked to stop. */
const goingOn: Readonly<Record<string, (server: Server) => Promise<unknown>>> = {
  'nothing at all': async () => undefined,
  'an idle connection': (server) => begin(server, ''),
  'half the headers of a request': (server) => begin(server, `POST /api/v1/session HTTP/1.1\r\n${host}`),
  'half a body': (server) => begin(server, login),
  'an upload that stands still': (server) =>
    begin(server, `${post('/api/v1/brands/own/imports', boundary, 1_000_000)}${file}`),
  'an open stream of events': async ({ url }) =>
    fetch(`${url}/api/v1/brands/demo/stream`, { headers: { accept: 'text/event-stream' } }),
  'a long move of the clock': async (server) => {
    const { now } = await clockOf(server)
    asking(server, 'POST', 'demo/clock/advance', { to: now + 399 * 86_400_000 })
    while ((await clockOf(server)).moving === null) await new Promise(setImmediate)
  },
  'an import': async ({ url }) => {
    const form = new FormData()
    form.set('kind', 'customers')
    const rows = Array.from({ length: 300_000 }, (_, row) => `c${row},客户${row}\r\n`)
    form.set('file', new File([`id,name\r\n${rows.join('')}`], 'members.csv'))
    await fetch(`${url}/api/v1/brands/own/imports`, { method: 'POST', body: form })
  },
  'a rehearsal': async (server) => {
    const file = sketch({ nodes: { in: by.hand(), out: by.exit() }, flow: ['in -> out'] })
    asking(server, 'POST', 'demo/rehearsals', { journey: file })
  },
  'the publication of 2,000 nodes': async (server) => {
    // The boundary of the test, which knows what it asks for.
    const made = (await server.ask('POST', 'own/journeys', { file: longJourney() })) as {
      journey: { id: string }
      revision: number
    }
    asking(server, 'POST', `own/journeys/${made.journey.id}/publish`, { revision: made.revision })
  },
  'a download that nobody reads': async (server) => {
    const socket = await begin(server, '')
    socket.pause()
    socket.write(`GET /api/openapi.json HTTP/1.1\r\n${host}\r\n`.repeat(200))
  },
}

/** As many nodes as a journey may have, in a row. */
function longJourney(): string {
  const names = Array.from({ length: limits.journeyNodes.value - 2 }, (_, place) => `n${place}`)
  const rest: NodeSketch = ['tag', { add: ['seen'], remove: [] }]
  const way = ['in', ...names, 'out']
  const drawn = {
    id: 'long',
    nodes: { in: by.hand(), ...Object.fromEntries(names.map((name) => [name, rest])), out: by.exit() },
    flow: way.slice(1).map((name, place) => `${way[place]} -> ${name}`),
  }
  return JSON.stringify(sketch(drawn))
}

async function clockOf(server: Server): Promise<{ now: number; moving: unknown }> {
  // The boundary of the test, which knows what it asks for.
  return (await server.ask('GET', 'demo/clock')) as { now: number; moving: unknown }
}

export const stops: Situation = {
  about: 'SIGTERM in eleven situations: each ends within 15 seconds, by itself',
  async run({ folder, say }) {
    seedDemoFile(brandPath(folder, 'demo'), { members: 3_000 }, sealDatabase)
    const figures: Figure[] = []
    for (const [name, set] of Object.entries(goingOn)) {
      say(name)
      const server = await beginServer({ data: folder })
      await set(server)
      const { code, ms } = await server.end()
      figures.push(atMost(`during ${name}`, ms / 1000, 15, 's'))
      if (code !== 0)
        figures.push({ name: `exit code after ${name}`, value: String(code), asked: '0', ok: false })
    }
    return figures
  },
}

export const bodies: Situation = {
  about:
    '4,000 bodies of the login that never come to their end: all closed in 30 seconds, others are served',
  async run({ folder, times }) {
    seedDemoFile(brandPath(folder, 'demo'), { members: 50 }, sealDatabase)
    const env = { MAGPIE_PASSWORD: 'correct horse battery' }
    const server = await beginServer({ data: folder, env })
    try {
      const watching = watch(server.url, ['/healthz', '/api/v1/system'])
      const began = performance.now()
      // Whoever sends so much uses up what its own address may ask; whoever watches is somebody else.
      const sockets = await Promise.all(
        Array.from({ length: 4_000 * times }, () => begin(server, login, '127.0.0.2')),
      )
      const sent = (performance.now() - began) / 1000
      await Promise.all(sockets.map((socket) => (socket.destroyed ? undefined : once(socket, 'close'))))
      return [
        atMost(`until all ${sockets.length} are closed`, (performance.now() - began) / 1000 - sent, 30, 's'),
        ...(await watching.stop(250)),
      ]
    } finally {
      server.child.kill('SIGKILL')
    }
  },
}
