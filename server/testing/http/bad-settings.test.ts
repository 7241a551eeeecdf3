import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { engineActor } from '../../../shared/audit/actor.ts'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { buildApp } from '../../app.ts'
import { openBrands } from '../../brand/brands.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { openInstallation } from '../../store/sqlite/installation/store.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import { testKeys } from '../keys.ts'
import { startAt } from './harness.ts'

const brand = brandSchema.parse({ name: { en: 'Shop' }, signature: 'Shop', quietHours: null })
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-settings-'))
  const db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
  writeBrand(db, brand)
  db.close()
  const installation = openInstallation(folder, testKeys)
  const act = { actor: engineActor, at: startAt, realAt: startAt }
  void installation.add(act, { id: 'own', file: 'own.sqlite', sandbox: false })
  installation.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts over the folder as the server does, asks, and stops. */
async function started<T>(work: (ask: Ask) => Promise<T>, mode: 'sandbox' | 'live' = 'live'): Promise<T> {
  const log = pino({ level: 'silent' })
  const opened = await openBrands({
    dataDir: folder,
    keys: testKeys,
    mode,
    log,
    ai: {},
    baseUrl: () => 'http://localhost:3000',
    machineNow: () => startAt,
    heartbeat: () => () => undefined,
  })
  const app = await buildApp({
    ...opened,
    house: opened,
    mode,
    password: null,
    webRoot: null,
    templatesRoot: 'templates',
    log: false,
    loopback: true,
  })
  try {
    return await work(async (method, path, body) => {
      const url = `/api/v1/brands/own/settings/${path}`
      const answer = await app.inject({
        method,
        url,
        ...(body === undefined ? {} : { payload: Object(body) }),
      })
      return { status: answer.statusCode, text: answer.body, body: answer.json() }
    })
  } finally {
    await app.close()
    await opened.close()
  }
}
type Ask = (
  method: 'GET' | 'PUT',
  path: string,
  body?: unknown,
) => Promise<{ status: number; text: string; body: unknown }>

/** What is stored of settings, as it stands. */
function stored(): unknown {
  const db = openDatabase(join(folder, 'own.sqlite'), { readonly: true })
  try {
    return db.sqlite.prepare("select key, value from meta where key in ('brand', 'channels', 'ai')").all()
  } finally {
    db.close()
  }
}

function damage(key: string, value: string): void {
  const db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
  db.sqlite
    .prepare('insert into meta (key, value) values (?, ?) on conflict do update set value = excluded.value')
    .run(key, value)
  db.close()
}

const pages = ['brand', 'channels', 'ai', 'faults']

/** After a new start every page of the settings is there. */
const survives = () =>
  started(async (ask) => {
    for (const page of pages) expect(await ask('GET', page), page).toMatchObject({ status: 200 })
  })

const model = { baseUrl: 'https://model.example/v1', model: 'small' }
const sms = { url: 'https://gateway.example/send', secret: 'sixteen letters and more' }
const email = { host: 'mail.example', port: 25, secure: false, from: 'shop@shop.example' }

