import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AudienceUse } from '../../../shared/api/customers.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp({ mode: 'live' })
})
afterEach(() => server.close())

const provider = { url: 'https://sms.example.com/send', secret: 'a secret of twenty letters' }
const usesOf = async (path: string) =>
  (await server.ask<{ uses: AudienceUse[] }>('GET', path)).body.uses.map(
    ({ kind, id, state, node, field }) => ({ kind, id, state, node, field }),
  )
const lastAudit = async () =>
  (await server.ask<{ entries: { action: string; detail: unknown }[] }>('GET', '/audit?limit=1')).body
    .entries[0]

/** Fills the list `met` with whoever is put in by hand. */
function filling(): Journey {
  const journey = giftJourney()
  return {
    ...journey,
    id: 'fill',
    nodes: {
      picked: journey.nodes.picked as Journey['nodes'][string],
      keep: { type: 'save_audience', name: { en: 'Keep' }, config: { audience: 'met', name: { en: 'Met' } } },
      done: journey.nodes.done as Journey['nodes'][string],
    },
    edges: { picked: { entered: 'keep' }, keep: { done: 'done' } },
  }
}

describe('where something is used', () => {
  test.each([
    ['channel/sms', 'greet', 'channel'],
    ['event/order', 'buyers', 'audience'],
  ])('%s: the draft and what runs of it, node by node', async (path, node, field) => {
    await publishJourney(server)
    const found = await usesOf(`/uses/${path}`)
    expect(found).toContainEqual({ kind: 'journey', id: 'gift', state: 'running', node, field })
    expect(found).toContainEqual({ kind: 'journey', id: 'gift', state: 'draft', node, field })
  })

  test('an attribute: in a text that says it, and in an audience', async () => {
    const journey = giftJourney('{{ customer.tier | default: "会员" }}，您好')
    await publishJourney(server, { ...journey, variables: { 'customer.tier': {} } })
    await server.ask('POST', '/audiences', {
      ...{ key: 'gold', name: { en: 'Gold' } },
      condition: { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' },
    })
    const found = await usesOf('/uses/attribute/tier')
    expect(found).toContainEqual({
      ...{ kind: 'audience', id: 'gold', state: 'running' },
      ...{ node: null, field: 'condition' },
    })
    expect(found).toContainEqual(
      expect.objectContaining({ node: 'greet', field: 'text.zh-CN', state: 'running' }),
    )
  })

  test('what nobody names is used nowhere, and a kind that there is not is refused', async () => {
    await publishJourney(server)
    expect(await usesOf('/uses/tag/vip')).toEqual([])
    expect((await server.ask('GET', '/uses/template/vip')).status).toBe(400)
  })
})

describe('a channel that running journeys send by', () => {
  beforeEach(async () => {
    expect((await server.ask('PUT', '/settings/channels/sms', provider)).status).toBe(200)
    await publishJourney(server)
  })
  const isSet = () => server.db.sqlite.prepare(`select value from meta where key = 'channels'`).pluck().get()

  test('is not taken away without seeing them', async () => {
    const refused = await server.ask('DELETE', '/settings/channels/sms')
    expectProblem(refused, 409, 'channel-in-use')
    expect(refused.body).toMatchObject({
      uses: [{ id: 'gift', version: 1, node: 'greet', state: 'running' }],
    })
    expect(isSet()).toContain('sms.example.com')
  })

  test('is taken away all the same where that is meant, and the log says who used it', async () => {
    const path = '/settings/channels/sms?running=keep-waiting'
    expect((await server.ask('DELETE', path)).status).toBe(204)
    expect(isSet()).not.toContain('sms.example.com')
    expect(await lastAudit()).toMatchObject({ action: 'channel.removed', detail: { usedBy: 'gift' } })
  })

  test('goes at once when nothing runs any more', async () => {
    await server.ask('POST', '/journeys/gift/stop')
    expect((await server.ask('DELETE', '/settings/channels/sms')).status).toBe(204)
  })
})

describe('a journey whose list is used elsewhere', () => {
  beforeEach(async () => {
    const { id } = await publishJourney(server, filling())
    await server.ask('POST', `/journeys/${id}/stop`)
    await server.ask('POST', '/audiences', {
      ...{ key: 'not-met', name: { en: 'Not met' } },
      condition: { kind: 'audience', audience: 'met', member: false },
    })
  })

  test('is not deleted without seeing where', async () => {
    const refused = await server.ask('DELETE', '/journeys/fill')
    expectProblem(refused, 409, 'journey-in-use')
    expect(refused.body).toMatchObject({ uses: [{ kind: 'audience', id: 'not-met' }] })
    expect(await usesOf('/journeys/fill/uses')).toMatchObject([{ kind: 'audience', id: 'not-met' }])
  })

  test('is deleted all the same where that is meant; the list stays, and the log says who used it', async () => {
    expect((await server.ask('DELETE', '/journeys/fill?lists=keep')).status).toBe(204)
    expect((await server.ask('GET', '/audiences')).body).toMatchObject({
      audiences: expect.arrayContaining([expect.objectContaining({ key: 'met' })]),
    })
    expect(await lastAudit()).toMatchObject({ action: 'journey.removed', detail: { usedBy: 'not-met' } })
  })

  test('that only fills it goes at once', async () => {
    await server.ask('DELETE', '/audiences/not-met')
    expect((await server.ask('DELETE', '/journeys/fill')).status).toBe(204)
  })
})

describe('a journey that others ask about or follow', () => {
  const asking = {
    ...{ kind: 'events', event: '$message_sent', op: 'gte', value: 1, window: { kind: 'ever' } },
    where: [{ property: 'journey_id', op: 'eq', value: 'gift' }],
  }
  beforeEach(async () => {
    await publishJourney(server, giftJourney())
    await server.ask('POST', '/journeys/gift/stop')
    await server.ask('POST', '/audiences', { key: 'given', name: { en: 'Given' }, condition: asking })
    const { body } = await server.ask<{ journey: Journey }>('POST', '/journeys', { name: { en: 'After' } })
    const after = {
      ...body.journey,
      nodes: {
        in: { type: 'from_journey', name: { en: 'In' }, config: { journey: 'gift', on: 'left' } },
        out: { type: 'exit', name: { en: 'Out' }, config: {} },
      },
      edges: { in: { entered: 'out' } },
    }
    await server.ask('PUT', `/journeys/${body.journey.id}/draft`, { journey: after, revision: 1 })
  })

  test('is not deleted without seeing where; all that names it is listed', async () => {
    const refused = await server.ask('DELETE', '/journeys/gift')
    expectProblem(refused, 409, 'journey-in-use')
    const listed = [
      { kind: 'journey', state: 'draft', node: 'in', field: 'journey' },
      { kind: 'audience', id: 'given', field: 'condition' },
    ]
    expect(refused.body).toMatchObject({ uses: listed })
    expect(await usesOf('/uses/journey/gift')).toMatchObject(listed)
    expect((await server.ask('DELETE', '/journeys/gift?lists=keep')).status).toBe(204)
  })

  test('goes by an id of its own when it is read in again, and asks of itself', async () => {
    const { body } = await server.ask<{ journey: Journey }>('GET', '/journeys/gift')
    const own = { ...body.journey, settings: { ...body.journey.settings, exitWhen: [] } }
    const withGoal = {
      ...own,
      settings: { ...own.settings, exitWhen: [{ event: 'message_opened', where: asking.where }] },
    }
    const read = await server.ask<{ journey: Journey }>('POST', '/journeys', {
      file: JSON.stringify(withGoal),
    })
    const { id, settings } = read.body.journey
    expect(id).not.toBe('gift')
    expect(settings.exitWhen).toMatchObject([{ where: [{ property: 'journey_id', value: id }] }])
  })
})

describe('what is published although it names what nobody has', () => {
  const excluding = (when: unknown): Journey => {
    const journey = giftJourney()
    const { buyers } = journey.nodes
    if (buyers === undefined) throw new Error('the journey has lost its buyers')
    const config = { ...buyers.config, audience: when as Journey['nodes'][string]['config'][string] }
    return { ...journey, nodes: { ...journey.nodes, buyers: { ...buyers, config } } }
  }

  test.each([
    ['attribute-unknown', { kind: 'attribute', name: 'teir', op: 'eq', value: 'gold' }],
    ['tag-unknown', { kind: 'tag', tag: 'vpi' }],
    ['event-unknown', { kind: 'events', event: 'visted', op: 'gt', value: 0 }],
    ['staff-unknown', { kind: 'attribute', name: 'owner', op: 'eq', value: '1007' }],
    ['exclusion-unknown', { kind: 'not', of: { kind: 'tag', tag: 'no-mail' } }],
  ])('is told so, in the check and in the answer: %s', async (code, when) => {
    const made = await server.ask<{ journey: Journey; revision: number }>('POST', '/journeys', {
      file: JSON.stringify(excluding(when)),
    })
    const { id } = made.body.journey
    const told = expect.objectContaining({ code, severity: 'warning', node: 'buyers' })
    expect((await server.ask('POST', `/journeys/${id}/check`)).body).toMatchObject({
      ok: true,
      diagnostics: expect.arrayContaining([told]),
    })
    const { revision } = made.body
    expect((await server.ask('POST', `/journeys/${id}/publish`, { revision })).body).toMatchObject({
      diagnostics: expect.arrayContaining([told]),
    })
  })

  test('nothing is told of a tag that another journey gives', async () => {
    const giving = filling()
    const give = { type: 'tag', name: { en: 'Tag' }, config: { add: ['vip'], remove: [] } }
    await server.ask('POST', '/journeys', {
      file: JSON.stringify({ ...giving, id: 'giving', nodes: { ...giving.nodes, keep: give } }),
    })
    const made = await server.ask<{ journey: Journey }>('POST', '/journeys', {
      file: JSON.stringify(excluding({ kind: 'tag', tag: 'vip' })),
    })
    const { body } = await server.ask<{ diagnostics: { code: string }[] }>(
      'POST',
      `/journeys/${made.body.journey.id}/check`,
    )
    expect(body.diagnostics.map(({ code }) => code)).not.toContain('tag-unknown')
  })
})

test('the brand’s decisions name no channel that there is not', async () => {
  const brand = server.own.brand()
  const caps = [{ channel: 'smss', messages: 1, days: 1 }]
  const refused = await server.ask('PUT', '/settings/brand', { ...brand, caps })
  expectProblem(refused, 400, 'invalid-request')
  expect(refused.body).toMatchObject({ place: 'caps.0.channel' })
  expect((await server.ask('PUT', '/settings/brand', { ...brand, rates: { smss: 1 } })).status).toBe(400)
})
