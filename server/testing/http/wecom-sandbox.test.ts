import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { InboxMessage } from '../../../shared/api/inbox.ts'
import type { messageList } from '../../../shared/api/messages.ts'
import type { broadcastList } from '../../../shared/api/wecom.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { by, sketch } from '../sketch.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await open()
})
afterEach(() => server.close())

/** A sandbox at ten o'clock, two of whose members are friends of an employee's, and were told the news just now. */
async function open(): Promise<TestApp> {
  const made = await openTestApp()
  const events = ['m1', 'm2'].map((customerId) => ({
    ...{ id: `friend-${customerId}`, customerId, name: 'wecom_friend_added' },
  }))
  await made.ask('POST', '/events', { events })
  const news = sketch({
    id: 'news',
    nodes: {
      hand: by.hand(),
      tell: ['send', { channel: 'wecom', text: { 'zh-CN': '七夕新品到了' } }],
      done: by.exit(),
    },
    flow: ['hand -> tell', 'tell -> done'],
  })
  await publishJourney(made, journeySchema.parse(news))
  await made.ask('POST', '/journeys/news/enter', { customerIds: ['m1', 'm2'] })
  await made.own.settle()
  return made
}

const broadcasts = async () =>
  (await server.ask<z.output<typeof broadcastList>>('GET', '/wecom/broadcasts')).body.broadcasts
const phone = async () => (await server.ask<{ messages: InboxMessage[] }>('GET', '/inbox')).body.messages
const messages = async () =>
  (await server.ask<z.output<typeof messageList>>('GET', '/messages?limit=50')).body.messages
const receipts = async () =>
  (await messages()).map(({ receipts: all }) => all.map(({ kind }) => kind).join(' '))
const moveTo = (to: number) => server.ask('POST', '/clock/advance', { to })

describe('a broadcast of a sandbox', () => {
  test('waits for its employee, who presses send within an hour', async () => {
    const [task] = await broadcasts()
    expect(task).toMatchObject({ status: 'waiting', customers: 2, sent: 0, text: '七夕新品到了' })
    const at = task?.confirmsAt ?? 0
    expect(at).toBeGreaterThan(startAt)
    expect(at).toBeLessThanOrEqual(startAt + 3_600_000)
    expect(await phone()).toEqual([])
    await moveTo(at - 60_000)
    expect(await phone()).toEqual([])
    await moveTo(at + 60_000)
    expect(await phone()).toMatchObject([{ at }, { at }])
    expect(await broadcasts()).toMatchObject([{ status: 'done', sent: 2, confirmsAt: null }])
    expect(await receipts()).toEqual(['delivered', 'delivered'])
  })

  test('is on the phones at once where one presses send for them', async () => {
    const [{ id } = { id: 0 }] = await broadcasts()
    expect((await server.ask('POST', `/wecom/broadcasts/${id}/confirm`)).status).toBe(204)
    expect(await phone()).toMatchObject([{ at: startAt }, { at: startAt }])
    expect(await broadcasts()).toMatchObject([{ status: 'done', sent: 2 }])
    await moveTo(startAt + 5 * 60_000)
    expect(await receipts()).toEqual(['delivered', 'delivered'])
    expectProblem(await server.ask('POST', `/wecom/broadcasts/${id}/confirm`), 409, 'wecom-task-over')
    expect(JSON.stringify((await server.ask('GET', '/audit')).body)).toContain('wecom.confirmed')
  })

  test('comes soon after the employee was reminded', async () => {
    const [{ id } = { id: 0 }] = await broadcasts()
    expect((await server.ask('POST', `/wecom/broadcasts/${id}/remind`)).status).toBe(204)
    expect((await broadcasts())[0]?.confirmsAt).toBeLessThanOrEqual(startAt + 5 * 60_000)
  })

  test('reaches nobody once it is taken back, which its messages say', async () => {
    const [{ id } = { id: 0 }] = await broadcasts()
    expect((await server.ask('POST', `/wecom/broadcasts/${id}/cancel`)).status).toBe(204)
    await moveTo(startAt + 86_400_000)
    expect(await phone()).toEqual([])
    expect(await broadcasts()).toMatchObject([{ status: 'cancelled', sent: 0 }])
    expect(await receipts()).toEqual(['failed', 'failed'])
  })

  test('is the same after one move of the clock as after several', async () => {
    const other = await open()
    const told = async ({ ask }: TestApp) =>
      JSON.stringify([(await ask('GET', '/inbox')).body, (await ask('GET', '/messages?limit=50')).body])
    await moveTo(startAt + 6 * 3_600_000)
    for (let hour = 1; hour <= 6; hour += 1)
      await other.ask('POST', '/clock/advance', { to: startAt + hour * 3_600_000 })
    expect(await told(server)).toBe(await told(other))
    await other.close()
  })
})

test('nobody presses send for an employee in real life', async () => {
  const live = await openTestApp({ mode: 'live' })
  expectProblem(await live.ask('POST', '/wecom/broadcasts/1/confirm'), 409, 'sandbox-only')
  await live.close()
})