describe('a setting of which nothing can be built', () => {
  test.each([
    ['ai', { ...model, apiKey: '' }, 'apiKey'],
    ['ai', { ...model, apiKey: '   ' }, 'apiKey'],
    ['ai', { ...model, apiKey: 'sk-\u0000' }, 'apiKey'],
    ['ai', { ...model, apiKey: 'sk-\r\nHost: evil' }, 'apiKey'],
    ['ai', { ...model, apiKey: '密钥' }, 'apiKey'],
    ['ai', { ...model, apiKey: 'k'.repeat(501) }, 'apiKey'],
    ['ai', { ...model, baseUrl: 'https://me:secret@model.example/v1' }, 'baseUrl'],
    ['ai', { ...model, baseUrl: 'https://model.example:99999/v1' }, 'baseUrl'],
    ['ai', { ...model, baseUrl: '' }, 'baseUrl'],
    ['ai', { ...model, model: '' }, 'model'],
    ['ai', { ...model, model: 'a\nb' }, 'model'],
    ['channels/sms', { ...sms, url: 'https://u:p@gateway.example/' }, 'sms.url'],
    ['channels/sms', { ...sms, url: 'https://[::1/' }, 'sms.url'],
    ['channels/email', { ...email, host: 'mail example' }, 'email.host'],
    ['channels/email', { ...email, host: 'mail\u0000.example' }, 'host'],
    ['channels/email', { ...email, port: 65_536 }, 'email.port'],
    ['channels/email', { ...email, from: 'no address' }, 'email.from'],
    ['brand', { ...brand, currency: '¥¥¥' }, 'currency'],
    ['brand', { ...brand, currency: 'C\u0000Y' }, 'currency'],
    ['brand', { ...brand, zone: 'Asia/Shanghai\u0000' }, 'zone'],
    ['brand', { ...brand, quietHours: { from: '25:00', to: '09:00' } }, 'quietHours.from'],
    ['brand', { ...brand, caps: [{ channel: null, messages: 1e9, days: 1 }] }, 'caps.0.messages'],
  ])('is refused under %s with its place, and nothing is saved: %j', async (path, body, place) => {
    const before = stored()
    const answer = await started((ask) => ask('PUT', path, body))
    expect(answer).toMatchObject({ status: 400, body: { place, mend: { en: expect.any(String) } } })
    expect(answer.text).not.toContain('evil')
    expect(stored()).toEqual(before)
    await survives()
  })
})

test('an address by IPv6 and a key with spaces around it are taken', async () => {
  await started(async (ask) => {
    const saved = { baseUrl: 'http://[::1]:11434/v1', model: 'qwen3', apiKey: ' sk-1 ' }
    expect(await ask('PUT', 'ai', saved)).toMatchObject({ status: 200, body: { keySet: true } })
    expect(await ask('PUT', 'channels/email', { ...email, host: '::1' })).toMatchObject({ status: 200 })
  })
  await started(async (ask) => {
    expect((await ask('GET', 'faults')).body).toEqual({ faults: [] })
  })
})

describe('what is stored and cannot be used', () => {
  test.each([
    ['ai', JSON.stringify({ ...model, apiKey: '' }), 'ai', 'apiKey'],
    ['ai', JSON.stringify({ ...model, apiKey: 'k\u0000' }), 'ai', 'apiKey'],
    ['ai', JSON.stringify({ ...model, baseUrl: 'ftp://x' }), 'ai', 'baseUrl'],
    ['ai', JSON.stringify({ ...model, model: 7 }), 'ai', 'model'],
    ['ai', '{"model":', 'ai', ''],
    ['ai', '[]', 'ai', ''],
    ['channels', JSON.stringify({ sms: { ...sms, url: 'nowhere' }, email }), 'channels', 'sms.url'],
    ['channels', JSON.stringify({ sms: { url: {} }, email }), 'channels', 'sms.url'],
    ['channels', JSON.stringify({ pigeon: { loft: 'north' }, email }), 'channels', 'pigeon'],
    ['channels', 'nothing', 'channels', ''],
    ['brand', JSON.stringify({ ...brand, zone: 'Mars/Base' }), 'brand', 'zone'],
    ['brand', JSON.stringify({ ...brand, currency: '元' }), 'brand', 'currency'],
    ['brand', JSON.stringify({ ...brand, caps: 'many' }), 'brand', 'caps'],
    ['brand', JSON.stringify({ ...brand, mood: 'good' }), 'brand', 'mood'],
    ['brand', 'null', 'brand', ''],
    ['brand', '\u0000', 'brand', ''],
  ])('is left out and told on its page: %s %s', async (key, value, setting, field) => {
    damage(key, value)
    for (const mode of ['live', 'sandbox'] as const)
      await started(async (ask) => {
        for (const page of pages) expect(await ask('GET', page), page).toMatchObject({ status: 200 })
        const faults = { faults: [{ setting, field, detail: { 'zh-CN': expect.any(String) } }] }
        expect((await ask('GET', 'faults')).body).toMatchObject(faults)
        if (key === 'channels' && value.includes('"email"'))
          expect((await ask('GET', 'channels')).body).toMatchObject({
            channels: expect.arrayContaining([expect.objectContaining({ id: 'email', ready: true })]),
          })
      }, mode)
  })

  test('is mended by saving it again', async () => {
    damage('ai', '{"model":')
    damage('brand', JSON.stringify({ ...brand, zone: 'Mars/Base' }))
    damage('channels', JSON.stringify({ sms: { url: 'nowhere' } }))
    await started(async (ask) => {
      expect((await ask('PUT', 'ai', model)).status).toBe(200)
      expect((await ask('PUT', 'brand', (await ask('GET', 'brand')).body)).status).toBe(200)
      expect((await ask('PUT', 'channels/sms', sms)).status).toBe(200)
      expect((await ask('GET', 'faults')).body).toEqual({ faults: [] })
    })
    await started(async (ask) => expect((await ask('GET', 'faults')).body).toEqual({ faults: [] }))
  })

  test('lets nobody be written to who would not have been', async () => {
    damage('brand', JSON.stringify({ ...brand, consent: 'perhaps', caps: 'many', quietHours: 1 }))
    await started(async (ask) =>
      expect((await ask('GET', 'brand')).body).toMatchObject({
        consent: 'explicit',
        caps: [{ messages: 2 }, { messages: 5 }],
        quietHours: { from: '21:00', to: '09:00' },
      }),
    )
  })
})

