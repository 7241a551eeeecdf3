import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ApiKey, keyRights } from '../../../shared/api/keys.ts'
import { limits } from '../../../shared/limits.ts'
import { expectProblem, openTestApp, startAt, type TestApp, urlOf } from './harness.ts'
import { keyFor } from './keys.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const by = (secret: string) => ({ authorization: `Bearer ${secret}` })
const keys = async () => (await server.ask<{ keys: ApiKey[] }>('GET', '/keys')).body.keys

describe('a key', () => {
  test('is told once: only a hash of it is kept, and the list shows its last letters', async () => {
    const secret = await keyFor(server, 'write', 'Shop')
    expect(secret).toMatch(/^mgp_write_[\w-]{43}$/)
    const listed = await server.ask('GET', '/keys')
    expect(listed.text).not.toContain(secret)
    expect(await keys()).toMatchObject([
      {
        name: 'Shop',
        kind: 'write',
        hint: secret.slice(-4),
        madeBy: { kind: 'person' },
        usedAt: null,
        revokedAt: null,
      },
    ])
    const stored = JSON.stringify(server.db.sqlite.prepare('select * from api_keys').all())
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(secret.slice(10))
  })

  test('has a name that no other had, and there are so many of them', async () => {
    await keyFor(server, 'write', 'Shop')
    await server.ask('DELETE', `/keys/${(await keys())[0]?.id}`)
    expectProblem(await server.ask('POST', '/keys', { name: 'Shop', kind: 'read' }), 409, 'key-name-taken')
    for (let index = 0; index < limits.apiKeys.value; index += 1) await keyFor(server, 'read', `Key ${index}`)
    expectProblem(await server.ask('POST', '/keys', { name: 'More', kind: 'read' }), 409, 'keys-too-many')
  })

  test('opens nothing any more once it is revoked, and stays in the list', async () => {
    const secret = await keyFor(server, 'read')
    const [key] = await keys()
    expect((await server.ask('DELETE', `/keys/${key?.id}`)).status).toBe(204)
    expectProblem(await server.ask('GET', '/customers', undefined, by(secret)), 401, 'key-unknown')
    expect(await keys()).toMatchObject([{ name: 'For read', revokedAt: startAt }])
    expectProblem(await server.ask('DELETE', `/keys/${key?.id}`), 404, 'not-found')
  })
})

describe('whoever brings a key', () => {
  test('needs no login, does what its kind may, and stands in the log by its name', async () => {
    const secret = await keyFor(server, 'write', 'Shop, customers')
    await server.restart('correct horse battery')
    expectProblem(await server.ask('POST', '/customers', { id: 'c1' }), 401, 'login-required')
    expect((await server.ask('POST', '/customers', { id: 'c1' }, by(secret))).status).toBe(200)
    const { entries } = await server.own.stores.audit.page({ limit: 10 })
    expect(entries[0]).toMatchObject({
      action: 'records.taken',
      actor: { kind: 'key', id: 'Shop, customers', via: 'api' },
    })
    expect(server.db.sqlite.prepare('select used_at from api_keys').pluck().get()).toEqual(expect.any(Number))
  })

  test('may read nothing with one that writes, and write nothing with one that reads', async () => {
    const write = await keyFor(server, 'write')
    const read = await keyFor(server, 'read')
    expectProblem(await server.ask('GET', '/customers/m1', undefined, by(write)), 403, 'key-forbids')
    expect((await server.ask('GET', '/customers/m1', undefined, by(read))).status).toBe(200)
    expectProblem(await server.ask('PUT', '/customers/m1', { name: 'X' }, by(read)), 403, 'key-forbids')
  })

  test('comes nowhere else, although no password is set or somebody is logged in', async () => {
    const secret = await keyFor(server, 'write')
    for (const path of ['/keys', '/settings/brand', '/audit', '/api/v1/system', '/api/v1/sessions'])
      expectProblem(await server.ask('GET', path, undefined, by(secret)), 403, 'key-forbids')
    expectProblem(
      await server.ask('POST', '/keys', { name: 'More', kind: 'write' }, by(secret)),
      403,
      'key-forbids',
    )
    expectProblem(
      await server.ask('GET', '/customers', undefined, by('mgp_read_nothing')),
      401,
      'key-unknown',
    )
  })

  test('is braked by itself when it asks too often', async () => {
    const secret = await keyFor(server, 'read')
    const other = await keyFor(server, 'read', 'Other')
    const ask = (key: string, from: string) =>
      server.app.inject({ method: 'HEAD', url: urlOf('/erasures'), headers: by(key), remoteAddress: from })
    for (let call = 0; call < limits.keyRequests.value; call += 1)
      await ask(secret, call % 2 === 0 ? '10.0.0.1' : '10.0.0.2')
    expect((await ask(secret, '10.0.0.3')).statusCode).toBe(429)
    expect((await ask(other, '10.0.0.3')).statusCode).toBe(200)
  })
})

describe('the table of what keys may call', () => {
  test('names routes that there are', async () => {
    const { body } = await server.ask<{ paths: Record<string, object> }>('GET', '/api/openapi.json')
    const known = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) =>
          `${method.toUpperCase()} ${path.replace('/api/v1/brands/{brand}', '').replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    for (const right of Object.values(keyRights).flat()) expect(known).toContain(right)
  })
})
