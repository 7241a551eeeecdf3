import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InjectOptions } from 'fastify'
import { pino } from 'pino'
import { expect } from 'vitest'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { buildApp } from '../../app.ts'
import type { BrandRuntime } from '../../brand/brand.ts'
import { type OpenBrand, openBrand } from '../../brand/runtime.ts'
import type { App, AppDeps } from '../../http/app.ts'
import { createSigns, type Signs } from '../../ports/signs.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { clockKey } from '../../store/sqlite/events/planned.ts'
import { type OpenedInstallation, openInstallation } from '../../store/sqlite/installation/store.ts'
import { addCustomers, addHistory, type NewCustomer } from '../../store/sqlite/seed.ts'
import { writeBrand, writeMeta } from '../../store/sqlite/settings/meta.ts'
import type { TestClock } from '../clock.ts'
import { writeEmpty } from '../empty.ts'
import { testKeys } from '../keys.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

/** A weekday morning, eight days before Qixi 2026. */
export const startAt = Date.parse('2026-08-11T10:00:00+08:00')
export const linkSecret = 'a secret of tests only, long enough'
const silent = pino({ level: 'silent' })

export interface TestAppOptions
  extends Partial<
    Pick<
      AppDeps,
      'password' | 'loopback' | 'webRoot' | 'patience' | 'publicUrl' | 'trustProxy' | 'metricsToken' | 'hosts'
    >
  > {
  /** How the server does; its own where the test says nothing. */
  readonly signs?: Signs
  /** How one's own brand runs; the clock of a live one stands at `startAt`. */
  readonly mode?: 'sandbox' | 'live'
  /** By what the machine's time goes; it stands at `startAt` where there is none. */
  readonly clock?: TestClock
  readonly brand?: Partial<
    Pick<OpenBrand, 'registry' | 'ai' | 'channels' | 'reactions' | 'workshop' | 'heartbeat' | 'reach'>
  >
}