/** Values that upset programs. */
const upsetting = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '密钥',
    'a\r\nb',
    -1,
    0,
    1e21,
    0.1,
    true,
    [],
    {},
  ),
  fc.constantFrom('https://u:p@h/', 'http://[::1]:1/', 'http://h:99999/', 'x'.repeat(3000), 'Etc/Unknown'),
  fc.string({ unit: 'binary' }),
  fc.json().map((text): unknown => JSON.parse(text)),
)

/** A good body of which some fields are upsetting. */
function spoilt(good: object): fc.Arbitrary<object> {
  const fields = Object.fromEntries(Object.keys({ ...good, other: 1 }).map((name) => [name, upsetting]))
  return fc.record(fields, { requiredKeys: [] }).map((bad) => ({ ...good, ...bad }))
}

const puts = fc.oneof(
  spoilt({ ...model, apiKey: 'k' }).map((body) => ['ai', body] as const),
  spoilt(sms).map((body) => ['channels/sms', body] as const),
  spoilt({ ...email, user: 'u', password: 'p', secret: sms.secret }).map(
    (body) => ['channels/email', body] as const,
  ),
  spoilt({ secret: sms.secret }).map((body) => ['channels/webhook', body] as const),
  spoilt(brand).map((body) => ['brand', body] as const),
)

test('whatever is sent to the settings, the server starts again, and what it refused is not saved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(puts, { minLength: 1, maxLength: 5 }), async (bodies) => {
      await started(async (ask) => {
        for (const [path, body] of bodies) {
          const before = stored()
          const { status } = await ask('PUT', path, body)
          expect([200, 400]).toContain(status)
          if (status === 400) expect(stored()).toEqual(before)
        }
      })
      await survives()
    }),
    { numRuns: 15 },
  )
}, 120_000)

test('whatever stands in the file, the server starts', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    puts.map(([, body]) => JSON.stringify(body)),
  )
  const value = fc.oneof(
    text,
    puts.map(([path, body]) => JSON.stringify({ [path.split('/')[1] ?? 'x']: body })),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('ai', 'channels', 'brand', 'clock', 'mode'),
      value,
      async (key, kept) => {
        damage(key, kept)
        await survives()
      },
    ),
    { numRuns: 15 },
  )
}, 120_000)
