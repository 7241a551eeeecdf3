import { afterEach, describe, expect, test } from 'vitest'
import type { SignAnswer } from '../../../shared/api/signs.ts'
import { signNames } from '../../../shared/signs.ts'
import { createSigns, type Signs } from '../../ports/signs.ts'
import { type TestClock, testClock } from '../clock.ts'
import { expectProblem, openTestApp, startAt, type TestApp } from './harness.ts'

let server: TestApp | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function open(): Promise<TestApp & { signs: Signs; clock: TestClock }> {
  const clock = testClock(startAt)
  const signs = createSigns(clock.now)
  const app = await openTestApp({ signs })
  server = app
  return Object.assign(app, { signs, clock })
}

const page = async ({ ask }: TestApp) =>
  (await ask<{ signs: SignAnswer[] }>('GET', '/api/v1/signs')).body.signs

describe('how the server does', () => {
  test('all is well: each sign of the table says so', async () => {
    const app = await open()
    const signs = await page(app)
    expect(signs.map(({ name }) => name)).toEqual(signNames)
    expect(signs.every(({ well, message }) => well && message === null)).toBe(true)
    expect((await app.ask('GET', '/healthz')).body).toEqual({ status: 'ok' })
    expect((await app.ask('GET', '/readyz')).body).toEqual({ status: 'ok' })
  })

  test('what stands still asks for a new start, and says since when in both languages', async () => {
    const app = await open()
    app.signs.raise('heart-still', 'own', { seconds: 40 })
    app.clock.advance(60_000)
    app.signs.raise('heart-still', 'own', { seconds: 100 })
    for (const path of ['/healthz', '/readyz']) {
      const answer = await app.ask('GET', path)
      expectProblem(answer, 503, 'not-alive')
      expect(answer.body).toMatchObject({
        place: 'own',
        message: { en: expect.stringContaining('100 seconds'), 'zh-CN': expect.stringContaining('100 秒') },
        signs: [{ name: 'heart-still', scope: 'own', since: startAt }],
      })
    }
  })

  test('what cannot work is alive all the same, and is ready again when it is mended', async () => {
    const app = await open()
    app.db.sqlite.exec('alter table journeys rename to gone')
    expectProblem(await app.ask('GET', '/readyz'), 503, 'not-ready')
    expect((await app.ask('GET', '/healthz')).status).toBe(200)
    app.db.sqlite.exec('alter table gone rename to journeys')
    expect((await app.ask('GET', '/readyz')).body).toEqual({ status: 'ok' })
  })

  test('what a person should know stops nothing, and stands beside the answer', async () => {
    const app = await open()
    const length = { 'zh-CN': '24 小时', en: '24 h' }
    app.signs.raise('clock-set-back', null, { length })
    for (const path of ['/healthz', '/readyz'])
      expect((await app.ask('GET', path)).body).toMatchObject({
        status: 'ok',
        signs: [{ name: 'clock-set-back', message: { 'zh-CN': expect.stringContaining('24 小时') } }],
      })
    app.signs.clear('clock-set-back')
    expect((await app.ask('GET', '/healthz')).body).toEqual({ status: 'ok' })
  })

  test('what nobody notices by itself is asked whenever somebody reads', async () => {
    const app = await open()
    let still: number | null = null
    const end = app.signs.watch('heart-still', 'own', () => (still === null ? null : { seconds: still }))
    expect((await app.ask('GET', '/healthz')).status).toBe(200)
    still = 31
    expect((await app.ask('GET', '/healthz')).status).toBe(503)
    end()
    expect((await app.ask('GET', '/healthz')).status).toBe(200)
  })
})
