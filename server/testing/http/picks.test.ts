import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import type { CustomerPicks, PickStanding } from '../../../shared/api/picks.ts'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import { compile } from '../../../shared/compile/index.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { scratchBase } from '../../brand/scratch-base.ts'
import { fitPicks } from '../../picks/fit.ts'
import { rehearse } from '../../rehearsal/index.ts'
import { pickStore } from '../../store/sqlite/picks/store.ts'
import { rehearsalPorts } from '../../store/sqlite/rehearsal.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { fakeChannel } from '../fake-channel.ts'
import { memberOf } from '../members.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

const dayMs = 86_400_000
const name = (en: string) => ({ en })

const showing = (text: string): Journey =>
  journeySchema.parse({
    format: 1,
    id: 'shown',
    name: name('Shown'),
    nodes: {
      picked: { type: 'manual', name: name('Picked'), config: {} },
      tell: {
        type: 'send',
        name: name('Tell'),
        config: { channel: 'sms', text: { 'zh-CN': text, en: text } },
      },
      done: { type: 'exit', name: name('Done'), config: {} },
    },
    edges: { picked: { entered: 'tell' }, tell: { sent: 'done', not_sent: 'done' } },
  })

const text =
  '{% if picks.size > 0 %}{{ picks[0].name }} {{ picks[0].price | money }}，{{ picks[0].reason }}{% else %}看看新品{% endif %}'

const sms = (en: string, words: string) => ({
  ...{ type: 'send', name: name(en) },
  config: { channel: 'sms', text: { 'zh-CN': words, en: words } },
})

/** Sends those whom tea ware would be picked for first another way than the rest. */
const parted: Journey = journeySchema.parse({
  ...{ format: 1, id: 'parted', name: name('Parted') },
  nodes: {
    picked: { type: 'manual', name: name('Picked'), config: {} },
    ask: {
      ...{ type: 'branch', name: name('Ask') },
      config: {
        branches: [
          {
            ...{ id: 'ware', name: name('Ware') },
            when: { kind: 'picks', where: [{ field: 'category', op: 'eq', value: '茶具' }], first: 1 },
          },
        ],
      },
    },
    ware: sms('Ware', '新到茶具，欢迎来看'),
    news: sms('News', '本周上新，欢迎来看'),
    done: { type: 'exit', name: name('Done'), config: {} },
  },
  edges: {
    picked: { entered: 'ask' },
    ask: { ware: 'ware', otherwise: 'news' },
    ware: { sent: 'done', not_sent: 'done' },
    news: { sent: 'done', not_sent: 'done' },
  },
})

/** Lets in who looks at a page and would be shown the cup. */
const byEvent: Journey = journeySchema.parse({
  ...{ format: 1, id: 'looked', name: name('Looked') },
  nodes: {
    looked: {
      ...{ type: 'event', name: name('Looked') },
      config: {
        filter: { event: 'page_view' },
        audience: { kind: 'picks', where: [{ field: 'sku', op: 'in', value: ['CUP'] }] },
      },
    },
    done: { type: 'exit', name: name('Done'), config: {} },
  },
  edges: { looked: { entered: 'done' } },
})

