import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { figuresAnswer, journeyList } from '../../../shared/api/journeys.ts'
import { messageList, reportAnswer } from '../../../shared/api/messages.ts'
import { buildApp } from '../../app.ts'
import { type OpenedBrands, openBrands } from '../../brand/brands.ts'
import type { App } from '../../http/app.ts'
import { testKeys } from '../keys.ts'

/**
 * Folders of data as releases left them. Each was made by `fill.ts` on the release's own server; of its demo brand
 * what the members would have done later was left out, for its size.
 */
const here = dirname(fileURLToPath(import.meta.url))
const releases = readdirSync(here, { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? [one.name] : [],
)
const silent = pino({ level: 'silent' })

interface Started {
  readonly app: App
  readonly opened: OpenedBrands
  readonly folder: string
}

const begun: Started[] = []

async function stop({ app, opened }: Started): Promise<void> {
  await app.close()
  await opened.close()
}

afterEach(async () => {
  for (const started of begun.splice(0)) {
    await stop(started)
    rmSync(started.folder, { recursive: true, force: true })
  }
})

function unpacked(release: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-released-'))
  for (const file of readdirSync(join(here, release)))
    if (file.endsWith('.gz'))
      writeFileSync(join(folder, file.slice(0, -3)), gunzipSync(readFileSync(join(here, release, file))))
  return folder
}

async function start(folder: string): Promise<Started> {
  const opened = await openBrands({
    dataDir: folder,
    mode: 'sandbox',
    log: silent,
    baseUrl: () => 'http://localhost:3000',
    keys: testKeys,
    ai: {},
    machineNow: () => Date.parse('2026-12-01T10:00:00+08:00'),
  })
  const app = await buildApp({
    brands: opened.brands,
    mode: 'sandbox',
    password: null,
    sessions: opened.sessions,
    webRoot: null,
    templatesRoot: resolve(here, '../../../templates'),
    log: false,
    loopback: true,
    linkSecret: opened.linkSecret,
  })
  const started = { app, opened, folder }
  begun.push(started)
  return started
}

async function ask({ app }: Started, path: string, body?: object): Promise<unknown> {
  const url = `/api/v1/brands/${path}`
  const answer = await app.inject(
    body === undefined ? { method: 'GET', url } : { method: 'POST', url, payload: body },
  )
  expect([path, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([path, 200, ''])
  return answer.json()
}

const messages = async (started: Started) =>
  messageList.parse(await ask(started, 'own/messages?limit=200')).messages
const figures = async (started: Started) =>
  figuresAnswer.parse(await ask(started, 'own/journeys/autumn/figures'))

describe.each(releases)('a folder of data that release %s left', (release) => {
  const told = z
    .record(z.string(), z.json())
    .parse(JSON.parse(readFileSync(join(here, release, 'answers.json'), 'utf8')))

  test.each(Object.keys(told).filter((path) => !path.includes('/customers/')))(
    'still says of %s what it said',
    async (path) => {
      const started = await start(unpacked(release))
      expect(await ask(started, path)).toMatchObject(Object(told[path]))
    },
  )

  test('still knows its customers, what they bought, went through and refused', async () => {
    const started = await start(unpacked(release))
    const known = z.looseObject({ customer: z.looseObject({ unsubscribed: z.array(z.string()) }) })
    for (const id of ['m01', 'm07']) {
      const before = known.parse(told[`own/customers/${id}`])
      const now = known.parse(await ask(started, `own/customers/${id}`))
      const { name, attributes } = before.customer
      expect(now.customer).toMatchObject({ id, name, attributes, unsubscribed: before.customer.unsubscribed })
      expect(now.tags).toEqual(before.tags)
      expect(now).toMatchObject({
        orders: before.orders,
        totals: before.totals,
        enrollments: before.enrollments,
      })
    }
  })

  test('goes on where it stood: whoever waited is written to once, and nobody twice', async () => {
    let started = await start(unpacked(release))
    const before = await messages(started)
    await ask(started, 'own/clock/advance', { by: 'next_due' })
    expect((await messages(started)).length).toBeGreaterThan(0)
    await stop(started)
    begun.pop()

    started = await start(started.folder)
    await ask(started, 'own/clock/advance', { to: Date.parse('2026-08-31T12:00:00+08:00') })
    const after = await messages(started)
    expect(after.length).toBeGreaterThan(before.length)
    expect(after.slice(-before.length)).toMatchObject(before)
    const places = after.map(({ customerId, node }) => `${customerId} ${node}`)
    expect(new Set(places).size).toBe(places.length)
    expect(after.every(({ status }) => status === 'sent')).toBe(true)

    const { inFlight, entered, nodes } = await figures(started)
    expect({ inFlight, entered }).toEqual({ inFlight: 0, entered: 20 })
    expect(nodes.done?.in).toBe(20)
    expect(nodes.thank?.sent).toBe(after.filter(({ node }) => node === 'thank').length)
    const report = reportAnswer.parse(await ask(started, 'own/reports/journeys/autumn'))
    expect(report).toMatchObject({ ended: 20, sent: after.length })
  })

  test('takes new work: its journey lets in whom it has not had, and refuses whom it had', async () => {
    const started = await start(unpacked(release))
    const answer = await ask(started, 'own/journeys/autumn/enter', { customerIds: ['m01', 'm30'] })
    expect(answer).toMatchObject({ entered: 1, refused: 1 })
    const listed = journeyList.parse(await ask(started, 'own/journeys'))
    expect(listed.journeys).toMatchObject([{ id: 'autumn', entered: 21 }])
  })
})
