import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Journey } from '../../../shared/journey/graph.ts'
import { markStopped } from '../../store/sqlite/journeys/journeys.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

interface Made {
  journey: Journey
  revision: number
  status: string
  changed: boolean
}

describe('drawing a journey', () => {
  test('begins with an empty canvas, a template, or a file', async () => {
    const empty = await server.ask<Made>('POST', '/journeys', { name: { 'zh-CN': '新旅程', en: 'New one' } })
    expect(empty).toMatchObject({ status: 201, body: { revision: 1, status: 'draft' } })
    expect(empty.body.journey).toMatchObject({ id: 'new-one', nodes: {} })
    const template = await server.ask<Made>('POST', '/journeys', { template: 'qixi-gift-box' })
    expect(template.body.journey.name['zh-CN']).toBe('七夕大礼盒')
    const file = await server.ask<Made>('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    expect(file.body.journey).toEqual(giftJourney())
    const again = await server.ask<Made>('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    expect(again.body.journey.id).toBe('gift-2')
    const list = await server.ask<{ journeys: { id: string }[] }>('GET', '/journeys')
    expect(list.body.journeys.map(({ id }) => id).sort()).toEqual([
      'gift',
      'gift-2',
      'new-one',
      'qixi-gift-box',
    ])
  })

  test('the gallery shows every template, the gift box first', async () => {
    const { body } = await server.ask<{ templates: { id: string; nodes: number }[] }>('GET', '/templates')
    const files = readdirSync('templates').filter((name) => name.endsWith('.journey.json'))
    expect(body.templates).toHaveLength(files.length)
    expect(files.length).toBeGreaterThan(10)
    expect(body.templates[0]).toMatchObject({ id: 'qixi-gift-box' })
  })

  test('is saved over the revision that it was made from, and over no other', async () => {
    await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    const save = { revision: 1, journey: giftJourney('{{ customer.name | default: "朋友" }}，七夕快乐') }
    expect(await server.ask<Made>('PUT', '/journeys/gift/draft', save)).toMatchObject({
      status: 200,
      body: { revision: 2, journey: save.journey },
    })
    const stale = await server.ask('PUT', '/journeys/gift/draft', save)
    expectProblem(stale, 409, 'stale-revision')
    expect(stale.body).toMatchObject({ details: { revision: 1, current: 2 }, place: 'revision' })
  })

  test('a fault in a draft is named with its place and changes nothing', async () => {
    await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    const wrong = { ...giftJourney(), nodes: { greet: { type: 'send', name: {}, config: {} } } }
    const answer = await server.ask('PUT', '/journeys/gift/draft', { revision: 1, journey: wrong })
    expectProblem(answer, 400, 'invalid-request')
    expect(answer.body).toMatchObject({ place: 'journey.nodes.greet.name' })
    const other = await server.ask('PUT', '/journeys/gift/draft', {
      revision: 1,
      journey: { ...giftJourney(), id: 'other' },
    })
    expect(other.body).toMatchObject({ code: 'invalid-request', place: 'journey.id' })
    expect((await server.ask<Made>('GET', '/journeys/gift')).body).toMatchObject({ revision: 1 })
  })

  test('a malformed file, a newer one and an unknown template are refused', async () => {
    const exit = { type: 'exit', name: { en: 'Out' }, config: {} }
    const nodes = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`n${index}`, exit]))
    const large = await server.ask('POST', '/journeys', {
      file: JSON.stringify({ format: 1, id: 'large', name: { en: 'Large' }, nodes }),
    })
    expectProblem(large, 422, 'journey-too-many-nodes')
    expect(large.body).toMatchObject({ details: { nodes: 2001, limit: 2000 }, place: 'nodes' })
    const broken = await server.ask('POST', '/journeys', { file: '{ "format": 1,' })
    expectProblem(broken, 422, 'journey-not-json')
    const newer = await server.ask('POST', '/journeys', {
      file: JSON.stringify({ ...giftJourney(), format: 9 }),
    })
    expectProblem(newer, 422, 'journey-newer')
    expect(newer.body).toMatchObject({ problems: [{ path: 'format' }] })
    expectProblem(await server.ask('POST', '/journeys', { template: 'none' }), 404, 'not-found')
    expect((await server.ask('GET', '/journeys')).body).toEqual({ journeys: [] })
  })

  test('leaves as a file that comes back the same', async () => {
    await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    const file = await server.ask('GET', '/journeys/gift/export')
    expect(file.headers['content-disposition']).toBe('attachment; filename="gift.journey.json"')
    expect(file.text.split('\n').length).toBeGreaterThan(20)
    const back = await server.ask<Made>('POST', '/journeys', { file: file.text })
    expect({ ...back.body.journey, id: 'gift' }).toEqual(giftJourney())
  })

  test('is deleted, and is not found any more', async () => {
    await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    expect((await server.ask('DELETE', '/journeys/gift')).status).toBe(204)
    expectProblem(await server.ask('GET', '/journeys/gift'), 404, 'not-found')
  })
})