export interface Answered<T> {
  readonly status: number
  readonly body: T
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

/** The application over one brand in a temporary folder, asked without a network. */
export interface TestApp {
  readonly app: App
  readonly own: BrandRuntime
  /** The database of its brand, to look at and to bring about what no user could. */
  readonly db: BrandDatabase
  /** Asks for a path of the brand, or for one that begins with `/` and a known root as it is. */
  ask<T = unknown>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered<T>>
  /** What is kept beside its brand. */
  readonly installation: OpenedInstallation
  /** The folder of its data. */
  readonly folder: string
  /** Builds the application anew over the same data, as a start after a crash would, or with another password. */
  restart(password?: string | null): Promise<void>
  close(): Promise<void>
}

const rooted = /^\/(api|hooks|collect|u|a|l|o|r|healthz|readyz|metrics)\b|^\/assets\/[^/]*\./

export const urlOf = (path: string) => (rooted.test(path) ? path : `/api/v1/brands/own${path}`)

function memberOf(id: string, place: number, more: Partial<NewCustomer>): NewCustomer {
  return {
    id,
    name: `会员${place}`,
    phone: String(19_900_000_000 + place),
    email: `m${place}@example.com`,
    gender: null,
    birthday: null,
    city: null,
    registeredAt: null,
    timezone: null,
    language: 'zh-CN',
    consentSms: true,
    consentEmail: true,
    blacklisted: false,
    attributes: {},
    ...more,
  }
}

/** Members m1 to m6: m1, m2 and m3 bought before last Qixi; m6 has neither name nor phone. */
function seed(db: ReturnType<typeof openDatabase>): void {
  const cities = ['上海', '成都', '上海', '北京', '杭州', null]
  const members = cities.map((city, index) =>
    memberOf(`m${index + 1}`, index + 1, { city, attributes: { tier: index < 2 ? 'gold' : 'silver' } }),
  )
  const bare = { name: null, phone: null, email: null }
  addCustomers(
    db,
    members.map((member) => (member.id === 'm6' ? { ...member, ...bare } : member)),
    startAt,
  )
  addHistory(
    db,
    ['m1', 'm2', 'm3'].map((customerId, index) => ({
      id: `o${index + 1}`,
      customerId,
      name: 'order',
      at: Date.parse('2025-08-20T12:00:00+08:00') + index,
      amount: 30_000,
      properties: { items: ['礼盒'] },
    })),
  )
}

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-http-'))
  const path = join(folder, 'own.sqlite')
  writeEmpty(path)
  const db = openDatabase(path, { durability: 'off', patienceMs: 300 })
  const installation = openInstallation(folder, testKeys)
  writeBrand(
    db,
    brandSchema.parse({
      name: { 'zh-CN': '测试品牌', en: 'Test brand' },
      signature: '测试品牌',
      quietHours: null,
    }),
  )
  writeMeta(db, clockKey, startAt)
  seed(db)
  const { mode = 'sandbox', brand = {}, password = null, loopback = true, webRoot = null, ...rest } = options
  const { clock, ...more } = rest
  const signs = options.signs ?? createSigns(() => startAt)
  const own = await openBrand({
    id: 'own',
    db,
    mode,
    log: silent,
    baseUrl: () => 'http://localhost:3000',
    keys: testKeys,
    linkSecret,
    publicId: 'test',
    ai: {},
    machineNow: clock?.now ?? (() => startAt),
    ...(clock && { elapsed: clock.elapsed }),
    heartbeat: () => () => undefined,
    signs,
    ...brand,
  })
  const build = (given: string | null) =>
    buildApp({
      brands: new Map([['own', own]]),
      mode,
      password: given,
      sessions: installation.sessions,
      webRoot,
      templatesRoot: join(root, 'templates'),
      log: false,
      ...(options.patience !== undefined && { patience: options.patience }),
      loopback,
      linkSecret,
      ...more,
      ...(clock && { clock }),
      signs,
    })
  let app = await build(password)
  return {
    get app() {
      return app
    },
    own,
    db,
    installation,
    folder,
    async restart(given) {
      await app.close()
      app = await build(given === undefined ? password : given)
    },
    async ask<T>(
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body?: unknown,
      headers: Readonly<Record<string, string>> = {},
    ) {
      const request: InjectOptions = { method, url: urlOf(path), headers }
      const answer = await app.inject(
        body === undefined
          ? request
          : { ...request, payload: typeof body === 'string' ? body : Object(body) },
      )
      const type = String(answer.headers['content-type'] ?? '')
      const parsed = type.includes('json') && answer.body !== '' ? answer.json() : answer.body
      // The boundary of the tests: each names the shape that it expects.
      return { status: answer.statusCode, body: parsed as T, headers: answer.headers, text: answer.body }
    },
    async close() {
      await app.close()
      await own.close()
      installation.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Expects a problem as RFC 9457 describes, in both languages. */
export function expectProblem(answer: Answered<unknown>, status: number, code: string): void {
  expect(answer.body).toMatchObject({ status, code, type: `/api/problems/${code}` })
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.body).toMatchObject({
    title: expect.any(String),
    message: { 'zh-CN': expect.stringMatching(/\p{Script=Han}/u), en: expect.any(String) },
    mend: { 'zh-CN': expect.any(String), en: expect.any(String) },
  })
  expect(answer.text).not.toMatch(/node_modules|at .+\.ts:\d+/)
}

const name = (en: string) => ({ en, 'zh-CN': en })

/** Last year's Qixi buyers get an SMS three days before the day, those put in by hand too. */
export function giftJourney(text = '{{ customer.name }}，七夕礼盒已为您留好'): Journey {
  return journeySchema.parse({
    format: 1,
    id: 'gift',
    name: name('Gift'),
    nodes: {
      buyers: {
        type: 'audience_at',
        name: name('Buyers'),
        config: {
          audience: {
            kind: 'events',
            event: 'order',
            measure: 'count',
            op: 'gte',
            value: 1,
            window: { kind: 'festival', festival: 'qixi', from: { days: -14 }, to: { days: 0 }, past: 2 },
          },
          at: { kind: 'festival', festival: 'qixi', days: -7, time: '10:00' },
        },
      },
      picked: { type: 'manual', name: name('Picked'), config: {} },
      rest: {
        type: 'wait',
        name: name('Until three days before'),
        config: { until: { kind: 'festival', festival: 'qixi', days: -3, time: '10:00' } },
      },
      greet: { type: 'send', name: name('Greet'), config: { channel: 'sms', text: { 'zh-CN': text } } },
      bought: {
        type: 'goal',
        name: name('Bought'),
        config: { filter: { event: 'order' }, window: { kind: 'journey' }, ends: false },
      },
      week: {
        type: 'wait',
        name: name('A week'),
        config: { until: { kind: 'duration', span: { amount: 1, unit: 'week' } } },
      },
      done: { type: 'exit', name: name('Done'), config: {} },
    },
    edges: {
      buyers: { entered: 'rest' },
      picked: { entered: 'rest' },
      rest: { done: 'greet' },
      greet: { sent: 'week', not_sent: 'done' },
      week: { done: 'done' },
    },
  })
}

/** Makes and publishes a journey; answers its id and the revision from then on. */
export async function publishJourney(
  { ask }: Pick<TestApp, 'ask'>,
  journey: Journey = giftJourney(),
): Promise<{ id: string; revision: number }> {
  const made = await ask<{ journey: Journey; revision: number }>('POST', '/journeys', {
    file: JSON.stringify(journey),
  })
  expect(made.status).toBe(201)
  const { id } = made.body.journey
  const published = await ask<{ revision: number }>('POST', `/journeys/${id}/publish`, {
    revision: made.body.revision,
  })
  expect(published.body).toMatchObject({ status: 'live' })
  return { id, revision: published.body.revision }
}

/** A file and its fields as browsers send them. */
export function formOf(file: string | Buffer | null, fields: Readonly<Record<string, string>>) {
  const boundary = randomUUID()
  const parts = Object.entries(fields).map(
    ([field, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="members.csv"\r\ncontent-type: text/csv\r\n\r\n`
  const payload = Buffer.concat([
    ...(file === null ? [] : [Buffer.from(head), Buffer.from(file), Buffer.from('\r\n')]),
    Buffer.from(parts.join('')),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
