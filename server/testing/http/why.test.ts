import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WhatIfAnswer, WhyAnswer } from '../../../shared/api/why.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { fakeChannel } from '../fake-channel.ts'
import { openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

const hour = 3_600_000
const name = (en: string) => ({ en })
const tierIs = (value: string) => ({ kind: 'attribute', name: 'tier', op: 'eq', value })

/** By tier, then by whether an order comes within two days. */
const tiers: Journey = journeySchema.parse({
  format: 1,
  id: 'tiers',
  name: name('Tiers'),
  nodes: {
    picked: { type: 'manual', name: name('Picked'), config: {} },
    tier: {
      type: 'branch',
      name: name('Tier'),
      config: { branches: [{ id: 'gold', name: name('Gold'), when: tierIs('gold') }] },
    },
    greet: { type: 'send', name: name('Greet'), config: { channel: 'sms', text: { 'zh-CN': '您好' } } },
    order: {
      type: 'wait_event',
      name: name('Order'),
      config: {
        filter: { event: 'order', where: [{ property: 'amount', op: 'gte', value: 5000 }] },
        limit: { amount: 2, unit: 'day' },
      },
    },
    seen: { type: 'tag', name: name('Seen'), config: { add: ['seen'] } },
    done: { type: 'exit', name: name('Done'), config: {} },
  },
  edges: {
    picked: { entered: 'tier' },
    tier: { gold: 'greet', otherwise: 'order' },
    greet: { sent: 'order', not_sent: 'order' },
    order: { happened: 'seen', timeout: 'done' },
    seen: { done: 'done' },
  },
})

let server: TestApp
beforeEach(async () => {
  server = await openTestApp({ brand: { channels: () => new Map([['sms', fakeChannel('sms')]]) } })
  await publishJourney(server, tiers)
  await server.ask('POST', '/journeys/tiers/enter', { customerIds: ['m1', 'm4'] })
})
afterEach(() => server.close())

const why = (id: number, journey = 'tiers') =>
  server.ask<WhyAnswer>('GET', `/journeys/${journey}/enrollments/${id}`)
const whatIf = async (id: number, changes: object = {}) =>
  (await server.ask<WhatIfAnswer>('POST', `/journeys/tiers/enrollments/${id}/what-if`, changes)).body
const walked = ({ path }: Pick<WhyAnswer, 'path'>) => path.map(({ node, outcome }) => `${node}.${outcome}`)
const buys = (customerId: string, amount: number) =>
  server.own.ingest([
    {
      customerId,
      event: { id: `of-${customerId}`, name: 'order', at: server.own.now(), amount, properties: {} },
    },
  ])

describe('why a customer went this way', () => {
  test('is told step by step with the values seen then, of a finished passage too', async () => {
    await buys('m1', 9900)
    const { status, body } = await why(1)
    expect(status).toBe(200)
    expect(walked(body)).toEqual(['picked.entered', 'tier.gold', 'greet.sent', 'order.happened', 'seen.done'])
    expect(body.enrollment).toMatchObject({ customerId: 'm1', status: 'ended', ending: 'done', version: 1 })
    const reasons = body.story.flatMap(({ kind, reason }) => (kind === 'step' ? [reason] : []))
    expect(reasons).toContainEqual(
      expect.objectContaining({ seen: [{ kind: 'attribute', name: 'tier', actual: 'gold', holds: true }] }),
    )
    expect(reasons).toContainEqual(expect.objectContaining({ code: 'event', values: { amount: 9900 } }))
    expect(body.story.some(({ kind, text }) => kind === 'message' && text?.includes('您好'))).toBe(true)
    expect(body.replay).toEqual({ same: true, differsAt: null, byOutcome: 0, problem: null })
  })

  test('says where the trace and the replay part', async () => {
    server.db.sqlite.exec(
      `update traces set reason = '{"code":"condition-held","seen":[{"kind":"attribute","name":"tier","actual":"silver","holds":false}]}'
       where enrollment_id = 1 and node = 'tier'`,
    )
    expect((await why(1)).body.replay).toMatchObject({ same: false, differsAt: 1 })
  })

  test('is a problem of nobody, and of somebody in another journey', async () => {
    expect((await why(99)).status).toBe(404)
    expect((await why(1, 'none')).status).toBe(404)
  })
})

describe('what if', () => {
  test('nothing is changed, the path is the real one', async () => {
    await server.own.advance(server.own.act({ kind: 'person', id: 'p', via: 'browser' }), {
      to: startAt + 72 * hour,
    })
    const answer = await whatIf(1)
    expect(answer).toMatchObject({ entered: true, parts: null, unlike: null, ending: 'done' })
    expect(walked(answer)).toEqual(walked((await why(1)).body))
  })

  test('another value leads another way, and nothing is written', async () => {
    const before = server.db.sqlite.prepare('select count(*) from traces').pluck().get()
    const answer = await whatIf(1, { attributes: { tier: 'silver' } })
    expect(walked(answer).slice(0, 2)).toEqual(['picked.entered', 'tier.otherwise'])
    expect(answer.parts).toEqual({ node: 'tier', real: 'gold', other: 'otherwise' })
    expect(answer.unlike).toBeNull()
    expect(answer.story.some(({ kind }) => kind === 'message')).toBe(false)
    expect(server.db.sqlite.prepare('select count(*) from traces').pluck().get()).toBe(before)
  })

  test('a purchase that was not made, or that had been made', async () => {
    await buys('m1', 9900)
    const without = await whatIf(1, { events: { remove: [{ name: 'order', id: 'of-m1' }] } })
    expect(without.parts).toEqual({ node: 'order', real: 'happened', other: 'timeout' })
    const made = { name: 'order', at: startAt + hour, amount: 6000 }
    const other = await whatIf(2, { events: { add: [made] } })
    expect(walked(other)).toContain('order.happened')
  })

  test('the control group gets no message, and the draft may lead elsewhere', async () => {
    const held = await whatIf(1, { control: true })
    expect(walked(held)).toContain('greet.not_sent')
    const { body } = await server.ask<{ revision: number }>('GET', '/journeys/tiers')
    const draft = { ...tiers, edges: { ...tiers.edges, tier: { gold: 'order', otherwise: 'greet' } } }
    await server.ask('PUT', '/journeys/tiers/draft', { revision: body.revision, journey: draft })
    const drawn = await whatIf(1, { version: 'draft' })
    expect(drawn).toMatchObject({ ending: 'done', entered: true })
    expect(walked(drawn)).toEqual(['picked.entered', 'tier.gold', 'order.timeout'])
  })
})
