import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../../../shared/audit/actor.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { type KeyRing, newKey } from '../secrets/seal.ts'
import { brandScope, openVault } from '../secrets/vault.ts'
import { settingsKeys, writeMeta } from './meta.ts'
import { sealPlainSecrets } from './secrets.ts'
import { settingsStore } from './store.ts'

const relay = { host: 'smtp.example.com', port: 465, secure: true, from: 'a@example.com' }
const words = {
  password: 'the password of the relay',
  hook: 'the secret of the hooks',
  gateway: 'the secret of the gateway',
  model: 'sk-the-key-of-the-model',
  links: 'the secret of the links',
}
const act = { actor: terminalActor, at: 1, realAt: 1 }
const ring: KeyRing = [newKey()]

let folder: string
let db: BrandDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-secrets-'))
  db = openDatabase(join(folder, 'own.sqlite'))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const vaultOf = (keys: KeyRing, id = 'own') => openVault(db, brandScope(id), keys)
const storeOf = (keys: KeyRing, id?: string) => settingsStore(db, vaultOf(keys, id))

/** Which of the words stand in any file of the folder. */
function inTheOpen(): string[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  return Object.entries(words).flatMap(([name, text]) =>
    files.some((bytes) => bytes.includes(text) || bytes.includes(Buffer.from(text).toString('base64')))
      ? [name]
      : [],
  )
}

/** Settings as earlier releases wrote them, changed once so that the file's free space has them too. */
function writeAsBefore(): void {
  for (const from of ['b@example.com', relay.from])
    writeMeta(db, settingsKeys.channels, {
      email: { ...relay, from, password: words.password, secret: words.hook },
      sms: { url: 'https://sms.example.com/send', secret: words.gateway, allowPrivate: false },
    })
  writeMeta(db, settingsKeys.ai, { baseUrl: null, model: 'm', apiKey: words.model })
  writeMeta(db, 'secret:links', words.links)
}

describe('secrets of an earlier release', () => {
  test('are sealed at the first start, and gone from the file, its free pages and its log', async () => {
    writeAsBefore()
    expect(inTheOpen()).toEqual(Object.keys(words))
    sealPlainSecrets(db, vaultOf(ring))
    expect(inTheOpen()).toEqual([])
    db.close()
    expect(inTheOpen()).toEqual([])
    db = openDatabase(join(folder, 'own.sqlite'))
    const store = storeOf(ring)
    expect(await store.channels()).toMatchObject({
      email: { ...relay, password: words.password, secret: words.hook },
      sms: { secret: words.gateway },
    })
    expect(await store.model()).toEqual({ baseUrl: null, model: 'm', apiKey: words.model })
    expect(vaultOf(ring).read('links', null)).toBe(words.links)
    expect(Object.fromEntries(await store.secrets())).toEqual({
      'ai.apiKey': { origin: 'https://api.openai.com', state: 'kept' },
      'email.password': { origin: 'smtps://smtp.example.com:465', state: 'kept' },
      'email.secret': { origin: null, state: 'kept' },
      'sms.secret': { origin: 'https://sms.example.com', state: 'kept' },
      links: { origin: null, state: 'kept' },
    })
  })

  test('that were moved, by a process that was killed before the file was rewritten, are gone after the next start', () => {
    writeAsBefore()
    const failing = { ...db, sqlite: Object.create(db.sqlite, { exec: { value: () => stop() } }) }
    const stop = () => {
      throw new Error('killed')
    }
    expect(() => sealPlainSecrets(failing, vaultOf(ring))).toThrow('killed')
    expect(inTheOpen()).not.toEqual([])
    sealPlainSecrets(db, vaultOf(ring))
    expect(inTheOpen()).toEqual([])
  })
})

describe('a secret that is saved', () => {
  test('is never written in the open', async () => {
    const store = storeOf(ring)
    await store.saveChannel(act, 'email', { ...relay, password: words.password, secret: words.hook })
    await store.saveModel(act, { baseUrl: null, model: 'm', apiKey: words.model })
    expect(inTheOpen()).toEqual([])
    expect(await store.channels()).toMatchObject({ email: { password: words.password } })
  })

  test('gives nothing where a colleague with the file points it to another address', async () => {
    const store = storeOf(ring)
    await store.saveModel(act, { baseUrl: 'https://good.example/v1', model: 'm', apiKey: words.model })
    writeMeta(db, settingsKeys.ai, { baseUrl: 'https://evil.example/v1', model: 'm' })
    expect((await store.model()).apiKey).toBeNull()
    db.sqlite.exec(`update secrets set origin = 'https://evil.example'`)
    expect((await store.model()).apiKey).toBeNull()
  })

  test('gives nothing under the name of another, or in another brand', async () => {
    const store = storeOf(ring)
    await store.saveChannel(act, 'email', { ...relay, secret: words.hook })
    expect(await storeOf(ring, 'other').channels()).toMatchObject({ email: { host: relay.host } })
    expect((await storeOf(ring, 'other').channels()).email).not.toHaveProperty('secret')
    db.sqlite.exec(`update secrets set name = 'webhook.secret'`)
    writeMeta(db, settingsKeys.channels, { webhook: {} })
    expect((await store.channels()).webhook).not.toHaveProperty('secret')
  })

  test('has to be typed again where its key is lost, and is there again when the key comes back', async () => {
    await storeOf(ring).saveChannel(act, 'email', { ...relay, password: words.password })
    const elsewhere: KeyRing = [newKey()]
    const store = storeOf(elsewhere)
    expect((await store.channels()).email).not.toHaveProperty('password')
    expect((await store.secrets()).get('email.password')).toMatchObject({ state: 'locked' })
    // What is saved beside it leaves it as it is.
    await store.saveChannel(act, 'email', { ...relay, from: 'b@example.com' })
    expect(await storeOf(ring).channels()).toMatchObject({ email: { password: words.password } })
    await store.saveChannel(act, 'email', { ...relay, password: 'another' })
    expect((await store.secrets()).get('email.password')).toMatchObject({ state: 'kept' })
    expect((await storeOf(ring).channels()).email).not.toHaveProperty('password')
  })

  test('of the server’s own is made anew where its key is lost, and waits for the key', () => {
    const [before, elsewhere] = [vaultOf(ring), vaultOf([newKey()])]
    const first = before.own('links', () => 'first')
    expect(elsewhere.own('links', () => 'second')).toBe('second')
    expect(elsewhere.own('links', () => 'third')).toBe('second')
    expect(vaultOf(ring).own('links', () => 'fourth')).toBe(first)
  })

  test('that went with its address is remembered as such, without a word of it', async () => {
    const store = storeOf(ring)
    await store.saveChannel(act, 'email', { ...relay, password: words.password })
    await store.saveChannel(act, 'email', { ...relay, host: 'other.example.com' })
    expect((await store.secrets()).get('email.password')).toEqual({
      origin: 'smtps://smtp.example.com:465',
      state: 'dropped',
    })
    await store.saveChannel(act, 'email', relay)
    expect((await store.channels()).email).not.toHaveProperty('password')
  })
})
