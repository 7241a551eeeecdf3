import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FlightAnswer } from '../../../shared/api/versions.ts'
import type { OpenWork } from '../../../shared/api/work.ts'
import { terminalActor } from '../../../shared/audit/actor.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { publishJourney as publishNow } from '../../journeys/life.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

/** The journey with another wait, another name of it, or without it. */
function changed({ days, name, gone }: { days?: number; name?: string; gone?: boolean }): Journey {
  const journey = giftJourney()
  const { rest, ...others } = journey.nodes
  if (rest === undefined) throw new Error('the journey has no wait')
  const span = { amount: days ?? 3, unit: 'day' }
  const node = {
    ...rest,
    name: name === undefined ? rest.name : { en: name },
    config: days === undefined ? rest.config : { ...rest.config, until: { kind: 'duration', span } },
  }
  if (gone !== true) return { ...journey, nodes: { ...journey.nodes, rest: node } }
  const text = JSON.stringify({ ...journey, nodes: { ...others, pause: node } })
  const { rest: lines, ...edges } = journey.edges
  const renamed: Journey = JSON.parse(text.replaceAll('"entered":"rest"', '"entered":"pause"'))
  const to = Object.fromEntries(
    Object.entries(edges).map(([from, ports]) => [
      from,
      Object.fromEntries(
        Object.entries(ports).map(([port, node]) => [port, node === 'rest' ? 'pause' : node]),
      ),
    ]),
  )
  return { ...renamed, edges: { ...to, ...(lines === undefined ? {} : { pause: lines }) } }
}

/** Two are under way in a first version, and another draft is saved. */
async function withDraft(journey: Journey): Promise<{ id: string; revision: number }> {
  const { id, revision } = await publishJourney(server)
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2'] })
  await server.ask('PUT', `/journeys/${id}/draft`, { revision, journey })
  return { id, revision: revision + 1 }
}

const preview = (id: string, body: object = {}) =>
  server.ask<FlightAnswer>('POST', `/journeys/${id}/publish/preview`, body)

describe('before publishing', () => {
  test('it is shown who stands where, and what becomes of them by what is chosen', async () => {
    const { id } = await withDraft(changed({ days: 5 }))
    const row = { version: 1, node: 'rest', people: 2 }
    expect((await preview(id)).body).toMatchObject({
      version: 2,
      isNew: true,
      changes: [{ version: 1, change: 'structure' }],
      people: [{ ...row, becomes: 'finishes', to: null }],
    })
    expect((await preview(id, { fate: 'move' })).body.people).toMatchObject([
      { ...row, becomes: 'asked', to: 'rest' },
    ])
    expect((await preview(id, { fate: 'leave' })).body.people).toMatchObject([{ ...row, becomes: 'leaves' }])
    const there = { fate: 'move', mapping: { rest: 'done' } }
    expect((await preview(id, there)).body.people).toMatchObject([{ ...row, becomes: 'enters', to: 'done' }])
  })

  test('a change of words alone says that all move, and that their waits go on', async () => {
    const { id } = await withDraft(changed({ name: 'A little rest' }))
    expect((await preview(id)).body).toMatchObject({
      changes: [{ version: 1, change: 'words' }],
      people: [{ becomes: 'stays', to: 'rest' }],
    })
  })

  test('what is due in the next seven days is counted by day', async () => {
    const { id } = await withDraft(changed({ days: 5 }))
    const { days } = (await preview(id)).body
    expect(days).toHaveLength(7)
    expect(days.reduce((sum, { waits }) => sum + waits, 0)).toBe(2)
  })
})

