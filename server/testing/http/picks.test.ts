import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import type { CustomerPicks, PickStanding } from '../../../shared/api/picks.ts'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import { compile } from '../../../shared/compile/index.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { scratchBase } from '../../brand/scratch-base.ts'
import { fitPicks } from '../../picks/fit.ts'
import type { AnswerTo, AskedOf } from '../../ports/base.ts'
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
    expect(previewed.position).toEqual({ index: 1, of: 1 })
  })

  const ware = {
    kind: 'picks',
    where: [{ field: 'category', op: 'eq', value: '茶具' }],
    first: 1,
    least: 1,
  } as const
  const everybody = () =>
    server.db.sqlite.prepare<[], string>('select id from customers order by id').pluck().all()
  /** Those for whom tea ware would be picked first at a moment. */
  const forWare = async (now: number) => {
    const shown = await pickStore(server.db).picks(everybody(), { now, rules: server.own.brand().picks })
    return everybody().filter((id) => shown.get(id)?.[0]?.category === '茶具')
  }
  const enteredIn = (journey: string) =>
    server.db.sqlite
      .prepare<[string], string>('select customer_id from enrollments where journey_id = ? order by 1')
      .pluck()
      .all(journey)

  test('are asked of everybody at once: counts, lists and pages tell what would be picked for each', async () => {
    const wanted = await forWare(server.own.now())
    const of = everybody().length
    expect(wanted.length).toBeGreaterThan(10)
    expect(wanted.length).toBeLessThan(of - 10)
    const saved = await server.ask('POST', '/audiences', { key: 'ware', name: name('Ware'), condition: ware })
    expect(saved.status).toBeLessThan(300)
    const count = async (condition: object) =>
      (
        await server.ask<{ count: number; of: number; sample: { id: string }[] }>(
          'POST',
          '/audiences/count',
          { condition },
        )
      ).body
    const counted = await count(ware)
    expect(counted).toMatchObject({ count: wanted.length, of })
    expect(counted.sample.map(({ id }) => id)).toEqual(wanted.slice(0, 12))
    expect((await count({ kind: 'not', of: ware })).count).toBe(of - wanted.length)
    const isIn = { kind: 'audience', audience: 'ware', member: true } as const
    const but = { kind: 'attribute', name: 'customer_id', op: 'ne', value: wanted[0] }
    expect((await count({ kind: 'all', of: [isIn, but] })).count).toBe(wanted.length - 1)
    const listed = await server.ask<{ customers: { id: string }[] }>(
      'GET',
      '/customers?audience=ware&limit=200',
    )
    expect(listed.body.customers.map(({ id }) => id).sort()).toEqual([...wanted].sort())
    const { audiences } = (await server.ask<{ audiences: object[] }>('GET', '/audiences')).body
    expect(audiences).toContainEqual(
      expect.objectContaining({ key: 'ware', size: wanted.length, unknown: false }),
    )
    const base = scratchBase(server.db)
    const paged: string[] = []
    const moment = { now: server.own.now(), zone: 'Asia/Shanghai', anchors: {} }
    for (let after: string | null = null, more = true; more; ) {
      const asked: AskedOf<'page'> = { condition: isIn, moment, after, limit: 7 }
      const { ids, upTo }: AnswerTo<'page'> = await base.ask('page', asked)
      expect(ids.length).toBeLessThanOrEqual(7)
      paged.push(...ids)
      after = upTo
      more = upTo !== null
    }
    expect(paged).toEqual(wanted)
  })

  test('let in by time as a rehearsal says, and tell who leaves an audience for what was bought', async () => {
    const isIn = { kind: 'audience', audience: 'ware', member: true }
    const entering = (id: string, at: object) =>
      journeySchema.parse({
        ...{ format: 1, id, name: name(id) },
        nodes: {
          come: { type: 'audience_at', name: name('Come'), config: { at, audience: isIn } },
          done: { type: 'exit', name: name('Done'), config: {} },
        },
        edges: { come: { entered: 'done' } },
      })
    const daily = entering('daily', { kind: 'cron', cron: '0 9 * * *' })
    const found = compile(daily, { registry, now: startAt, zone: 'Asia/Shanghai', publishing: false })
    expect(found.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    await publishJourney(server, daily)
    const leaving = entering('leaving', { kind: 'leave' })
    await publishJourney(server, leaving)
    await server.own.engine.tick(server.own.now())
    const [left = ''] = await forWare(server.own.now())
    const bought = ['POT', 'CUP'].map((sku) => ({ sku, quantity: 1, price: 6_900 }))
    await server.ask('POST', '/orders', [
      { id: 'both', customerId: left, at: server.own.now(), amount: 13_800, lines: bought },
    ])
    await server.own.engine.tick(server.own.now())
    expect(await forWare(server.own.now())).not.toContain(left)
    expect(enteredIn('leaving')).toEqual([left])
    const next = Date.parse('2026-08-12T09:00:00+08:00')
    const wanted = await forWare(next)
    const told = await rehearse(rehearsalPorts(server.db, scratchBase(server.db)), {
      ...{ journey: { ...daily, id: 'again' }, brand: server.own.brand(), until: next + 1 },
      ...{ start: server.own.now(), assume: 'backtest', controlGroup: true, people: null },
    })
    expect(told.nodes.come?.entered).toBe(wanted.length)
    await server.own.engine.tick(next)
    expect(enteredIn('daily')).toEqual(wanted)
  })
})