describe('publishing', () => {
  test('names what is wrong and changes nothing', async () => {
    const file = JSON.stringify({ ...giftJourney(), edges: {} })
    await server.ask('POST', '/journeys', { file })
    const check = await server.ask<{ ok: boolean }>('POST', '/journeys/gift/check')
    expect(check.body).toMatchObject({ ok: false })
    const refused = await server.ask('POST', '/journeys/gift/publish', { revision: 1 })
    expectProblem(refused, 422, 'journey-has-errors')
    expect(refused.body).toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'dangling-port' })]),
      message: {
        'zh-CN': expect.not.stringMatching(/[a-z]{3} /),
        en: expect.not.stringMatching(/\p{sc=Han}{3}/u),
      },
    })
    expect((await server.ask<Made>('GET', '/journeys/gift')).body).toMatchObject({
      status: 'draft',
      revision: 1,
    })
  })

  test('of two at once one wins and the other is told', async () => {
    await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    const both = await Promise.all(
      [1, 2].map(() => server.ask('POST', '/journeys/gift/publish', { revision: 1 })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const told = both.find(({ status }) => status === 409)
    if (told !== undefined) expectProblem(told, 409, 'stale-revision')
    const versions = await server.ask('GET', '/journeys/gift/versions')
    expect(versions.body).toMatchObject({ versions: [{ number: 1, inFlight: 0 }] })
  })

  test('a second version leaves those under way on the first', async () => {
    const { id, revision } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2'] })
    const changed = {
      ...giftJourney(),
      settings: { ...giftJourney().settings, reentry: { kind: 'after_leaving' } },
    }
    await server.ask('PUT', `/journeys/${id}/draft`, { revision, journey: changed })
    expect((await server.ask('GET', '/journeys')).body).toMatchObject({ journeys: [{ changed: true }] })
    const second = await server.ask('POST', `/journeys/${id}/publish`, { revision: revision + 1 })
    expect(second.body).toMatchObject({ version: 2, onEarlierVersions: 2, revision: revision + 2 })
    expect((await server.ask('GET', `/journeys/${id}/versions`)).body).toMatchObject({
      versions: [
        { number: 2, inFlight: 0, entered: 0 },
        { number: 1, inFlight: 2, entered: 2 },
      ],
    })
    expect((await server.ask('GET', `/journeys/${id}/versions/1`)).body).toMatchObject({
      journey: { settings: { reentry: { kind: 'never' } } },
    })
    expectProblem(await server.ask('GET', `/journeys/${id}/versions/9`), 404, 'not-found')
  })
})

describe('running', () => {
  test('lets customers in by hand, and shows where they stand', async () => {
    const { id } = await publishJourney(server)
    const entered = await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm4', 'm1'] })
    expect(entered.body).toEqual({ entered: 2, refused: 1 })
    const figures = await server.ask('GET', `/journeys/${id}/figures`)
    expect(figures.body).toMatchObject({
      version: null,
      entered: 2,
      inFlight: 2,
      nodes: {
        picked: { in: 2, ports: { entered: 2 } },
        rest: { in: 2, waiting: 2 },
        done: { in: 0, waiting: 0 },
      },
    })
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T11:00:00+08:00') })
    expect((await server.ask('GET', `/journeys/${id}/figures?version=1`)).body).toMatchObject({
      version: 1,
      entered: 4,
      nodes: { greet: { in: 4, sent: 4, delivered: expect.any(Number) }, week: { waiting: 4 } },
    })
    expect((await server.ask('GET', '/journeys')).body).toMatchObject({
      journeys: [{ entered: 4, inFlight: 4, sent: 4, stuck: 0, status: 'live' }],
    })
  })

  test('an unknown customer refuses all, naming the place', async () => {
    const { id } = await publishJourney(server)
    const answer = await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'nobody'] })
    expectProblem(answer, 422, 'unknown-customer')
    expect(answer.body).toMatchObject({ place: 'customerIds.1', details: { customer: 'nobody' } })
    expect((await server.ask('GET', `/journeys/${id}/figures`)).body).toMatchObject({ entered: 0 })
  })

  test('pauses, resumes and stops, and is deleted only then', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2'] })
    expect((await server.ask('POST', `/journeys/${id}/pause`)).body).toEqual({ status: 'paused' })
    expectProblem(await server.ask('POST', `/journeys/${id}/pause`), 409, 'journey-not-live')
    expectProblem(
      await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m3'] }),
      409,
      'journey-not-live',
    )
    expect((await server.ask('POST', `/journeys/${id}/resume`)).body).toEqual({ status: 'live' })
    expectProblem(await server.ask('POST', `/journeys/${id}/resume`), 409, 'journey-not-paused')
    expectProblem(await server.ask('DELETE', `/journeys/${id}`), 409, 'journey-running')
    expect((await server.ask('POST', `/journeys/${id}/stop`)).body).toEqual({ status: 'stopped', left: 2 })
    expect((await server.ask('GET', `/reports/journeys/${id}`)).body).toMatchObject({
      entered: 2,
      ended: 2,
      endings: { stopped: 2 },
    })
    expect((await server.ask('DELETE', `/journeys/${id}`)).status).toBe(204)
  })

  test('a stop that was cut short is finished at the next start', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2'] })
    markStopped(server.db, id, server.own.now())
    await server.restart()
    expect((await server.ask('GET', `/reports/journeys/${id}`)).body).toMatchObject({
      ended: 2,
      endings: { stopped: 2 },
    })
  })

  test('whoever is stuck is listed, and tried again at one press', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    server.db.sqlite
      .prepare(`update enrollments set status = 'stuck', due_at = null, error = 'broken', attempts = 5`)
      .run()
    expect((await server.ask('GET', `/journeys/${id}/stuck`)).body).toMatchObject({
      total: 1,
      stuck: [{ customerId: 'm1', node: 'rest', error: 'broken', attempts: 5 }],
    })
    expect((await server.ask('POST', `/journeys/${id}/retry`)).body).toEqual({ retried: 1 })
    expect((await server.ask('GET', `/journeys/${id}/stuck`)).body).toEqual({ stuck: [], total: 0 })
  })

  test('the report sets the goal against the control group', async () => {
    const journey = giftJourney()
    const half = { ...journey.settings, controlGroup: { percent: 50, salt: 'half' } }
    const { id } = await publishJourney(server, { ...journey, settings: half })
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'] })
    await server.ask('POST', '/clock/advance', { by: 'day' })
    await server.ask('POST', '/events', {
      events: [{ id: 'n1', customerId: 'm1', name: 'order', amount: 8800 }],
    })
    const { body } = await server.ask<{
      goals: { treated: { members: number }; control: { members: number } }[]
      byDay: unknown[]
    }>('GET', `/reports/journeys/${id}`)
    const [goal] = body.goals
    expect((goal?.treated.members ?? 0) + (goal?.control.members ?? 0)).toBe(6)
    expect(goal?.control.members).toBeGreaterThan(0)
    expect(body).toMatchObject({
      entered: 6,
      goals: [{ goal: 'bought', uplift: { difference: expect.any(Number), pValue: expect.any(Number) } }],
      byDay: [{ date: '2026-08-11', entered: 6 }, ...body.byDay.slice(1)],
    })
  })
})

