import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type {
  ContentAnswer,
  ContentCounts,
  ContentPreview,
  KeptContent,
} from '../../../shared/api/contents.ts'
import type { AudienceUse, CustomerAnswer } from '../../../shared/api/customers.ts'
import type { messageList } from '../../../shared/api/messages.ts'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { scratchBase } from '../../brand/scratch-base.ts'
import { rehearse } from '../../rehearsal/index.ts'
import { rehearsalPorts } from '../../store/sqlite/rehearsal.ts'
import { fakeChannel } from '../fake-channel.ts'
import { expectProblem, openTestApp, publishJourney, type TestApp } from './harness.ts'

type MessageList = z.output<typeof messageList>

const name = (en: string) => ({ en })
const showing = (id: string, text: string): Journey =>
  journeySchema.parse({
    ...{ format: 1, id, name: name(id) },
    nodes: {
      picked: { type: 'manual', name: name('Picked'), config: {} },
      tell: { type: 'send', name: name('Tell'), config: { channel: 'sms', text: { 'zh-CN': text } } },
      done: { type: 'exit', name: name('Done'), config: {} },
    },
    edges: { picked: { entered: 'tell' }, tell: { sent: 'done', not_sent: 'done' } },
  })

const text = (zh: string) => ({ text: { 'zh-CN': zh } })
const greeting = {
  ...{ key: 'greeting', name: name('Greeting'), kind: 'text', default: text('{{ customer.name }}，您好') },
  variants: [{ id: 'gold', labels: { tier: ['gold'] }, body: text('尊贵的{{ customer.name }}') }],
}

