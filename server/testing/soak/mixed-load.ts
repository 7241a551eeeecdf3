import { readFileSync } from 'node:fs'
import { setTimeout as rest } from 'node:timers/promises'
import type { Server } from './server.ts'

/** Something that goes on beside the others until it is stopped; answers how often it was done. */
type Strand = (server: Server, going: () => boolean) => Promise<number>

const perCall = 50
const members = 30_000

/** Members look at pages, two hundred a second; every fifth look leaves a cart behind, which starts a journey. */
const events: Strand = async (server, going) => {
  let told = 0
  while (going()) {
    const began = performance.now()
    const at = new Date().toISOString()
    const batch = Array.from({ length: perCall }, (_, index) => {
      const nth = told + index
      const name = nth % 5 === 0 ? 'cart_abandoned' : 'page_viewed'
      const customerId = `m${String((nth * 7) % members).padStart(7, '0')}`
      return { id: `mixed-${nth}`, customerId, name, at, properties: { page: `/products/${nth % 500}` } }
    })
    await server.ask('POST', 'own/events', { events: batch })
    told += perCall
    await rest(Math.max(0, 250 - (performance.now() - began)))
  }
  return told
}

interface Progress {
  readonly id: string
  readonly state: string
}

/** Waits until a long work of the server has ended, and answers how. */
async function ended(server: Server, path: string, going: () => boolean): Promise<string> {
  for (;;) {
    const { state } = (await server.ask('GET', path)) as Progress
    if (state !== 'running' && state !== 'waiting') return state
    if (!going()) return 'stopped'
    await rest(500)
  }
}

/** Two thousand customers come in by file, half a minute apart. */
const imports: Strand = async (server, going) => {
  let done = 0
  while (going()) {
    const rows = Array.from({ length: 2000 }, (_, nth) => `x${done * 2000 + nth},客人${nth},杭州`)
    const form = new FormData()
    form.set('kind', 'customers')
    form.set('mapping', JSON.stringify({ customer_id: 'customer_id', name: 'name', city: 'city' }))
    form.set('file', new Blob([`customer_id,name,city\n${rows.join('\n')}\n`]), 'customers.csv')
    const answer = await fetch(`${server.url}/api/v1/brands/own/imports`, { method: 'POST', body: form })
    if (!answer.ok) throw new Error(`an import was refused: ${await answer.text()}`)
    const { id } = (await answer.json()) as Progress
    const state = await ended(server, `own/imports/${id}`, going)
    if (state !== 'done' && state !== 'stopped') throw new Error(`an import ended as ${state}`)
    done += 1
    for (let waited = 0; waited < 30 && going(); waited += 1) await rest(1000)
  }
  return done
}

/** The gift box is rehearsed on the demo brand, a minute apart. */
const rehearsals: Strand = async (server, going) => {
  const journey: unknown = JSON.parse(readFileSync('templates/qixi-gift-box.journey.json', 'utf8'))
  let done = 0
  while (going()) {
    const begun = (await server.ask('POST', 'demo/rehearsals', { journey, assume: 'rates' })) as Progress
    const state = await ended(server, `demo/rehearsals/${begun.id}`, going)
    if (state !== 'done' && state !== 'stopped') throw new Error(`a rehearsal ended as ${state}`)
    done += 1
    for (let waited = 0; waited < 60 && going(); waited += 1) await rest(1000)
  }
  return done
}

export const strands = { events, imports, rehearsals } satisfies Record<string, Strand>
export const mixedMembers = members