describe('publishing with people under way', () => {
  test('demands a choice where their node is gone, and names the place', async () => {
    const { id, revision } = await withDraft(changed({ gone: true }))
    expect((await preview(id)).body.people).toMatchObject([{ node: 'rest', becomes: 'undecided' }])
    const refused = await server.ask('POST', `/journeys/${id}/publish`, { revision })
    expectProblem(refused, 409, 'fate-needed')
    expect(refused.body).toMatchObject({ undecided: [{ version: 1, node: 'rest', people: 2 }] })
    const chosen = { revision, fate: 'move', mapping: { rest: 'pause' } }
    const published = await server.ask('POST', `/journeys/${id}/publish`, chosen)
    expect(published.body).toMatchObject({ version: 2, moving: 2, leaving: 0, onEarlierVersions: 0 })
    expect((await server.ask('GET', `/journeys/${id}/figures`)).body).toMatchObject({
      entered: 2,
      inFlight: 2,
      nodes: { pause: { waiting: 2 }, rest: { waiting: 0 } },
    })
  })

  test('says of each node what becomes of its people, and offers the nodes of the draft', async () => {
    const { id, revision } = await withDraft(changed({ gone: true }))
    const { body } = await preview(id, { byNode: { rest: { fate: 'finish' } } })
    expect(body).toMatchObject({ revision, people: [{ node: 'rest', becomes: 'finishes', to: null }] })
    const targets = body.targets.map((one) => one.id)
    expect(targets).toContain('pause')
    expect(targets).not.toContain('rest')
    const chosen = { revision, byNode: { rest: { fate: 'move', to: 'pause' } } }
    const published = await server.ask('POST', `/journeys/${id}/publish`, chosen)
    expect(published.body).toMatchObject({ version: 2, moving: 2, onEarlierVersions: 0 })
    expect((await server.ask('GET', `/journeys/${id}/moves`)).body).toEqual({ moves: [] })
    const nowhere = { revision: revision + 1, byNode: { pause: { fate: 'move', to: 'gone' } } }
    const refused = await server.ask('POST', `/journeys/${id}/publish`, nowhere)
    expectProblem(refused, 422, 'mapping-to-nowhere')
    expect(refused.body).toMatchObject({ place: 'byNode.pause' })
  })

  test('refuses a mapping to a node that is gone, and one without the fate that it belongs to', async () => {
    const { id, revision } = await withDraft(changed({ gone: true }))
    const publish = (said: object) => server.ask('POST', `/journeys/${id}/publish`, { revision, ...said })
    expectProblem(await publish({ fate: 'move', mapping: { rest: 'rest' } }), 422, 'mapping-to-nowhere')
    expectProblem(await publish({ fate: 'move', mapping: { nobody: 'pause' } }), 422, 'mapping-from-nowhere')
    expectProblem(await publish({ mapping: { rest: 'pause' } }), 422, 'mapping-without-move')
    expect((await publish({ fate: 'fly' })).status).toBe(400)
    expect((await server.ask('GET', `/journeys/${id}`)).body).toMatchObject({ revision, liveVersion: 1 })
  })

  test('of two with different fates at once one wins, and the other changes nothing', async () => {
    const { id, revision } = await withDraft(changed({ days: 5 }))
    const both = await Promise.all(
      ['leave', 'finish'].map((fate) => server.ask('POST', `/journeys/${id}/publish`, { revision, fate })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const won = both.findIndex(({ status }) => status === 200)
    const { body } = await server.ask('GET', `/journeys/${id}/figures`)
    expect(body).toMatchObject({ inFlight: won === 0 ? 0 : 2 })
  })

  test('can move those who were to finish later on, without a new version', async () => {
    const { id, revision } = await withDraft(changed({ days: 5 }))
    await server.ask('POST', `/journeys/${id}/publish`, { revision, fate: 'finish' })
    const again = await server.ask('POST', `/journeys/${id}/publish`, {
      revision: revision + 1,
      fate: 'move',
    })
    expect(again.body).toMatchObject({ version: 2, moving: 2, onEarlierVersions: 0 })
    const versions = await server.ask('GET', `/journeys/${id}/versions`)
    expect(versions.body).toMatchObject({
      versions: [
        { number: 2, inFlight: 2 },
        { number: 1, inFlight: 0 },
      ],
    })
  })
})

describe('a move under way', () => {
  test('is answered once it is planned where time is real, is seen with its progress, and cannot be ended', async () => {
    const { id, revision } = await withDraft(changed({ days: 5 }))
    const real = { ...server.own, sandbox: false, stir: async () => undefined }
    const command = { id, revision, choice: { fate: 'move', mapping: {} } } as const
    expect(await publishNow(real, terminalActor, command)).toMatchObject({ moving: 2 })
    const progress = { done: 0, of: 2 }
    expect((await server.ask('GET', `/journeys/${id}/moves`)).body).toMatchObject({
      moves: [{ kind: 'version', from: [1], to: 2, ...progress }],
    })
    const { body } = await server.ask<{ work: OpenWork[] }>('GET', '/open-work')
    const [work] = body.work
    expect(work).toMatchObject({
      ...{ kind: 'crossing', what: id, progress, endable: false, actor: terminalActor },
      crossing: { name: giftJourney().name, from: [1], to: 2 },
    })
    expectProblem(await server.ask('DELETE', `/open-work/${work?.id}`), 409, 'work-not-endable')
    await server.own.settle()
    expect((await server.ask('GET', `/journeys/${id}/moves`)).body).toEqual({ moves: [] })
    expect((await server.ask('GET', '/open-work')).body).toEqual({ work: [] })
  })
})

describe('versions', () => {
  test('differ in words: nodes and fields, before and after', async () => {
    const { id } = await withDraft(changed({ days: 5 }))
    const { body } = await server.ask('GET', `/journeys/${id}/difference?from=1`)
    expect(body).toMatchObject({
      from: 1,
      to: null,
      change: 'structure',
      nodes: {
        added: [],
        removed: [],
        changed: [
          {
            before: { id: 'rest', sentence: { en: expect.stringContaining('day') } },
            after: { id: 'rest', sentence: { en: 'Wait 5 days', 'zh-CN': '等待 5 天' } },
            fields: expect.arrayContaining([
              expect.objectContaining({
                field: 'config.until.span',
                after: { amount: 5, unit: 'day' },
                words: false,
              }),
            ]),
          },
        ],
      },
    })
    expectProblem(await server.ask('GET', `/journeys/${id}/difference?from=9`), 404, 'not-found')
  })

  test('can be made the draft again', async () => {
    const { id, revision } = await withDraft(changed({ days: 5 }))
    const stale = await server.ask('POST', `/journeys/${id}/versions/1/restore`, { revision: revision - 1 })
    expectProblem(stale, 409, 'stale-revision')
    const restored = await server.ask('POST', `/journeys/${id}/versions/1/restore`, { revision })
    expect(restored.body).toMatchObject({ revision: revision + 1, changed: false })
    expectProblem(
      await server.ask('POST', `/journeys/${id}/versions/7/restore`, { revision: revision + 1 }),
      404,
      'not-found',
    )
  })
})