describe('the library of contents', () => {
  let server: TestApp
  beforeAll(async () => {
    server = await openTestApp({ brand: { channels: () => new Map([['sms', fakeChannel('sms')]]) } })
  })
  afterAll(() => server.close())

  const put = <T = ContentAnswer>(content: Record<string, unknown>, revision: number | null = null) =>
    server.ask<T>('PUT', `/contents/${String(content.key)}`, { content, revision })
  const messageTo = (id: string) =>
    server.db.sqlite
      .prepare<[string], string>('select body from messages where customer_id = ? order by id desc')
      .pluck()
      .get(id)

  test('is empty at first, and keeps what is made in it', async () => {
    expect((await server.ask('GET', '/contents')).body).toEqual({ contents: [] })
    expect((await put(greeting)).body).toMatchObject({
      revision: 1,
      content: { key: 'greeting' },
      findings: [],
    })
    const { contents } = (await server.ask<{ contents: KeptContent[] }>('GET', '/contents')).body
    expect(contents.map(({ content }) => content.key)).toEqual(['greeting'])
    expectProblem(await server.ask('GET', '/contents/nothing'), 404, 'not-found')
  })

  test('says who is shown which variant, of one that is not saved too', async () => {
    const counted = await server.ask<ContentCounts>('POST', '/contents/count', { content: greeting })
    expect(counted.body).toEqual({
      of: 6,
      variants: [
        { variant: 'gold', count: 2 },
        { variant: 'default', count: 4 },
      ],
    })
  })

  test('shows a content as one customer would get it, and why, from one to the next', async () => {
    const shown = async (customerId: string | null, move = 'none') =>
      (await server.ask<ContentPreview>('POST', '/contents/preview', { content: greeting, customerId, move }))
        .body
    expect(await shown('m1')).toEqual({
      customer: { id: 'm1', name: '会员1' },
      labels: { tier: 'gold' },
      chosen: { key: 'greeting', variant: 'gold', why: { code: 'labels', matched: { tier: 'gold' } } },
      shown: [{ path: 'content.greeting', text: '尊贵的会员1' }],
      problems: [],
    })
    expect(await shown('m2', 'next')).toMatchObject({
      customer: { id: 'm3' },
      chosen: { variant: 'default' },
    })
    // Somebody without a name is told of, as the message would be.
    expect((await shown('m6')).problems).toMatchObject([{ code: 'missing-value' }])
    expectProblem(
      await server.ask('POST', '/contents/preview', { content: greeting, customerId: 'nobody' }),
      ...([422, 'unknown-customer'] as const),
    )
  })

  test('stands in a message as preview and rehearsal say; the story tells which variant, and why', async () => {
    const journey = showing('shown', '{{ content.greeting }}，请看')
    const asked = { journey, customerId: 'm1' }
    const { messages } = (await server.ask<PreviewAnswer>('POST', '/preview', asked)).body
    expect(messages[0]).toMatchObject({ ok: true, used: { 'content.greeting': '尊贵的会员1' } })
    const told = await rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
      ...{ journey, brand: server.own.brand(), start: server.own.now(), until: null, assume: 'backtest' },
      ...{ controlGroup: true, people: { customers: ['m1', 'm3', 'm6'] } },
    })
    expect(told.nodes.tell).toMatchObject({ sent: 2 })
    await publishJourney(server, journey)
    await server.ask('POST', '/journeys/shown/enter', { customerIds: ['m1', 'm3'] })
    expect(messageTo('m1')).toBe(messages[0]?.text)
    expect(messageTo('m3')).toContain('会员3，您好，请看')
    const { timeline } = (await server.ask<CustomerAnswer>('GET', '/customers/m1')).body
    expect(timeline.find(({ reason }) => reason?.code === 'sent')?.reason?.contents).toEqual([
      { key: 'greeting', variant: 'gold', why: { code: 'labels', matched: { tier: 'gold' } } },
    ])
  })

  test('is told of with each message that shows it, with the variant and why', async () => {
    const { messages } = (await server.ask<MessageList>('GET', '/messages?journey=shown')).body
    const told = messages.map(({ customerId, shown }) => [customerId, shown.contents])
    expect(Object.fromEntries(told)).toEqual({
      m1: [{ key: 'greeting', variant: 'gold', why: { code: 'labels', matched: { tier: 'gold' } } }],
      m3: [{ key: 'greeting', variant: 'default', why: { code: 'default' } }],
    })
    expect(messages.map(({ shown }) => shown.picked)).toEqual([[], []])
  })

  test('shows what was changed in messages from then on, and leaves those that were sent', async () => {
    const changed = { ...greeting, default: text('{{ customer.name }}，新的问候') }
    expect((await put(changed, 1)).body).toMatchObject({ revision: 2 })
    const before = messageTo('m3')
    await server.ask('POST', '/journeys/shown/enter', { customerIds: ['m4'] })
    expect(messageTo('m4')).toContain('会员4，新的问候，请看')
    expect(messageTo('m3')).toBe(before)
  })

  test('refuses a change of what was changed meanwhile, a key that is taken, and another kind', async () => {
    expectProblem(await put<unknown>(greeting, 1), 409, 'content-stale')
    expectProblem(await put<unknown>(greeting), 409, 'content-exists')
    const link = {
      ...greeting,
      kind: 'link',
      default: { link: 'https://a.example/', label: name('A') },
      variants: [],
    }
    expectProblem(await put<unknown>(link, 2), 422, 'content-kind-fixed')
    expectProblem(await put<unknown>({ ...greeting, key: 'other' }, 2), 404, 'not-found')
    expectProblem(
      await server.ask('PUT', '/contents/other', { content: greeting, revision: 2 }),
      ...([400, 'invalid-request'] as const),
    )
  })

  test.each<[string, object, number, string]>([
    ['a text that cannot be read', text('{{ customer.name'), 422, 'content-unreadable'],
    ['a content that there is not', text('{{ content.nothing }}'), 422, 'content-lost'],
    ['itself', text('{{ content.broken }}'), 422, 'content-circle'],
    ['no text', { text: { en: ' ' } }, 400, 'invalid-request'],
  ])('refuses %s', async (_, body, status, code) => {
    const content = { key: 'broken', name: name('Broken'), kind: 'text', default: body }
    expectProblem(await put<unknown>(content), status, code)
  })

  test.each<[string, object, string[]]>([
    ['image', { image: 'https://img.example/a.png', alt: name('A') }, ['https://img.example/a.png', 'A']],
    ['link', { link: 'https://shop.example/', label: name('Shop') }, ['https://shop.example/', 'Shop']],
    ['offer', { name: name('Gift'), code: 'G20', value: 2_000, until: '2026-12-31' }, ['Gift', 'G20', '¥20']],
  ])('keeps and shows a content of the kind %s', async (kind, body, parts) => {
    const content = { key: `kind_${kind}`, name: name(kind), kind, default: body }
    const made = await put(content)
    expect([made.status, made.body.content?.default]).toEqual([200, expect.objectContaining(body)])
    const asked = { content: made.body.content, customerId: 'm1' }
    const { shown } = (await server.ask<ContentPreview>('POST', '/contents/preview', asked)).body
    expect(shown.map((one) => one.text).slice(0, parts.length)).toEqual(parts)
    expect((await server.ask('GET', `/contents/kind_${kind}`)).body).toMatchObject({ revision: 1 })
    expect((await server.ask('DELETE', `/contents/kind_${kind}`)).status).toBe(204)
  })

  test('refuses what leads nowhere safe, and labels that ask nothing', async () => {
    const picture = { key: 'pic', name: name('Pic'), kind: 'image' }
    const body = { image: 'http://img.example/a.png', alt: name('A') }
    expectProblem(await put<unknown>({ ...picture, default: body }), 400, 'invalid-request')
    const bare = { ...greeting, key: 'bare', variants: [{ id: 'a', labels: {}, body: text('a') }] }
    const refused = await put<{ detail: string }>(bare)
    expectProblem(refused, 400, 'invalid-request')
  })

  test('keeps what a journey or another content shows, and names them', async () => {
    await put({
      ...greeting,
      key: 'around',
      default: text('{{ content.greeting }}！'),
      variants: [],
    })
    const { uses } = (await server.ask<{ uses: AudienceUse[] }>('GET', '/contents/greeting/uses')).body
    expect(uses.map(({ kind, id, state }) => `${kind} ${id} ${state}`)).toEqual([
      'journey shown running',
      'journey shown draft',
      'content around running',
    ])
    const refused = await server.ask<{ uses: AudienceUse[]; detail: string }>('DELETE', '/contents/greeting')
    expectProblem(refused, 409, 'content-in-use')
    expect(refused.body.uses).toEqual(uses)
    expect((await server.ask('DELETE', '/contents/around')).status).toBe(204)
    expectProblem(await server.ask('DELETE', '/contents/around'), 404, 'not-found')
  })

  test('outlives a change of the brand’s settings, which do not tell of it', async () => {
    const settings = (await server.ask<Record<string, unknown>>('GET', '/settings/brand')).body
    expect(settings).not.toHaveProperty('contents')
    const saved = await server.ask('PUT', '/settings/brand', { ...settings, signature: '新签名' })
    expect(saved.body).not.toHaveProperty('contents')
    await server.restart()
    await server.ask('POST', '/journeys/shown/enter', { customerIds: ['m5'] })
    expect(messageTo('m5')).toContain('会员5，新的问候')
  })

  test('goes by the attribute that the brand has chosen for a label', async () => {
    const settings = (await server.ask<Record<string, object>>('GET', '/settings/brand')).body
    await server.ask('PUT', '/settings/brand', { ...settings, labels: { ...settings.labels, tier: 'city' } })
    const counted = await server.ask<ContentCounts>('POST', '/contents/count', { content: greeting })
    expect(counted.body.variants).toEqual([
      { variant: 'gold', count: 0 },
      { variant: 'default', count: 6 },
    ])
    await server.ask('PUT', '/settings/brand', settings)
  })

  test('a journey that shows what there is not is not published, and says what is missing', async () => {
    const journey = showing('foreign', '{{ content.elsewhere }}您好')
    await server.ask('POST', '/journeys', { file: JSON.stringify(journey) })
    const checked = await server.ask<{ ok: boolean; diagnostics: object[] }>(
      'POST',
      '/journeys/foreign/check',
    )
    expect(checked.body.ok).toBe(false)
    expect(checked.body.diagnostics).toMatchObject([
      { code: 'content-unknown', node: 'tell', field: 'text.zh-CN' },
    ])
  })
})
