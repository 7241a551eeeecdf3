import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../../../shared/audit/actor.ts'
import { openDatabase } from '../database.ts'
import { openInstallation } from '../installation/store.ts'
import { settingsStore } from '../settings/store.ts'
import { keyFile, openKeyRing, readKeyFile, readKeys } from './keys.ts'
import { rotateKey } from './rotate.ts'
import type { KeyRing } from './seal.ts'
import { brandScope, openVault } from './vault.ts'

const act = { actor: terminalActor, at: 1, realAt: 1 }
const given = (byte: number) => readKeys(Buffer.alloc(32, byte).toString('hex'))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-rotate-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const places = { own: 'own.sqlite', tea: 'brands/tea.sqlite', old: 'archive/old.sqlite' }

/** A folder with a brand where it always lay, another, and one that was put aside; each has a model's key. */
async function lay(ring: KeyRing): Promise<void> {
  const installation = openInstallation(folder, ring)
  installation.secret('links', () => 'the secret of the links')
  for (const [id, file] of Object.entries(places)) {
    await installation.add(act, { id, file: file.replace('archive', 'brands'), sandbox: false })
    if (id === 'old') await installation.archive(act, id, file)
    const db = openDatabase(join(folder, file))
    const store = settingsStore(db, openVault(db, brandScope(id), ring))
    await store.saveModel(act, { baseUrl: null, model: 'm', apiKey: `sk-${id}` })
    db.close()
  }
  installation.close()
}

/** What these keys open, by brand; null: nothing. */
async function opened(ring: KeyRing): Promise<Record<string, string | null>> {
  const installation = openInstallation(folder, ring)
  const links = installation.secret('links', () => 'made anew')
  installation.close()
  const keys: Record<string, string | null> = { links }
  for (const [id, file] of Object.entries(places)) {
    const db = openDatabase(join(folder, file))
    keys[id] = (await settingsStore(db, openVault(db, brandScope(id), ring)).model()).apiKey
    db.close()
  }
  return keys
}
const all = { links: 'the secret of the links', own: 'sk-own', tea: 'sk-tea', old: 'sk-old' }

function ringOf(): KeyRing {
  const ring = readKeyFile(folder)
  if (ring === null) throw new Error('there is no key file')
  return ring
}

describe('the key of a folder', () => {
  test('is made at the first start, and read by its owner alone', () => {
    const ring = openKeyRing(folder, null)
    expect(openKeyRing(folder, null)).toEqual(ring)
    if (process.platform !== 'win32') expect(statSync(keyFile(folder)).mode & 0o777).toBe(0o600)
  })

  test('gives way to a new one, which alone opens everything from then on', async () => {
    const before = openKeyRing(folder, null)
    await lay(before)
    expect(await rotateKey(folder, null)).toMatchObject({ databases: 4, resealed: 5, locked: 0 })
    const after = ringOf()
    expect(after).toHaveLength(1)
    expect(await opened(after)).toEqual(all)
    expect(await opened(before)).toEqual({ links: 'made anew', own: null, tea: null, old: null })
    const former = Buffer.from(before[0].bytes).toString('base64')
    expect(readdirSync(folder)).not.toContain('magpie.key.half')
    expect(readFileSync(keyFile(folder), 'utf8')).not.toContain(former)
  })

  test.each([0, 1, 2])(
    'changed by a process that is killed before database %i can still be read, and the next goes on',
    async (last) => {
      await lay(openKeyRing(folder, null))
      let seen = 0
      const dying = rotateKey(folder, null, () => {
        if (seen === last) throw new Error('killed')
        seen += 1
      })
      await expect(dying).rejects.toThrow('killed')
      expect(await opened(openKeyRing(folder, null))).toEqual(all)
      await rotateKey(folder, null)
      expect(ringOf()).toHaveLength(1)
      expect(await opened(ringOf())).toEqual(all)
    },
  )

  test('gives way to one from the environment, which has it in keeping from then on', async () => {
    await lay(openKeyRing(folder, null))
    expect(await opened(openKeyRing(folder, given(1)))).toEqual(all)
    await rotateKey(folder, given(1))
    expect(existsSync(keyFile(folder))).toBe(false)
    expect(await opened(given(1))).toEqual(all)
    const both = readKeys([2, 1].map((byte) => Buffer.alloc(32, byte).toString('base64')).join(', '))
    expect(await rotateKey(folder, both)).toMatchObject({ resealed: 5, locked: 0 })
    expect(await opened(given(2))).toEqual(all)
  })

  test('that is not the right one leaves everything as it is, and says how much', async () => {
    await lay(given(1))
    expect(await rotateKey(folder, given(2))).toMatchObject({ resealed: 0, locked: 5 })
    expect(await opened(given(1))).toEqual(all)
  })
})

test.each(['', 'short', 'zz'.repeat(32), `${'a'.repeat(64)},short`, Buffer.alloc(31).toString('base64')])(
  'MAGPIE_KEY=%s is told to be no key, and not quoted',
  (text) => {
    expect(() => readKeys(text)).toThrow(
      expect.objectContaining({ code: 'setting-invalid', place: 'MAGPIE_KEY' }),
    )
    expect(dirname(keyFile(folder))).toBe(folder)
  },
)
