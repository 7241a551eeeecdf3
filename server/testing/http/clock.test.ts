import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ClockAnswer } from '../../../shared/api/clock.ts'
import { parseJourney } from '../../../shared/journey/file.ts'
import { importFile } from '../../imports/index.ts'
import { clockKey } from '../../store/sqlite/events/planned.ts'
import { readMeta } from '../../store/sqlite/settings/meta.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const data = resolve(root, '../shared/data/superstore-cn')
const absent = !existsSync(data)
const dayMs = 86_400_000

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const clock = async () => (await server.ask<ClockAnswer>('GET', '/clock')).body
const put = (to: number) => server.ask<ClockAnswer>('POST', '/clock/advance', { to })

describe('a clock in a brand where nothing has happened yet', () => {
  test('goes to any time, back too, and stands there after a restart', async () => {
    expect(await clock()).toMatchObject({ now: startAt, settable: true })
    for (const to of [Date.parse('2017-08-13T09:00:00+08:00'), startAt + 900 * dayMs]) {
      expect((await put(to)).body).toMatchObject({ now: to, settable: true, moving: null })
      expect(readMeta(server.db, clockKey)).toBe(to)
    }
    expectProblem(await put(Date.UTC(2200, 0, 1)), 400, 'invalid-request')
  })

  test('goes only forward once a journey was published', async () => {
    await publishJourney(server)
    expect(await clock()).toMatchObject({ settable: false })
    expectProblem(await put(startAt - dayMs), 422, 'clock-target')
    expect(await clock()).toMatchObject({ now: startAt })
    expect((await put(startAt + dayMs)).body).toMatchObject({ now: startAt + dayMs })
  })

  test('goes only forward once something has come in; what is imported is history', async () => {
    const event = { id: 'e1', customerId: 'm4', name: 'page_view' }
    expect((await server.ask('POST', '/events', { events: [event] })).status).toBe(200)
    expect(await clock()).toMatchObject({ settable: false })
    expectProblem(await put(startAt - dayMs), 422, 'clock-target')
  })
})

describe.skipIf(absent)(
  `orders of past years (${absent ? 'skipped: ../shared/data is absent' : 'a real retailer'})`,
  () => {
    test('are lived through: the audience of Qixi 2017 is counted, enters and gets its messages', async () => {
      for (const kind of ['customers', 'orders'] as const) {
        const source = join(data, `${kind}.csv`)
        await importFile(server.db, {
          kind,
          source,
          zone: 'Asia/Shanghai',
          currency: 'CNY',
          receivedAt: startAt,
        })
      }
      const parsed = parseJourney(readFileSync(join(root, 'templates/qixi-gift-box.journey.json'), 'utf8'))
      if (!parsed.ok) throw new Error('the template cannot be read')
      const { journey } = parsed
      const { settings, nodes } = journey
      const condition = Object.values(nodes).find(({ type }) => type === 'audience_at')?.config.audience
      const count = async () =>
        (await server.ask<{ count: number }>('POST', '/audiences/count', { condition })).body.count
      await put(Date.parse('2017-08-14T09:59:00+08:00'))
      expect(await count()).toBe(112)
      const open = { ...settings, controlGroup: { ...settings.controlGroup, percent: 0 } }
      const { id } = await publishJourney(server, { ...journey, settings: open })
      await put(Date.parse('2017-08-28T12:00:00+08:00'))
      const sent = server.db.sqlite
        .prepare(
          `select node, count(*) as n from messages where journey_id = ? group by node order by min(id)`,
        )
        .all(id)
      expect(sent).toEqual([
        { node: 'sms-t14', n: 112 },
        { node: 'sms-t3', n: 108 },
        { node: 'sms-t0', n: 105 },
      ])
    })
  },
)
