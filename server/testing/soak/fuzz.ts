import { randomInt } from 'node:crypto'
import { Agent, request as ask } from 'node:http'
import { join } from 'node:path'
import fc from 'fast-check'
import { engineActor } from '../../../shared/audit/actor.ts'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { openInstallation } from '../../store/sqlite/installation/store.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import { readDescription } from '../fuzz/document.ts'
import { pool } from '../fuzz/pool.ts'
import { type FuzzRequest, requestsOf } from '../fuzz/requests.ts'
import { type Answered, faultOf } from '../fuzz/verdict.ts'
import { giftJourney } from '../http/harness.ts'
import { testKeys } from '../keys.ts'
import { memberOf } from '../members.ts'
import { beginServer, type Server } from './server.ts'
import { none, type Situation, told } from './situation.ts'

/** A folder with one brand of a few members, as a server finds it. */
async function layFolder(folder: string): Promise<void> {
  const now = Date.now()
  const db = openDatabase(join(folder, 'own.sqlite'))
  writeBrand(db, brandSchema.parse({ name: { en: 'Shop' }, signature: 'Shop', quietHours: null }))
  addCustomers(
    db,
    ['m1', 'm2', 'm3', 'm4', 'm5'].map((id, index) => memberOf(id, index + 1)),
    now,
  )
  db.close()
  const installation = openInstallation(folder, testKeys)
  const act = { actor: engineActor, at: now, realAt: now }
  await installation.add(act, { id: 'own', file: 'own.sqlite', sandbox: false })
  installation.close()
}

/** Requests from one address are braked together, so that these come from many of this machine's. */
const addressOf = (index: number) => `127.0.${(index >> 15) & 127}.${1 + ((index >> 8) & 127)}`

function send(
  server: Server,
  { method, url, headers, payload }: FuzzRequest,
  index: number,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const agent = new Agent({ localAddress: addressOf(index) })
    const length = payload === null ? {} : { 'content-length': Buffer.byteLength(payload) }
    const path = `/${url.replace(/^\/+/, '')}`
    const sent = ask({
      hostname,
      port,
      path,
      method,
      agent,
      headers: { ...headers, ...length, host: 'localhost' },
    })
    sent.on('error', reject)
    sent.on('response', (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        agent.destroy()
        const { statusCode = 0, headers: said } = answer
        const body = Buffer.concat(chunks).toString()
        resolve({ status: statusCode, type: said['content-type'] ?? '', allow: said.allow ?? '', body })
      })
    })
    sent.end(payload ?? undefined)
  })
}

/** Publishes; a busy machine may need more than one try within the time that is given. */
async function published(server: Server, id: string, revision: number, tries = 3): Promise<void> {
  try {
    await server.ask('POST', `own/journeys/${id}/publish`, { revision })
  } catch (error) {
    if (tries <= 1 || !String(error).includes('work-too-long')) throw error
    await published(server, id, revision, tries - 1)
  }
}

/** Makes and publishes the journey that many requests are about, where it is no longer there. */
async function renew(server: Server): Promise<string> {
  const made = await server.ask('POST', 'own/journeys', { file: JSON.stringify(giftJourney()) })
  const { journey, revision } = Object(made)
  await published(server, journey.id, revision)
  return String(journey.id)
}

/** The lists are there, a journey can be made, and the clock goes on. */
async function works(server: Server): Promise<boolean> {
  for (const list of ['journeys', 'audiences', 'customers', 'messages', 'imports', 'audit'])
    await server.ask('GET', `own/${list}`)
  await renew(server)
  await server.ask('POST', 'own/clock/advance', { by: 'hour' })
  return true
}

const renewedAfter = 500

/** With other brands made meanwhile, the one that is asked would be put aside by its own name, and nothing be left to ask. */
const endsTheBrand = ({ method, url }: FuzzRequest) =>
  method === 'POST' && /\/brands\/own\/archive\b/.test(url)

export const fuzz: Situation = {
  about: '100,000 requests made of the API’s own description, valid, nearly valid and not at all',
  async run({ folder, times, say }) {
    await layFolder(folder)
    const server = await beginServer({ data: folder })
    const seed = randomInt(2 ** 31)
    const faults: string[] = []
    let asked = 0
    try {
      const description = readDescription(await (await fetch(`${server.url}/api/openapi.json`)).json())
      const rounds = Math.max(1, Math.round(200 * times))
      for (let round = 0; round < rounds; round += 1) {
        const journey = await renew(server)
        const requests = fc.sample(requestsOf(description, pool), {
          seed: seed + round,
          numRuns: renewedAfter,
        })
        for (const [index, raw] of requests.entries()) {
          if (endsTheBrand(raw)) continue
          const request = { ...raw, url: raw.url.replace('/journeys/gift', `/journeys/${journey}`) }
          asked += 1
          const fault = faultOf(request, await send(server, request, round * renewedAfter + index))
          if (fault !== null)
            faults.push(`${fault}: ${request.method} ${request.url} ${String(request.payload).slice(0, 500)}`)
        }
        if (round % 20 === 19) say(`${(round + 1) * renewedAfter} requests`)
      }
      for (const fault of faults.slice(0, 20)) say(fault)
      return [
        told('seed', seed),
        told('requests', asked),
        none('answers of 5xx, or not as described', faults.length),
        { name: 'works afterwards', value: (await works(server)) ? 'yes' : 'no', asked: 'yes', ok: true },
      ]
    } finally {
      await server.end()
    }
  },
}