describe('a journey whose draft cannot be read', () => {
  test('is shown so in the list, holds up no other, and can be stopped and deleted', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    await server.ask('POST', '/journeys', { name: { en: 'Another' } })
    server.db.sqlite.prepare(`update journeys set draft = '{"format":1' where id = ?`).run(id)
    const { body } = await server.ask<{ journeys: object[] }>('GET', '/journeys')
    expect(body.journeys).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id, unreadable: true, status: 'live', name: giftJourney().name }),
        expect.objectContaining({ id: 'another', unreadable: false }),
      ]),
    )
    expect((await server.ask('GET', `/journeys/${id}`)).status).toBeGreaterThanOrEqual(400)
    expect((await server.ask('GET', '/journeys/another')).status).toBe(200)
    const audience = {
      key: 'gold',
      name: { en: 'Gold' },
      condition: { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' },
    }
    expect((await server.ask('POST', '/audiences', audience)).status).toBe(201)
    expect((await server.ask('DELETE', '/audiences/gold')).status).toBe(204)
    expect((await server.ask('POST', `/journeys/${id}/stop`)).body).toMatchObject({ status: 'stopped' })
    expect((await server.ask('DELETE', `/journeys/${id}`)).status).toBe(204)
  })
})

describe('the length of names', () => {
  const long = '七'.repeat(121)
  const named = (name: string): Journey => ({ ...giftJourney(), name: { 'zh-CN': name } })

  test('a name that no card could show is refused with its place, by every door', async () => {
    const file = await server.ask('POST', '/journeys', { file: JSON.stringify(named(long)) })
    expectProblem(file, 422, 'name-too-long')
    expect(file.body).toMatchObject({ place: 'name.zh-CN' })
    expectProblem(await server.ask('POST', '/journeys', { name: { en: long } }), 400, 'invalid-request')
    await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    const nodes = Object.fromEntries(
      Object.entries(giftJourney().nodes).map(([id, node]) => [id, { ...node, name: { en: long } }]),
    )
    const draft = { revision: 1, journey: { ...giftJourney(), nodes } }
    expectProblem(await server.ask('PUT', '/journeys/gift/draft', draft), 422, 'name-too-long')
    const condition = { kind: 'tag', tag: 'vip' }
    const audience = await server.ask('POST', '/audiences', { key: 'vip', name: { en: long }, condition })
    expectProblem(audience, 400, 'invalid-request')
  })

  test('of an earlier release it may stay until somebody changes it', async () => {
    await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
    const text = JSON.stringify(named(long))
    server.db.sqlite.prepare("update journeys set draft = ? where id = 'gift'").run(text)
    const kept = await server.ask<Made>('PUT', '/journeys/gift/draft', { revision: 1, journey: named(long) })
    expect(kept).toMatchObject({ status: 200, body: { revision: 2 } })
    const longer = { revision: 2, journey: named(`${long}夕`) }
    expectProblem(await server.ask('PUT', '/journeys/gift/draft', longer), 422, 'name-too-long')
  })
})
