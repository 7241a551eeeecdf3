import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { memberId, openWorld } from '../../bench/world.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { by, type Sketch, sketch } from '../sketch.ts'
import type { Server } from './server.ts'
import { atMost, type Figure, none, told } from './situation.ts'

const secret = 'a secret between gateway and shop'
const minute = 60_000
const service = { purpose: 'service' }

/** Written to at once, and again after a minute. */
const quick: Sketch = {
  id: 'quick',
  nodes: {
    cart: by.event('cart_abandoned'),
    first: by.sms('first', service),
    rest: by.rest('1 minute'),
    again: by.sms('again', service),
    done: by.exit(),
  },
  flow: ['cart -> first', 'first -> rest', 'rest -> again', 'again -> done'],
}

/** Written to after three weeks. */
const slow: Sketch = {
  id: 'slow',
  nodes: {
    joined: by.event('joined'),
    rest: by.rest('3 weeks'),
    later: by.sms('later', service),
    done: by.exit(),
  },
  flow: ['joined -> rest', 'rest -> later', 'later -> done'],
}

const madeSchema = z.object({ journey: z.object({ id: z.string() }), revision: z.int() })
const bodySchema = z.object({ to: z.string(), text: z.string() })

interface Heard {
  /** By the monotonic clock of the test. */
  readonly at: number
  readonly phase: string
}

/** A live brand that writes to its customers after a minute, and to those who joined after three weeks. */
export interface Reminders {
  readonly gateway: GatewayPeer
  /** From now on, whoever comes in counts for this phase. */
  phase(name: string): void
  publish(server: Server): Promise<void>
  /** Thousands join at once, to be written to in three weeks. */
  join(server: Server, count: number): Promise<void>
  /** Two customers a second come in, for so long. */
  come(server: Server, ms: number): Promise<void>
  /** Waits until all are written to, or for so long; then the figures. */
  figures(patienceMs: number, most: number): Promise<readonly Figure[]>
  close(): Promise<void>
}

export async function reminders(folder: string, gatewayNow: () => number): Promise<Reminders> {
  openWorld(brandPath(folder, 'own'), 10_000).close()
  const gateway = await startHttpGatewayPeer({ secret, now: gatewayNow })
  const heard = new Map<string, Map<string, Heard[]>>([
    ['first', new Map()],
    ['again', new Map()],
    ['later', new Map()],
  ])
  let phase = 'steady'
  let seen = 0
  let come = 0
  let joined = 0
  const look = () => {
    const all = [...gateway.received.values()]
    for (const { body } of all.slice(seen)) {
      const { to, text } = bodySchema.parse(body)
      const kind = [...heard.keys()].find((word) => text.includes(word)) ?? ''
      const mine = heard.get(kind)
      mine?.set(to, [...(mine.get(to) ?? []), { at: performance.now(), phase }])
    }
    seen = all.length
  }
  const looking = setInterval(look, 50)
  const tell = async (server: Server, name: string, from: number, count: number) => {
    const at = new Date().toISOString()
    const events = Array.from({ length: count }, (_, index) => {
      const customerId = memberId(from + index)
      return { id: `${name}-${customerId}`, customerId, name, at, properties: {} }
    })
    await server.ask('POST', 'own/events', { events })
  }
  const count = (kind: string) => heard.get(kind)?.size ?? 0
  const latest = (): Map<string, number> => {
    const late = new Map<string, number>()
    for (const [to, [again]] of heard.get('again') ?? []) {
      const first = heard.get('first')?.get(to)?.[0]
      if (first === undefined || again === undefined) continue
      const by = Math.max(0, again.at - first.at - minute)
      late.set(first.phase, Math.max(late.get(first.phase) ?? 0, by))
    }
    return late
  }
  return {
    gateway,
    phase(name) {
      phase = name
    },
    async publish(server) {
      await server.ask('PUT', 'own/settings/channels/sms', { url: gateway.url, secret, allowPrivate: true })
      for (const drawn of [quick, slow]) {
        const made = await server.ask('POST', 'own/journeys', { file: JSON.stringify(sketch(drawn)) })
        const { journey, revision } = madeSchema.parse(made)
        await server.ask('POST', `own/journeys/${journey.id}/publish`, { revision })
      }
    },
    async join(server, wanted) {
      for (; joined < wanted; joined += 500) await tell(server, 'joined', joined, 500)
    },
    async come(server, ms) {
      for (const began = performance.now(); performance.now() - began < ms; come += 1) {
        await tell(server, 'cart_abandoned', come, 1)
        await rest(500)
      }
    },
    async figures(patienceMs, most) {
      const began = performance.now()
      while ((count('again') < come || count('later') < joined) && performance.now() - began < patienceMs)
        await rest(250)
      // Whatever should come twice has a moment for it.
      await rest(3000)
      look()
      const twice = [...heard.values()].flatMap((by) => [...by.values()]).filter(({ length }) => length > 1)
      return [
        told('customers written to after a minute', come),
        told('customers written to after three weeks', joined),
        ...[...latest()].map(([name, ms]) => atMost(`latest after a minute, ${name}`, ms / 1000, most, 's')),
        none('lost', come - count('first') + (come - count('again')) + (joined - count('later'))),
        none('doubled', twice.length + gateway.clashes.length),
      ]
    },
    async close() {
      clearInterval(looking)
      await gateway.close()
    },
  }
}
