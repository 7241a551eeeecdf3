import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { InboxMessage } from '../../../shared/api/inbox.ts'
import type { messageList } from '../../../shared/api/messages.ts'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import type { TimelinePage } from '../../../shared/api/timeline.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { fakeChannel } from '../fake-channel.ts'
import { openTestApp, publishJourney, type TestApp } from './harness.ts'

type MessageList = z.output<typeof messageList>

const name = (en: string) => ({ en })
const card = {
  kind: 'link',
  url: 'https://shop.example/gift?of={{ customer.id }}',
  title: { 'zh-CN': '{{ customer.name }}的礼盒', en: 'The gift of {{ customer.name }}' },
  description: { 'zh-CN': '七夕前送到' },
  image: 'https://shop.example/gift.png',
}
const telling = (id: string, channel: string, attachments: readonly object[]): Journey =>
  journeySchema.parse({
    ...{ format: 1, id, name: name(id) },
    nodes: {
      picked: { type: 'manual', name: name('Picked'), config: {} },
      tell: {
        type: 'send',
        name: name('Tell'),
        config: { channel, text: { 'zh-CN': '看看这个' }, attachments },
      },
      done: { type: 'exit', name: name('Done'), config: {} },
    },
    edges: { picked: { entered: 'tell' }, tell: { sent: 'done', not_sent: 'done' } },
  })

describe('a card that goes with a message', () => {
  let server: TestApp
  const channel = fakeChannel('in_app')
  beforeAll(async () => {
    server = await openTestApp({ brand: { channels: () => new Map([['in_app', channel]]) } })
  })
  afterAll(() => server.close())

  const mine = {
    kind: 'link',
    title: '会员1的礼盒',
    description: '七夕前送到',
    url: 'https://shop.example/gift?of=m1',
    imageUrl: 'https://shop.example/gift.png',
  }

  test('is previewed, sent and told of as each customer gets it', async () => {
    const journey = telling('cards', 'in_app', [card])
    const asked = { journey, customerId: 'm1' }
    const { messages } = (await server.ask<PreviewAnswer>('POST', '/preview', asked)).body
    expect(messages[0]).toMatchObject({ ok: true, attachments: [mine] })
    await publishJourney(server, journey)
    await server.ask('POST', '/journeys/cards/enter', { customerIds: ['m1', 'm2'] })
    expect(channel.handed.map(({ attachments }) => attachments[0])).toMatchObject([
      mine,
      { url: 'https://shop.example/gift?of=m2' },
    ])
    const list = (await server.ask<MessageList>('GET', '/messages?journey=cards&customer=m1')).body
    expect(list.messages.map(({ attachments }) => attachments)).toEqual([[mine]])
    const story = (await server.ask<TimelinePage>('GET', '/customers/m1/timeline?kinds=messages')).body
    expect(story.entries.map(({ attachments }) => attachments)).toEqual([[mine]])
    const found = await server.ask<TimelinePage>('GET', '/customers/m1/timeline?search=shop.example')
    expect(found.body.entries.map(({ kind }) => kind)).toContain('message')
  })

  test('holds the message back where it cannot be made, as the text would', async () => {
    await publishJourney(server, telling('nameless', 'in_app', [card]))
    await server.ask('POST', '/journeys/nameless/enter', { customerIds: ['m6'] })
    const list = (await server.ask<MessageList>('GET', '/messages?journey=nameless')).body
    expect(list.messages).toEqual([])
  })

  test('is refused where its channel does not carry it, with a mend', async () => {
    const made = await server.ask<{ journey: Journey; revision: number }>('POST', '/journeys', {
      file: JSON.stringify(
        telling('by_sms', 'sms', [card, { kind: 'link', url: 'javascript:alert(1)', title: { en: 'Look' } }]),
      ),
    })
    const { id } = made.body.journey
    const check = await server.ask<{ ok: boolean; diagnostics: { code: string; field: string }[] }>(
      ...(['POST', `/journeys/${id}/check`] as const),
    )
    expect(check.body.ok).toBe(false)
    expect(check.body.diagnostics).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ code: 'attachment-not-carried', field: 'attachments.0' }),
        expect.objectContaining({ code: 'attachment-not-web', field: 'attachments.1.url' }),
      ]),
    )
  })

  test('goes with the person', async () => {
    const asked = await server.ask('POST', '/erasures', { customerIds: ['m2'] })
    expect(asked.status).toBeLessThan(300)
    const left = server.db.sqlite.prepare('select count(*) from messages where attachments like ?').pluck()
    expect(left.get('%of=m2%')).toBe(0)
    expect(left.get('%of=m1%')).toBe(1)
  })
})

test('a card stands on the phone of a sandbox', async () => {
  const server = await openTestApp()
  try {
    await publishJourney(server, telling('phone', 'in_app', [card]))
    await server.ask('POST', '/journeys/phone/enter', { customerIds: ['m1'] })
    const { messages } = (await server.ask<{ messages: InboxMessage[] }>('GET', '/inbox?customer=m1')).body
    expect(messages.map(({ attachments }) => attachments[0])).toMatchObject([{ title: '会员1的礼盒' }])
  } finally {
    await server.close()
  }
})
