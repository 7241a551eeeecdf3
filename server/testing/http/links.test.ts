import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import type { messageList } from '../../../shared/api/messages.ts'
import { settingsOf } from '../../../shared/journey/brand.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { scratchBase } from '../../brand/scratch-base.ts'
import { rehearse } from '../../rehearsal/index.ts'
import { rehearsalPorts } from '../../store/sqlite/rehearsal.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import { fakeChannel } from '../fake-channel.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

type MessageList = z.output<typeof messageList>

const phone = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
}
const name = (en: string) => ({ en })
const target = `https://shop.example/gift?from=${'a'.repeat(60)}`

/** Tells of a gift, waits three days for a press, and says which it was. */
const telling = (id: string, config: object): Journey =>
  journeySchema.parse({
    ...{ format: 1, id, name: name(id) },
    nodes: {
      picked: { type: 'manual', name: name('Picked'), config: {} },
      tell: { type: 'send', name: name('Tell'), config },
      press: {
        type: 'wait_event',
        name: name('Press'),
        config: {
          filter: { event: 'message_clicked' },
          message: 'tell',
          limit: { amount: 3, unit: 'day' },
        },
      },
      pressed: { type: 'exit', name: name('Pressed'), config: {} },
      not: { type: 'exit', name: name('Not'), config: {} },
    },
    edges: {
      picked: { entered: 'tell' },
      tell: { sent: 'press', not_sent: 'not' },
      press: { happened: 'pressed', timeout: 'not' },
    },
  })
const sms = { channel: 'sms', text: { 'zh-CN': `礼盒在 ${target} 等您` } }

