import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../store/sqlite/database.ts'
import { Database } from '../../store/sqlite/driver.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let house: TestApp
beforeEach(async () => {
  house = await openTestApp()
})
afterEach(() => house.close())

const blacklist = (phone: string) =>
  house.ask('POST', '/blacklist', {
    entries: [{ kind: 'phone', address: phone, reason: 'asked' }],
  })
const ready = () => house.ask('GET', '/readyz')
const isReady = async () => (await ready()).status === 200
const tags = () => house.ask('GET', '/customers?limit=3')

/** Who has been sent the one message of the harness’s journey: buyers of last year, and those put in by hand. */
const sentTo = () =>
  house.db.sqlite
    .prepare(`select customer_id from messages where status = 'sent' order by customer_id`)
    .pluck()
    .all()
const afterMessage = Date.parse('2026-08-17T10:00:00+08:00')

describe('while another program has locked the data', () => {
  test('pages are read, changes are refused with the reason, and all goes on when it lets go', async () => {
    const { id } = await publishJourney(house)
    await house.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m4'] })
    const other = new Database(house.db.path)
    other.exec('begin immediate')

    const refused = await blacklist('19900000005')
    expectProblem(refused, 503, 'store-busy')
    expect(refused.headers['retry-after']).toBe('5')
    expectProblem(await house.ask('POST', '/clock/advance', { to: afterMessage }), 503, 'store-busy')
    expect((await tags()).status).toBe(200)
    expect((await house.ask('GET', '/healthz')).status).toBe(200)
    const notReady = await ready()
    expect(notReady.status).toBe(503)
    expect(notReady.body).toMatchObject({ signs: [{ name: 'store-busy', scope: 'own', well: false }] })

    other.exec('rollback')
    other.close()
    await expect.poll(isReady, { timeout: 20_000 }).toBe(true)
    expect((await blacklist('19900000005')).status).toBe(200)
    const { now } = (await house.ask<{ now: number }>('GET', '/clock')).body
    if (now < afterMessage) await house.ask('POST', '/clock/advance', { to: afterMessage })
    expect(sentTo()).toEqual(['m1', 'm2', 'm3', 'm4'])
  })

  test('a change that comes in a short lock waits for it, and is made once', async () => {
    const other = new Database(house.db.path)
    other.exec('begin immediate')
    const change = blacklist('19900000005')
    setTimeout(() => other.exec('rollback'), 120)
    expect((await change).status).toBe(200)
    other.close()
    expect((await house.ask('GET', '/audit')).body).toMatchObject({
      entries: [{ action: 'address.blacklisted', times: 1 }],
    })
  })
})

describe('where there is no room on the disk', () => {
  const fill = () =>
    house.db.sqlite.pragma(`max_page_count = ${house.db.sqlite.pragma('page_count', { simple: true })}`)
  const free = () => house.db.sqlite.pragma('max_page_count = 10000000')
  const events = Array.from({ length: 2_000 }, (_, place) => ({
    ...{ customerId: 'm1', id: `e${place}`, name: 'browse' },
    ...{ at: new Date(startAt - place).toISOString(), properties: { page: 'p'.repeat(200) } },
  }))
  const tell = () => house.ask<{ accepted: number; duplicates: number }>('POST', '/events', { events })

  test('nothing is lost and nothing doubled: what was refused is taken when there is', async () => {
    fill()
    expectProblem(await tell(), 503, 'disk-full')
    const notReady = await ready()
    expect(notReady.body).toMatchObject({ signs: [{ name: 'disk-full', scope: 'own' }] })
    expect((await tags()).status).toBe(200)
    free()
    await expect.poll(isReady, { timeout: 20_000 }).toBe(true)
    const taken = await tell()
    expect(taken.status).toBe(200)
    expect(taken.body.accepted + taken.body.duplicates).toBe(2_000)
    expect(house.db.sqlite.prepare(`select count(*) from events where name = 'browse'`).pluck().get()).toBe(
      2_000,
    )
  })
})

test('another connection sees nothing of a change that was refused', async () => {
  const other = new Database(house.db.path)
  other.exec('begin immediate')
  expectProblem(await blacklist('19900000005'), 503, 'store-busy')
  other.exec('rollback')
  other.close()
  const look = openDatabase(house.db.path, { readonly: true })
  expect(look.sqlite.prepare('select count(*) from address_states').pluck().get()).toBe(0)
  look.close()
})
