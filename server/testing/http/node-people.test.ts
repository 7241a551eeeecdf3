import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PeopleAnswer, PeopleDone } from '../../../shared/api/people.ts'
import type { WhyAnswer } from '../../../shared/api/why.ts'
import { fakeChannel } from '../fake-channel.ts'
import { openTestApp, publishJourney, type TestApp } from './harness.ts'

let server: TestApp
let journey: string
beforeEach(async () => {
  server = await openTestApp({ brand: { channels: () => new Map([['sms', fakeChannel('sms')]]) } })
  journey = (await publishJourney(server)).id
  await server.ask('POST', `/journeys/${journey}/enter`, { customerIds: ['m1', 'm2', 'm3', 'm4'] })
})
afterEach(() => server.close())

const at = (node: string, query = '') =>
  server.ask<PeopleAnswer>('GET', `/journeys/${journey}/nodes/${node}/people${query}`)
const act = (verb: string, body: object, node = 'rest') =>
  server.ask<PeopleDone & { code: string }>('POST', `/journeys/${journey}/nodes/${node}/people/${verb}`, body)
const namesAt = async (node: string) => (await at(node)).body.people.map(({ customerId }) => customerId)

describe('who stands on a node', () => {
  test('is told with since when and until when, page by page', async () => {
    const { status, body } = await at('rest', '?limit=3')
    expect(status).toBe(200)
    expect(body).toMatchObject({ total: 4, stuck: 0 })
    expect(body.people.map(({ customerId }) => customerId)).toEqual(['m1', 'm2', 'm3'])
    const [first] = body.people
    expect(first).toMatchObject({ customerName: '会员1', version: 1, stuck: false, waitsFor: null })
    expect((first?.until ?? 0) > (first?.since ?? 0)).toBe(true)
    const rest = await at('rest', `?limit=3&after=${body.next}`)
    expect(rest.body).toMatchObject({ next: null, people: [{ customerId: 'm4' }] })
  })

  test('can be searched by name and id; marks of a search mean themselves', async () => {
    expect((await at('rest', '?search=员3')).body).toMatchObject({ total: 1, people: [{ customerId: 'm3' }] })
    expect((await at('rest', '?search=M4')).body.people).toMatchObject([{ customerId: 'm4' }])
    expect((await at('rest', '?search=%25')).body.total).toBe(0)
  })

  test('is nobody at a node where nobody stands, and a problem in no journey', async () => {
    expect((await at('week')).body).toEqual({ people: [], total: 0, stuck: 0, next: null })
    expect((await server.ask('GET', '/journeys/none/nodes/rest/people')).status).toBe(404)
  })
})

describe('what a person does with them', () => {
  test('some are moved to another node of their version, which decides about them at once', async () => {
    const [one, two] = (await at('rest')).body.people
    const who = { enrollments: [one?.enrollmentId, two?.enrollmentId] }
    expect((await act('move', { who, to: 'greet' })).body).toEqual({ done: 2, refused: 0 })
    expect(await namesAt('rest')).toEqual(['m3', 'm4'])
    expect(await namesAt('week')).toEqual(['m1', 'm2'])
    const why = await server.ask<WhyAnswer>('GET', `/journeys/${journey}/enrollments/${one?.enrollmentId}`)
    expect(why.body.path.map(({ node, outcome, to }) => [node, outcome, to])).toEqual([
      ['picked', 'entered', 'rest'],
      ['rest', 'moved', 'greet'],
      ['greet', 'sent', 'week'],
    ])
    expect(why.body.replay).toMatchObject({ same: true, differsAt: null })
    const figures = await server.ask<{ nodes: Record<string, { waiting: number }> }>(
      'GET',
      `/journeys/${journey}/figures`,
    )
    expect(figures.body.nodes).toMatchObject({ rest: { waiting: 2 }, week: { waiting: 2 } })
    const [row] = (await server.own.stores.audit.page({ limit: 1 })).entries
    expect(row).toMatchObject({
      action: 'journey.people_moved',
      detail: { node: 'rest', toNode: 'greet', people: 2, refused: 0 },
    })
  })

  test('nobody is moved to a trigger, a goal, a node that is not there, or where they stand', async () => {
    for (const to of ['buyers', 'bought', 'nowhere', 'rest'])
      expect(await act('move', { who: { all: true }, to })).toMatchObject({
        status: 422,
        body: { code: 'node-not-enterable' },
      })
    expect(await namesAt('rest')).toHaveLength(4)
  })

  test('all who answer a search are taken out, and whoever is not there any more is refused', async () => {
    const [, , third] = (await at('rest')).body.people
    expect((await act('remove', { who: { all: true, search: '员3' } })).body).toEqual({ done: 1, refused: 0 })
    expect(await namesAt('rest')).toEqual(['m1', 'm2', 'm4'])
    const again = await act('remove', { who: { enrollments: [third?.enrollmentId] } })
    expect(again.body).toEqual({ done: 0, refused: 1 })
    const why = await server.ask<WhyAnswer>('GET', `/journeys/${journey}/enrollments/${third?.enrollmentId}`)
    expect(why.body).toMatchObject({
      enrollment: { status: 'ended', ending: 'removed', state: 'left' },
      replay: { same: true },
    })
  })

  test('rule 26: whoever is stuck is told with the error, and tried again', async () => {
    server.db.sqlite.exec(
      `update enrollments set status = 'stuck', due_at = null, attempts = 8, error = 'out of order' where customer_id = 'm2'`,
    )
    expect((await at('rest', '?only=stuck')).body).toMatchObject({
      total: 1,
      stuck: 1,
      people: [{ customerId: 'm2', stuck: true, error: 'out of order', attempts: 8 }],
    })
    expect((await act('retry', { who: { all: true, only: 'stuck' } })).body).toEqual({ done: 1, refused: 0 })
    expect((await at('rest', '?only=stuck')).body.total).toBe(0)
    expect(await namesAt('rest')).toHaveLength(4)
  })

  test('they are kept as a list, once under a key', async () => {
    const list = { key: 'waiting', name: { en: 'Waiting' } }
    expect((await act('save', { who: { all: true }, ...list })).body).toEqual({ done: 4, refused: 0 })
    const { body } = await server.ask<{ audiences: object[] }>('GET', '/audiences')
    expect(body.audiences).toContainEqual(expect.objectContaining({ key: 'waiting', kind: 'list', size: 4 }))
    expect((await act('save', { who: { all: true }, ...list })).body.code).toBe('audience-exists')
  })
})
