import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { OpenWork } from '../../../shared/api/work.ts'
import { Workshop } from '../../work/workshop.ts'
import { expectProblem, giftJourney, openTestApp, type TestApp } from './harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-open-work-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let workshop: Workshop
let server: TestApp
afterEach(async () => {
  await server.close()
  await workshop.close()
})

async function open(program: string | null = null): Promise<void> {
  workshop = new Workshop({ program, now: Date.now })
  server = await openTestApp({ brand: { workshop } })
}

/** Over a helper that begins everything and ends nothing. */
async function openOverNothing(): Promise<void> {
  const program = join(folder, 'silent.mjs')
  writeFileSync(program, "process.on('message', () => undefined)")
  await open(program)
}

const condition = { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' }
const count = () => server.ask('POST', '/audiences/count', { condition })
const listed = async () => (await server.ask<{ work: OpenWork[] }>('GET', '/open-work')).body.work
const seen = (kind: string) =>
  expect
    .poll(async () => (await listed()).filter((one) => one.kind === kind), { timeout: 10_000 })
    .toHaveLength(1)

describe('what is worked out beside the server', () => {
  test('is answered over HTTP as a question to the server itself is', async () => {
    await open()
    await server.ask('PUT', '/attributes/tier', { type: 'text' })
    const sample = [{ id: 'm1' }, { id: 'm2' }]
    expect((await count()).body).toMatchObject({ count: 2, of: 6, sample, findings: [] })
    expectProblem(await server.ask('GET', '/reports/journeys/none'), 404, 'not-found')
    const asked = { journey: giftJourney(), customerId: 'm1' }
    expect((await server.ask('POST', '/preview', asked)).body).toMatchObject({
      customer: { id: 'm1' },
      messages: [{ node: 'greet', ok: true }],
    })
  })

  test('is listed once, with who asked, and its end is told to whoever waits', async () => {
    await openOverNothing()
    const waiting = count()
    await seen('count')
    const [one, ...others] = await listed()
    expect(others).toEqual([])
    expect(one).toMatchObject({
      state: 'running',
      actor: { kind: 'person', id: 'local' },
      until: expect.any(Number),
    })
    expect((await server.ask('DELETE', `/open-work/${one?.id}`)).status).toBe(204)
    expectProblem(await waiting, 503, 'work-ended')
    expect(await listed()).toEqual([])
    expectProblem(await server.ask('DELETE', `/open-work/${one?.id}`), 404, 'not-found')
  })
})

test('what nobody can be given a place for is refused, with when to try again', async () => {
  await openOverNothing()
  const many = Array.from({ length: 41 }, count)
  await expect.poll(() => workshop.signs().answers).toEqual({ running: 1, waiting: 40 })
  const refused = await count()
  expectProblem(refused, 503, 'work-busy')
  expect(refused.headers['retry-after']).toBe('5')
  await workshop.close()
  for (const { status } of await Promise.all(many)) expect(status).toBe(503)
})

test('a rehearsal that is ended there is cancelled', async () => {
  await openOverNothing()
  const begun = await server.ask<{ id: string }>('POST', '/rehearsals', {
    journey: giftJourney(),
    assume: 'backtest',
  })
  await seen('rehearsal')
  const [one] = await listed()
  await server.ask('DELETE', `/open-work/${one?.id}`)
  await expect
    .poll(async () => (await server.ask('GET', `/rehearsals/${begun.body.id}`)).body)
    .toMatchObject({ state: 'cancelled' })
})
