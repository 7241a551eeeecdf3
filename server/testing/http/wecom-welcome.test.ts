import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { z } from 'zod'
import type { messageList } from '../../../shared/api/messages.ts'
import { parseJourney } from '../../../shared/journey/file.ts'
import { lengthOf } from '../clock.ts'
import { publishJourney } from './harness.ts'
import { openWithWecom, type WithWecom } from './with-wecom.ts'

let world: WithWecom
beforeEach(async () => {
  world = await openWithWecom()
  const file = new URL('../../../templates/wecom-welcome.journey.json', import.meta.url)
  const parsed = parseJourney(readFileSync(file, 'utf8'))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  await publishJourney(world.server, parsed.journey)
})
afterEach(() => world.close())

type Messages = z.output<typeof messageList>['messages']
const messagesOf = async (customer: string): Promise<Messages> => {
  const { body } = await world.server.ask<z.output<typeof messageList>>(
    'GET',
    `/messages?customer=${customer}&limit=50`,
  )
  return body.messages
}

/** Time goes by in steps in which broadcasts are made, confirmed and looked after. */
async function pass(words: string): Promise<void> {
  const { clock, peer, settled } = world
  const until = clock.now() + lengthOf(words)
  while (clock.now() < until) {
    clock.advance(Math.min(lengthOf('6 hours'), until - clock.now()))
    await settled()
    for (let look = 0; look < 2; look += 1) {
      clock.advance(lengthOf('3 minutes'))
      peer.confirm('li')
      await settled()
    }
  }
}

async function happens(customerId: string, name: string, properties: object): Promise<void> {
  const event = { id: `${name}-${customerId}`, customerId, name, properties }
  const { status } = await world.server.ask('POST', '/events', { events: [event] })
  expect(status).toBe(200)
  await world.settled()
}

test('a silent friend is greeted by source, gets a coupon by the employee, redeems it and is thanked', async () => {
  const { add, peer } = world
  await add('wm1', 'li', 'parcel')
  expect(peer.greetings.get('wm1')).toMatchObject([
    { text: expect.stringContaining('包裹收到了吗'), by: 'li' },
  ])
  await pass('73 hours')
  const [offer] = await messagesOf('wm1')
  const given = world.server.db.sqlite.prepare('select code from coupons where customer_id = ?').pluck()
  const code = String(given.get('wm1'))
  expect(offer?.receipts.map(({ kind }) => kind)).toContain('delivered')
  await happens('wm1', 'coupon_redeemed', { code })
  await pass('4 days')
  expect((await messagesOf('wm1')).map(({ node, status }) => [node, status])).toEqual([
    ['thanks', 'sent'],
    ['offer', 'sent'],
    ['hello-parcel', 'sent'],
  ])
  expect(peer.callsOf('externalcontact/add_msg_template')).toMatchObject([
    { sender: 'li', external_userid: ['wm1'], text: { content: expect.stringContaining('礼券') } },
    { sender: 'li', text: { content: expect.stringContaining('谢谢您的订单') } },
  ])
})

test('a friend who answers within three days is left to the employee', async () => {
  await world.add('wm1', 'li', 'store')
  await pass('1 day')
  await happens('wm1', 'message_replied', { text: '在吗' })
  await pass('4 days')
  expect(await messagesOf('wm1')).toHaveLength(1)
})
