import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AuditPage } from '../../../shared/api/audit.ts'
import { actions } from '../../../shared/audit/actions.ts'
import { openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let http: TestApp
beforeEach(async () => {
  http = await openTestApp()
})
afterEach(() => http.close())

const log = async (query = '') => (await http.ask<AuditPage>('GET', `/audit${query}`)).body
const done = async (query = '') =>
  (await log(query)).entries.map(({ action, object }) => `${action} ${object.id}`)

describe('the log of changes', () => {
  test('says who did what to which journey, when, and by what way', async () => {
    const { id, revision } = await publishJourney(http)
    await http.ask('POST', `/journeys/${id}/pause`)
    expect(await done()).toEqual([`journey.paused ${id}`, `journey.published ${id}`, `journey.created ${id}`])
    const { entries } = await log('?action=journey.published')
    expect(entries).toMatchObject([
      {
        actor: { kind: 'person', id: 'local', via: 'api' },
        object: { kind: 'journey', id },
        detail: { version: 1, revision },
        clock: startAt,
        times: 1,
      },
    ])
  })

  test('knows a browser from a program', async () => {
    const headers = { 'sec-fetch-site': 'same-origin' }
    await http.ask('POST', '/journeys', { name: { en: 'By hand' } }, headers)
    expect((await log()).entries[0]?.actor).toEqual({ kind: 'person', id: 'local', via: 'browser' })
  })

  test('holds nothing of what was refused', async () => {
    const { id, revision } = await publishJourney(http)
    const before = await done()
    await http.ask('POST', `/journeys/${id}/publish`, { revision: revision - 1 })
    await http.ask('POST', `/journeys/${id}/resume`)
    await http.ask('DELETE', `/journeys/${id}`)
    expect(await done()).toEqual(before)
  })

  test('counts saves of one draft in a row instead of filling pages with them', async () => {
    const made = await http.ask<{ journey: { id: string }; revision: number }>('POST', '/journeys', {
      name: { en: 'Draft' },
    })
    const { journey } = made.body
    for (const revision of [1, 2, 3])
      await http.ask('PUT', `/journeys/${journey.id}/draft`, { journey, revision })
    expect((await log()).entries).toMatchObject([
      { action: 'journey.saved', times: 3, detail: { revision: 4 } },
      { action: 'journey.created', times: 1 },
    ])
  })

  test('is read in pages, by action, object and actor', async () => {
    const ids: string[] = []
    for (const en of ['One', 'Two', 'Three'])
      ids.push(
        (await http.ask<{ journey: { id: string } }>('POST', '/journeys', { name: { en } })).body.journey.id,
      )
    const first = await log('?limit=2')
    expect(first.entries.map(({ object }) => object.id)).toEqual([ids[2], ids[1]])
    const second = await log(`?limit=2&before=${first.next}`)
    expect(second.entries.map(({ object }) => object.id)).toEqual([ids[0]])
    expect(second.next).toBeNull()
    expect(await done(`?object=journey&objectId=${ids[1]}`)).toEqual([`journey.created ${ids[1]}`])
    expect(await done('?actor=engine')).toEqual([])
    expect((await http.ask('GET', '/audit?action=nonsense')).status).toBe(400)
  })

  test('has words in both languages for everything that can be done', () => {
    for (const { words } of Object.values(actions)) {
      expect(words['zh-CN']).toMatch(/\p{Script=Han}/u)
      expect(words.en).toMatch(/^[A-Z]/)
    }
  })
})