describe('a short link', () => {
  let server: TestApp
  const channel = fakeChannel('sms')
  const mail = fakeChannel('email')
  beforeAll(async () => {
    const channels = new Map([
      ['sms', channel],
      ['email', mail],
    ])
    server = await openTestApp({ brand: { channels: () => channels } })
    await server.own.linksAt('https://m.example')
  })
  afterAll(() => server.close())

  const linkIn = (text: string) => /https:\/\/m\.example(\/l\/[\w-]{11})/.exec(text)?.[1] ?? ''
  const press = (path: string, headers: Record<string, string> = phone, method: 'GET' | 'HEAD' = 'GET') =>
    server.app.inject({ method, url: path, headers })
  const ending = (customer: string) =>
    server.db.sqlite
      .prepare<[string], string | null>(
        'select state from enrollments where customer_id = ? order by id desc',
      )
      .pluck()
      .get(customer)
  const linksOf = async (customer: string) =>
    (await server.ask<MessageList>('GET', `/messages?customer=${customer}`)).body.messages[0]?.links

  test('leaves in the text, of the length that was counted, each customer’s own', async () => {
    const journey = telling('links', sms)
    const told = await rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
      ...{ journey, brand: server.own.brand(), start: server.own.now(), until: null, assume: 'backtest' },
      ...{ controlGroup: true, people: { customers: ['m1'] } },
    })
    await publishJourney(server, journey)
    await server.ask('POST', '/journeys/links/enter', { customerIds: ['m1', 'm2', 'm3', 'm4'] })
    const texts = channel.handed.map(({ text }) => text)
    expect(new Set(texts.map(linkIn)).size).toBe(4)
    for (const text of texts)
      expect(text).toMatch(/^【测试品牌】礼盒在 https:\/\/m\.example\/l\/[\w-]{11} 等您拒收请回复R$/)
    const kept = server.db.sqlite.prepare('select parts, body from messages where customer_id = ?').get('m1')
    expect(kept).toEqual({ parts: 1, body: texts[0] })
    expect(told.nodes.tell).toMatchObject({ sent: 1 })
  })

  test('leads on, and who presses it goes on by the wait for it; twice is once, and counted twice', async () => {
    const path = linkIn(channel.handed[0]?.text ?? '')
    const led = await press(path)
    expect(led.statusCode).toBe(302)
    expect(led.headers).toMatchObject({
      location: target,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    await press(path)
    await vi.waitFor(() => expect(ending('m1')).toBe('pressed'))
    await vi.waitFor(async () => expect(await linksOf('m1')).toEqual([{ target, clicks: 2, robots: 0 }]))
    const events = server.db.sqlite
      .prepare<[], { properties: string }>(
        `select properties from events where name = 'message_clicked' and customer_id = 'm1'`,
      )
      .all()
    expect(events).toHaveLength(1)
    expect(JSON.parse(events[0]?.properties ?? '')).toMatchObject({
      node: 'tell',
      journey_id: 'links',
      channel: 'sms',
      link: target,
    })
  })

  test('is pressed by nobody when a program looks at it', async () => {
    const path = linkIn(channel.handed[1]?.text ?? '')
    const looks = [
      press(path, { 'user-agent': 'facebookexternalhit/1.1' }),
      press(path, { ...phone, 'sec-purpose': 'prefetch' }),
      press(path, phone, 'HEAD'),
    ]
    for (const look of await Promise.all(looks)) expect(look.statusCode).toBe(302)
    await vi.waitFor(async () => expect(await linksOf('m2')).toEqual([{ target, clicks: 0, robots: 3 }]))
    expect(ending('m2')).toBe('press')
  })

  test('goes with the person', async () => {
    const path = linkIn(channel.handed[2]?.text ?? '')
    expect((await server.ask('POST', '/erasures', { customerIds: ['m3'] })).status).toBeLessThan(300)
    expect((await press(path)).statusCode).toBe(404)
    expect(
      server.db.sqlite.prepare('select count(*) from links where customer_id = ?').pluck().get('m3'),
    ).toBe(0)
  })

  test('is left out where a message says so', async () => {
    await publishJourney(server, telling('plain', { ...sms, track: false }))
    await server.ask('POST', '/journeys/plain/enter', { customerIds: ['m5'] })
    expect(channel.handed.at(-1)?.text).toContain(target)
  })

  test('is measured as the brand adds to it, and ends on its last day', async () => {
    const content = {
      ...{ key: 'fair', name: name('Fair'), kind: 'link' },
      default: {
        link: 'https://shop.example/fair',
        label: name('Fair'),
        until: '2026-08-11',
        after: 'https://shop.example/over',
      },
    }
    await server.ask('PUT', '/contents/fair', { content, revision: null })
    const brand = server.own.brand()
    writeBrand(server.db, {
      ...settingsOf(brand),
      links: { ...brand.links, utm: { source: 'magpie', medium: '{channel}', campaign: '{journey}' } },
    })
    await server.own.reconfigure('brand')
    await publishJourney(
      server,
      telling('ends', { channel: 'sms', text: { en: 'Come to {{ content.fair.link }} now' } }),
    )
    await server.ask('POST', '/journeys/ends/enter', { customerIds: ['m2'] })
    const path = linkIn(channel.handed.at(-1)?.text ?? '')
    expect((await press(path)).headers.location).toBe(
      'https://shop.example/fair?utm_source=magpie&utm_medium=sms&utm_campaign=ends',
    )
    await server.ask('POST', '/clock/advance', { to: startAt + 2 * 86_400_000 })
    expect((await press(path)).headers.location).toBe('https://shop.example/over')
  })

  test('that is guessed leads to a plain page, and whoever guesses is held back', async () => {
    const lost = await press('/l/AAAAAAAAAAA')
    expect(lost.statusCode).toBe(404)
    expect(lost.headers['content-type']).toContain('text/html')
    expect(lost.body).toContain('这个链接不存在')
    expect((await press('/l/..%2f..%2fetc')).statusCode).toBe(404)
    const codes = Array.from({ length: 40 }, (_, index) => `/l/B${String(index).padStart(10, '0')}`)
    const statuses: number[] = []
    for (const code of codes) statuses.push((await press(code)).statusCode)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5)
    // Whoever has a true one is led on all the same.
    expect((await press(linkIn(channel.handed[1]?.text ?? ''))).statusCode).toBe(302)
  })

  test('to a script is refused when it is written', async () => {
    const card = { kind: 'link', url: 'javascript:alert(1)', title: name('X') }
    const made = await server.ask<{ journey: Journey; revision: number }>('POST', '/journeys', {
      file: JSON.stringify(telling('script', { channel: 'in_app', text: { en: 'X' }, attachments: [card] })),
    })
    const { journey, revision } = made.body
    expectProblem(
      await server.ask('POST', `/journeys/${journey.id}/publish`, { revision }),
      422,
      'journey-has-errors',
    )
  })

  test('e-mails lead by short links, and are noticed when they are opened, by Apple’s programs as arrived alone', async () => {
    const config = {
      channel: 'email',
      subject: { en: 'A gift' },
      text: { en: '<p>Your <a href="https://shop.example/mail">gift</a></p>' },
    }
    await publishJourney(server, telling('mail', config))
    await server.ask('POST', '/journeys/mail/enter', { customerIds: ['m1', 'm2'] })
    const [first, second] = mail.handed.map(({ html }) => html ?? '')
    expect(first).toMatch(/href="https:\/\/m\.example\/l\/[\w-]{11}"/)
    const dotIn = (html: string | undefined) =>
      /src="https:\/\/m\.example(\/o\/[\w.-]+\.gif)"/.exec(html ?? '')?.[1] ?? ''
    const got = await press(dotIn(first))
    expect([got.statusCode, got.headers['content-type']]).toEqual([200, 'image/gif'])
    await press(dotIn(second), { 'user-agent': 'Mozilla/5.0' })
    await press(`${dotIn(second).slice(0, -6)}xx.gif`)
    const receipts = async (customer: string) =>
      (
        await server.ask<MessageList>('GET', `/messages?customer=${customer}&journey=mail`)
      ).body.messages[0]?.receipts.map(({ kind }) => kind)
    await vi.waitFor(async () => expect(await receipts('m1')).toEqual(['opened']))
    await vi.waitFor(async () => expect(await receipts('m2')).toEqual(['delivered']))
  })
})
