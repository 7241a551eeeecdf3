import { readFileSync } from 'node:fs'
import type { InjectOptions } from 'fastify'
import { expect } from 'vitest'
import type { Journey } from '../../../shared/journey/graph.ts'
import { giftJourney, publishJourney, type TestApp } from '../http/harness.ts'
import type { FuzzRequest } from './requests.ts'
import type { Answered } from './verdict.ts'

const lists = [
  'journeys',
  'audiences',
  'customers',
  'messages',
  'blacklist',
  'attributes',
  'imports',
  'audit',
]

/** Whoever is put in gets a message at once. */
const gift = giftJourney('您好')
const hello: Journey = {
  ...gift,
  id: 'hello',
  edges: { picked: { entered: 'greet' }, greet: { sent: 'done', not_sent: 'done' } },
  nodes: Object.fromEntries(
    Object.entries(gift.nodes).filter(([id]) => ['picked', 'greet', 'done'].includes(id)),
  ),
}

/** The brand that is asked: what is deleted and stopped in it is made anew now and then. */
export class Brand {
  readonly #server: TestApp
  #journey = ''

  constructor(server: TestApp) {
    this.#server = server
  }

  async renew(): Promise<void> {
    this.#journey = (await publishJourney(this.#server)).id
    await this.#server.ask('POST', '/audiences', {
      key: 'gold',
      name: { en: 'Gold' },
      condition: { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' },
    })
  }

  /** The request as it is meant: of the journey that runs now, and often of its present revision. */
  async meant(request: FuzzRequest): Promise<FuzzRequest> {
    const url = request.url.replace('/journeys/gift', `/journeys/${this.#journey}`)
    if (typeof request.payload !== 'string') return { ...request, url }
    const ofThis = url.includes('/journeys/') && request.payload.includes('"revision":1')
    const revision = ofThis ? await this.#revision() : 1
    const payload = request.payload
      .replace('"id":"gift"', `"id":"${this.#journey}"`)
      .replace('"revision":1', `"revision":${revision}`)
    return { ...request, url, payload }
  }

  async #revision(): Promise<number> {
    const { body } = await this.#server.ask<{ revision?: number }>('GET', `/journeys/${this.#journey}`)
    return body.revision ?? 1
  }

  /** Each address is braked by itself, so that requests come from many. */
  async send({ method, url, headers, payload }: FuzzRequest, index: number): Promise<Answered> {
    const request: InjectOptions = {
      url,
      headers: { ...headers },
      remoteAddress: `10.0.${(index >> 16) & 255}.${(index >> 8) & 255}`,
      ...(payload === null ? {} : { payload }),
    }
    // The methods are those of the generator, all of which inject knows.
    const answer = await this.#server.app.inject({ ...request, method: method as 'GET' })
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type'] ?? ''),
      allow: String(answer.headers.allow ?? ''),
      body: answer.body,
    }
  }

  /** What a marketer does, from a template to messages on the phone. */
  async expectToWork(): Promise<void> {
    const { ask, own } = this.#server
    for (const list of lists) expect((await ask('GET', `/${list}`)).status, list).toBe(200)
    const { currency } = own.brand()
    const settings = { name: { en: 'Shop' }, signature: 'Shop', quietHours: null, currency }
    expect((await ask('PUT', '/settings/brand', settings)).status).toBe(200)
    // What was paused on the way goes on only when somebody says so.
    const { pauses } = (await ask<{ pauses: { channel: string }[] }>('GET', '/delivery/pauses')).body
    for (const { channel } of pauses)
      expect((await ask('POST', `/delivery/${channel}/continue`, {})).status).toBe(200)
    const before = (await own.stores.messages.inbox({})).length
    const { id } = await publishJourney(this.#server, hello)
    const entered = await ask('POST', `/journeys/${id}/enter`, { customerIds: ['m4', 'm5'] })
    expect(entered).toMatchObject({ status: 200, body: { entered: 2 } })
    expect((await ask('POST', '/clock/advance', { by: 'hour' })).status).toBe(200)
    expect((await own.stores.messages.inbox({})).length).toBe(before + 2)
    const made = await ask<{ journey: { id: string }; revision: number }>('POST', '/journeys', {
      file: readFileSync('templates/qixi-gift-box.journey.json', 'utf8'),
    })
    expect(made.status).toBe(201)
    const { journey, revision } = made.body
    const published = await ask('POST', `/journeys/${journey.id}/publish`, { revision })
    expect(published.body).toMatchObject({ status: 'live' })
  }
}
