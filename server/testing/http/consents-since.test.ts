import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import type { Condition, TimeWindow } from '../../../shared/conditions/schema.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { scratchBase } from '../../brand/scratch-base.ts'
import { rehearse } from '../../rehearsal/index.ts'
import { rehearsalPorts } from '../../store/sqlite/rehearsal.ts'
import { fakeChannel } from '../fake-channel.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

const dayMs = 86_400_000
const last = (amount: number): TimeWindow => ({
  ...{ kind: 'last', span: { amount, unit: 'day' }, wholeDays: false },
})
const sms = (state: 'agreed' | 'refused' | 'verified', window?: TimeWindow): Condition => ({
  ...{ kind: 'contact', channel: 'sms', state },
  ...(window === undefined ? {} : { window }),
})

let server: TestApp
beforeAll(async () => {
  server = await openTestApp({ brand: { channels: () => new Map([['sms', fakeChannel('sms')]]) } })
  const given = (id: string, place: number, consentSms: unknown) =>
    server.ask('PUT', `/customers/${id}`, { name: id, phone: `1380000000${place}`, consentSms })
  const ago = (days: number) => new Date(startAt - days * dayMs).toISOString()
  await given('recent', 1, { given: true, at: ago(10) })
  await given('long', 2, { given: true, at: '2024-11-11T10:00:00+08:00' })
  await given('undated', 3, true)
  await given('no', 4, { given: false, at: ago(40) })
  await server.ask('POST', '/customers/undated/identifiers', {
    ...{ kind: 'phone', value: '13800000003', verified: true, at: startAt - 5 * dayMs },
  })
})
afterAll(() => server.close())

const counted = async (condition: unknown) => {
  const { body } = await server.ask<{ sample: { id: string }[] }>('POST', '/audiences/count', { condition })
  return body.sample.map(({ id }) => id).filter((id) => !id.startsWith('m'))
}

test('people are counted by when they agreed, refused or were verified; who said it at no known time is in no stretch', async () => {
  expect(await counted(sms('agreed', last(30)))).toEqual(['recent'])
  expect(await counted(sms('agreed', { kind: 'between', to: '2025-01-01' }))).toEqual(['long'])
  expect(await counted({ kind: 'all', of: [sms('agreed'), sms('verified')] })).toEqual(['undated'])
  expect(await counted(sms('refused', last(90)))).toEqual(['no'])
  expect(await counted(sms('refused', last(30)))).toEqual([])
  expect(await counted(sms('verified', last(30)))).toEqual(['undated'])
  expect(await counted(sms('verified', last(3)))).toEqual([])
  const unsaid = { condition: { ...sms('agreed'), state: 'unasked', window: last(30) } }
  expectProblem(await server.ask('POST', '/audiences/count', unsaid), 400, 'invalid-request')
})

const name = (en: string) => ({ en })
const told = (text: string) => ({
  ...{ type: 'send', name: name(text) },
  config: { channel: 'sms', purpose: 'service', text: { 'zh-CN': text, en: text } },
})
const journey: Journey = journeySchema.parse({
  ...{ format: 1, id: 'ways', name: name('Ways') },
  nodes: {
    picked: { type: 'manual', name: name('Picked'), config: {} },
    visited: {
      type: 'event',
      name: name('Visited'),
      config: { filter: { event: 'visit' }, audience: sms('agreed', last(30)) },
    },
    way: {
      type: 'branch',
      name: name('Which'),
      config: {
        branches: [
          { id: 'recently', name: name('Agreed'), when: sms('agreed', last(30)) },
          { id: 'verified', name: name('Verified'), when: sms('verified') },
        ],
      },
    },
    ...{ recent: told('recent'), known: told('known'), other: told('other') },
    done: { type: 'exit', name: name('Done'), config: {} },
  },
  edges: {
    ...{ picked: { entered: 'way' }, visited: { entered: 'way' } },
    way: { recently: 'recent', verified: 'known', otherwise: 'other' },
    recent: { sent: 'done', not_sent: 'done' },
    known: { sent: 'done', not_sent: 'done' },
    other: { sent: 'done', not_sent: 'done' },
  },
})

test('a journey sends them the way that its preview and its rehearsal say', async () => {
  const people = ['recent', 'long', 'undated']
  const ways = { recent: 'recent', long: 'other', undated: 'known' }
  const preview = async (customerId: string) => {
    const { body } = await server.ask<PreviewAnswer>('POST', '/preview', { journey, customerId })
    return body.messages.find(({ onPath }) => onPath)?.node
  }
  const seen = Object.fromEntries(await Promise.all(people.map(async (id) => [id, await preview(id)])))
  expect(seen).toEqual(ways)
  const rehearsed = await rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
    ...{ journey, brand: server.own.brand(), start: server.own.now(), until: null, assume: 'backtest' },
    ...{ controlGroup: true, people: { customers: people } },
  })
  const { recent, known, other } = rehearsed.nodes
  expect([recent?.sent, known?.sent, other?.sent]).toEqual([1, 1, 1])
  await publishJourney(server, journey)
  const sent = () =>
    server.db.sqlite
      .prepare<[], [string, string]>('select customer_id, node from messages order by customer_id')
      .raw()
      .all()
  // By what they do only those come in of whom the trigger's own condition holds.
  const at = new Date(server.own.now()).toISOString()
  const visit = (customerId: string) => ({
    id: `v-${customerId}`,
    customerId,
    name: 'visit',
    at,
    properties: {},
  })
  expect(await server.ask('POST', '/events', { events: people.map(visit) })).toMatchObject({ status: 200 })
  await server.own.settle()
  expect(sent()).toEqual([['recent', 'recent']])
  await server.ask('POST', '/journeys/ways/enter', { customerIds: ['long', 'undated'] })
  await server.own.settle()
  expect(Object.fromEntries(sent())).toEqual(ways)
})
