import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AssetList, KeptAsset } from '../../../shared/api/assets.ts'
import type { AudienceUse } from '../../../shared/api/customers.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { fakeChannel } from '../fake-channel.ts'
import { expectProblem, formOf, openTestApp, publishJourney, type TestApp } from './harness.ts'

const picture = (background: string) =>
  sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer()

const name = (en: string) => ({ en })
const showing = (asset: string): Journey =>
  journeySchema.parse({
    ...{ format: 1, id: 'shown', name: name('Shown') },
    nodes: {
      picked: { type: 'manual', name: name('Picked'), config: {} },
      tell: {
        type: 'send',
        name: name('Tell'),
        config: { channel: 'in_app', text: { en: 'Look' }, attachments: [{ kind: 'image', asset }] },
      },
      done: { type: 'exit', name: name('Done'), config: {} },
    },
    edges: { picked: { entered: 'tell' }, tell: { sent: 'done', not_sent: 'done' } },
  })

describe('the store of pictures', () => {
  let server: TestApp
  const channel = fakeChannel('in_app')
  beforeAll(async () => {
    server = await openTestApp({ brand: { channels: () => new Map([['in_app', channel]]) } })
  })
  afterAll(() => server.close())

  const upload = async <T = KeptAsset>(bytes: Buffer, fields: Record<string, string> = {}) => {
    const { payload, headers } = formOf(bytes, fields)
    return server.ask<T>('POST', '/assets', payload, headers)
  }

  test('takes a picture in under a key that is free, and lists it', async () => {
    const made = await upload(await picture('#c33'))
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ key: 'members', type: 'image/png', width: 60, height: 40 })
    expect((await upload(await picture('#3c3'))).body).toMatchObject({ key: 'members_2' })
    const list = (await server.ask<AssetList>('GET', '/assets')).body
    expect(list.assets.map(({ key }) => key)).toEqual(['members', 'members_2'])
    expect(list.room.used).toBe(list.assets.reduce((sum, { bytes }) => sum + bytes, 0))
    const again = await upload(await picture('#33c'), { key: 'members', name: JSON.stringify(name('Box')) })
    expectProblem(again, 409, 'asset-exists')
    const own = await upload(await picture('#33c'), { key: 'box', name: JSON.stringify(name('Box')) })
    expect(own.body).toMatchObject({ key: 'box', name: { en: 'Box' } })
  })

  test('serves it to everybody for good, as the picture that it is and nothing else', async () => {
    const { path, url, hash } = (await server.ask<KeptAsset>('GET', '/assets/box')).body
    expect(path).toBe(`/a/${hash}.png`)
    expect(url).toBe(`http://localhost:3000${path}`)
    const served = await server.app.inject({ method: 'GET', url: path })
    expect(served.statusCode).toBe(200)
    expect(served.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect((await sharp(served.rawPayload).metadata()).width).toBe(60)
    const known = { 'if-none-match': String(served.headers.etag) }
    expect((await server.app.inject({ method: 'GET', url: path, headers: known })).statusCode).toBe(304)
    expectProblem(await server.ask('GET', `/a/${'0'.repeat(64)}.png`), 404, 'not-found')
    expectProblem(await server.ask('GET', `/a/${hash}.gif`), 404, 'not-found')
    expect((await server.ask('GET', '/a/..%2fown.sqlite')).status).toBe(400)
  })

  test('refuses what is no picture, and a file without end', async () => {
    expectProblem(await upload<unknown>(Buffer.from('<svg onload="alert(1)"/>')), 422, 'asset-not-picture')
    expectProblem(await upload<unknown>(Buffer.alloc(20_000_001, 1)), 413, 'body-too-large')
    expectProblem(
      await server.ask('POST', '/assets', formOf(null, {}).payload, formOf(null, {}).headers),
      400,
      'form-broken',
    )
  })

  test('is shown by messages, which keep what they have shown', async () => {
    await publishJourney(server, showing('box'))
    await server.ask('POST', '/journeys/shown/enter', { customerIds: ['m1'] })
    const { hash } = (await server.ask<KeptAsset>('GET', '/assets/box')).body
    const before = { kind: 'image', url: `http://localhost:3000/a/${hash}.png` }
    expect(channel.handed.at(-1)?.attachments).toEqual([before])
    const { payload, headers } = formOf(await picture('#111'), {})
    const replaced = await server.ask<KeptAsset>('PUT', '/assets/box/file', payload, headers)
    expect(replaced.body.hash).not.toBe(hash)
    await server.ask('POST', '/journeys/shown/enter', { customerIds: ['m2'] })
    expect(channel.handed.at(-1)?.attachments).toEqual([
      { kind: 'image', url: `http://localhost:3000${replaced.body.path}` },
    ])
    expect((await server.app.inject({ method: 'GET', url: `/a/${hash}.png` })).statusCode).toBe(200)
  })

  test('lets nobody publish what shows a picture that is not there', async () => {
    const made = await server.ask<{ journey: Journey; revision: number }>('POST', '/journeys', {
      file: JSON.stringify({ ...showing('lost'), id: 'lost' }),
    })
    const { journey, revision } = made.body
    const refused = await server.ask('POST', `/journeys/${journey.id}/publish`, { revision })
    expectProblem(refused, 422, 'journey-has-errors')
    expect(JSON.stringify(refused.body)).toContain('asset-lost')
  })

  test('gives up none that is in use, by key or by address, and says where', async () => {
    expectProblem(await server.ask('DELETE', '/assets/box'), 409, 'asset-in-use')
    const { uses } = (await server.ask<{ uses: AudienceUse[] }>('GET', '/assets/box/uses')).body
    expect(uses.map(({ kind, id, node }) => [kind, id, node])).toContainEqual(['journey', 'shown', 'tell'])
    const { hash } = (await server.ask<KeptAsset>('GET', '/assets/members')).body
    const content = {
      ...{ key: 'banner', name: name('Banner'), kind: 'image' },
      default: { image: `https://m.example/a/${hash}.png`, alt: name('A banner') },
    }
    await server.ask('PUT', '/contents/banner', { content, revision: null })
    expectProblem(await server.ask('DELETE', '/assets/members'), 409, 'asset-in-use')
    expect((await server.ask('DELETE', '/assets/members_2')).status).toBe(204)
    expectProblem(await server.ask('GET', '/assets/members_2'), 404, 'not-found')
  })

  test('is named anew', async () => {
    const named = await server.ask<KeptAsset>('PUT', '/assets/box', {
      name: name('Gift'),
      alt: name('A gift'),
    })
    expect(named.body).toMatchObject({ key: 'box', name: { en: 'Gift' }, alt: { en: 'A gift' } })
  })

  test('goes with the brand’s file, wherever that is laid', async () => {
    const copy = join(server.folder, 'copy.sqlite')
    server.db.sqlite.pragma('wal_checkpoint(truncate)')
    copyFileSync(server.db.path, copy)
    const db = openDatabase(copy, { readonly: true })
    const { hash } = (await server.ask<KeptAsset>('GET', '/assets/box')).body
    const kept = db.sqlite.prepare<[string], Buffer>('select data from asset_files where hash = ?').pluck()
    expect((await sharp(kept.get(hash)).metadata()).format).toBe('png')
    db.close()
  })
})