describe('products picked for a customer', () => {
  let server: TestApp

  beforeAll(async () => {
    server = await openTestApp({ brand: { channels: () => new Map([['sms', fakeChannel('sms')]]) } })
    const good = (id: string, title: string, more: object = {}) => ({
      ...{ id, title, price: 5_900, stock: 10, category: '茶' },
      ...more,
    })
    await server.ask('POST', '/products', [
      good('TEA', '龙井'),
      good('POT', '紫砂壶', { price: 6_900, category: '茶具' }),
      good('CUP', '盖碗', { price: 6_500, category: '茶具', stock: 0 }),
      good('SOAP', '香皂', { price: 1_900, category: '日用' }),
    ])
    const ids = Array.from({ length: 90 }, (_, place) => `b${place}`)
    addCustomers(
      server.db,
      [...ids, 'x1'].map((id, place) => memberOf(id, 300 + place)),
      startAt,
    )
    const order = (customerId: string, id: string, daysAgo: number, ...skus: string[]) => ({
      ...{ id, customerId, at: startAt - daysAgo * dayMs, amount: 9_900 },
      lines: skus.map((sku) => ({ sku, quantity: 1, price: 5_900 })),
    })
    // Two in three drink tea, and buy a pot with it; the others wash.
    const orders = ids.flatMap((id, place) =>
      place % 3 === 2
        ? [order(id, `${id}-1`, 90, 'SOAP'), order(id, `${id}-2`, 40, 'SOAP')]
        : [order(id, `${id}-1`, 90, 'TEA', 'CUP'), order(id, `${id}-2`, 40, 'POT')],
    )
    await server.ask('POST', '/orders', orders)
    await server.ask('POST', '/orders', [order('x1', 'mine', 50, 'TEA')])
  })
  afterAll(() => server.close())

  const standing = async () => (await server.ask<PickStanding>('GET', '/picks')).body.last
  const picksOf = async (id: string) =>
    (await server.ask<CustomerPicks>('GET', `/customers/${id}/picks`)).body.picks
  const messageTo = (id: string) =>
    server.db.sqlite
      .prepare<[string], string>('select body from messages where customer_id = ? order by id desc')
      .pluck()
      .get(id)

  test('are none before anything was counted, of whoever has bought nothing', async () => {
    expect(await standing()).toBeNull()
    expect(await picksOf('m2')).toEqual([])
    expectProblem(await server.ask('GET', '/customers/nobody/picks'), 404, 'not-found')
  })

  test('are what buyers of the same bought too, in stock and not bought just now, each with its reason', async () => {
    await fitPicks(scratchBase(server.db), pickStore(server.db), startAt)
    expect(await standing()).toMatchObject({ buyers: 94, goods: 5, at: startAt })
    const [first, ...others] = await picksOf('x1')
    expect(first).toMatchObject({
      ...{ id: 'POT', title: '紫砂壶', price: 6_900, why: 'together' },
      reason: { 'zh-CN': '买过“龙井”的人也常买', en: 'Often bought with 龙井' },
    })
    expect(others.map(({ id }) => id)).not.toContain('CUP')
    await server.ask('POST', '/orders', [
      {
        id: 'pot',
        customerId: 'x1',
        at: startAt - dayMs,
        amount: 6_900,
        lines: [{ sku: 'POT', quantity: 1 }],
      },
    ])
    expect((await picksOf('x1')).map(({ id }) => id)).not.toContain('POT')
    await server.ask('POST', '/products', [{ id: 'CUP', stock: 3 }])
    expect((await picksOf('x1'))[0]).toMatchObject({ id: 'CUP', why: 'together' })
  })

  test('stand in a message as its preview and its rehearsal say, and the story tells why', async () => {
    const journey = showing(text)
    const { messages } = (await server.ask<PreviewAnswer>('POST', '/preview', { journey, customerId: 'x1' }))
      .body
    const told = await rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
      ...{ journey: showing('{{ picks[0].name }}，请看'), brand: server.own.brand() },
      ...{
        start: server.own.now(),
        until: null,
        assume: 'backtest',
        controlGroup: true,
        people: { customers: ['x1', 'b2'] },
      },
    })
    expect(told.nodes.tell).toMatchObject({ sent: 2, suppressed: {} })
    await publishJourney(server, journey)
    await server.ask('POST', '/journeys/shown/enter', { customerIds: ['x1'] })
    expect(messageTo('x1')).toBe(messages[0]?.text)
    expect(messageTo('x1')).toContain('盖碗 ¥65，买过“紫砂壶”的人也常买')
    const { timeline } = (await server.ask<CustomerAnswer>('GET', '/customers/x1')).body
    const step = timeline.find(({ reason }) => reason?.code === 'sent')
    expect(step?.reason?.picked).toMatchObject([
      { id: 'CUP', why: { code: 'together', with: 'POT' } },
      {},
      {},
    ])
  })

  test('are checked by name: what a pick does not have is told before publishing', () => {
    const check = (body: string) => {
      const found = compile(showing(body), {
        registry,
        now: startAt,
        zone: 'Asia/Shanghai',
        publishing: false,
      })
      return found.diagnostics.map(({ code }) => code)
    }
    expect(check('{{ picks[0].nmae | default: "" }}您好')).toContain('unknown-variable')
    expect(check('{{ picks[9].name | default: "" }}您好呀')).toContain('unknown-variable')
    expect(check('{{ picks[1].name }}您好呀呀呀')).toContain('missing-default')
    expect(check('{{ picks[0].price }}您好呀呀呀呀')).toContain('bare-money')
    expect(check('{% for one in picks %}{{ one.name }}{% endfor %}您好')).not.toContain('unknown-variable')
  })

  test('are asked for in a branch and at a trigger: engine, rehearsal and preview decide alike', async () => {
    await server.ask('POST', '/orders', [
      { id: 'b0-tea', customerId: 'b0', at: startAt - dayMs, amount: 5_900, lines: [{ sku: 'TEA' }] },
      { id: 'b2-soap', customerId: 'b2', at: startAt - dayMs, amount: 1_900, lines: [{ sku: 'SOAP' }] },
    ])
    const people = ['x1', 'b0', 'b2']
    const picked = async (id: string) =>
      (await picksOf(id)).slice(0, 1).some(({ category }) => category === '茶具')
    const wanted = await Promise.all(people.map(picked))
    expect(new Set(wanted).size).toBe(2)
    const nodes = wanted.map((yes) => (yes ? 'ware' : 'news'))
    const previewed = await Promise.all(
      people.map(async (customerId) => {
        const asked = { journey: parted, customerId }
        const { messages } = (await server.ask<PreviewAnswer>('POST', '/preview', asked)).body
        return messages.flatMap(({ node, onPath }) => (onPath ? [node] : []))
      }),
    )
    expect(previewed).toEqual(nodes.map((node) => [node]))
    const told = await rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
      ...{ journey: parted, brand: server.own.brand(), start: server.own.now(), until: null },
      ...{ assume: 'backtest', controlGroup: true, people: { customers: people } },
    })
    const ware = wanted.filter((yes) => yes).length
    expect(told.nodes.ask?.ports).toEqual({ ware, otherwise: people.length - ware })
    await publishJourney(server, parted)
    await server.ask('POST', '/journeys/parted/enter', { customerIds: people })
    const sent = server.db.sqlite
      .prepare<[string], string>("select node from messages where customer_id = ? and journey_id = 'parted'")
      .pluck()
    expect(people.map((id) => sent.all(id))).toEqual(nodes.map((node) => [node]))
  })

  test('are asked of whoever does something, at the trigger', async () => {
    await server.ask('POST', '/orders', [
      { id: 'b1-cup', customerId: 'b1', at: startAt - dayMs, amount: 6_500, lines: [{ sku: 'CUP' }] },
    ])
    await publishJourney(server, byEvent)
    const events = ['b1', 'b3'].map((customerId) => ({
      ...{ id: `seen-${customerId}`, customerId, name: 'page_view' },
    }))
    expect((await server.ask('POST', '/events', { events })).status).toBe(200)
    await server.own.engine.tick(server.own.now())
    const entered = server.db.sqlite
      .prepare<[], string>("select customer_id from enrollments where journey_id = 'looked' order by 1")
      .pluck()
      .all()
    const skus = async (id: string) => (await picksOf(id)).map(({ id: sku }) => sku)
    expect(await skus('b3')).toContain('CUP')
    expect(await skus('b1')).not.toContain('CUP')
    expect(entered).toEqual(['b3'])
    const told = await rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
      ...{ journey: { ...byEvent, id: 'again' }, brand: server.own.brand(), until: null },
      ...{ start: startAt - 1, assume: 'backtest', controlGroup: true, people: null },
    })
    expect(told.nodes.looked?.entered).toBe(1)
    const asked = { journey: byEvent, customerId: null }
    const previewed = (await server.ask<PreviewAnswer>('POST', '/preview', asked)).body
    expect(previewed.position).toEqual({ index: 1, of: 2 })
  })

  test('are not asked for where everybody is asked at once, and it is said how that is mended', async () => {
    const condition = { kind: 'not', of: { kind: 'picks', least: 2 } }
    const audience = { key: 'ware', name: name('Ware'), condition }
    const refused = await server.ask('POST', '/audiences', audience)
    expectProblem(refused, 422, 'picks-of-all')
    expect(refused.body).toMatchObject({
      mend: { 'zh-CN': expect.stringContaining('条件分支'), en: expect.stringContaining('branch') },
    })
    expectProblem(await server.ask('POST', '/audiences/count', { condition }), 422, 'picks-of-all')
    await server.ask('POST', '/audiences', { ...audience, condition: { kind: 'tag', tag: 'vip' } })
    expectProblem(await server.ask('PUT', '/audiences/ware', audience), 422, 'picks-of-all')
    const found = (journey: Journey) =>
      compile(journey, { registry, now: startAt, zone: 'Asia/Shanghai', publishing: false }).diagnostics
    const { nodes, ...rest } = parted
    const atTime = journeySchema.parse({
      ...rest,
      nodes: {
        ...nodes,
        picked: {
          ...{ type: 'audience_at', name: name('Picked') },
          config: { at: { kind: 'cron', cron: '0 9 * * *' }, audience: condition },
        },
      },
    })
    expect(found(atTime)).toContainEqual(
      expect.objectContaining({
        code: 'asks-picks-of-all',
        node: 'picked',
        field: 'audience',
        severity: 'error',
      }),
    )
    for (const journey of [parted, byEvent])
      expect(found(journey).map(({ code }) => code)).not.toContain('asks-picks-of-all')
  })
})
