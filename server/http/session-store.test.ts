import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openInstallationFile } from '../store/sqlite/installation/database.ts'
import { type OpenedInstallation, openInstallation } from '../store/sqlite/installation/store.ts'
import { testKeys } from '../testing/keys.ts'
import { cookieKey, sessionStore, weekMs } from './session-store.ts'

let folder = ''
let clock = 0
let installation: OpenedInstallation
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-sessions-'))
  clock = Date.parse('2026-08-01T00:00:00Z')
  installation = openInstallation(folder, testKeys)
})
afterEach(() => {
  installation.close()
  rmSync(folder, { recursive: true, force: true })
})

function restart(): void {
  installation.close()
  installation = openInstallation(folder, testKeys)
}

const store = () => sessionStore(installation.sessions, () => clock)
const cookie = { originalMaxAge: null }
const logIn = (id: string) =>
  new Promise<unknown>((resolve) => store().set(id, { open: true, cookie }, resolve))
const isIn = (id: string) =>
  new Promise<boolean>((resolve) => store().get(id, (_, session) => resolve(session?.open === true)))
function kept() {
  const sqlite = openInstallationFile(folder)
  const rows = sqlite.prepare<[], { id_hash: string }>('select id_hash from sessions').all()
  sqlite.close()
  return rows
}

test('a session lasts a week from the login, over any restart, and is then forgotten', async () => {
  await logIn('early')
  clock += weekMs - 1
  restart()
  expect(await isIn('early')).toBe(true)
  await logIn('early')
  clock += 1
  expect(await isIn('early')).toBe(false)
  await logIn('late')
  expect(kept()).toHaveLength(1)
})

test('a session without a login is not kept', async () => {
  await new Promise<unknown>((resolve) => store().set('visitor', { cookie }, resolve))
  expect(await isIn('visitor')).toBe(false)
  expect(kept()).toEqual([])
})

test('who logs out is out, over any restart, and nobody else', async () => {
  await logIn('one')
  await logIn('other')
  await new Promise<unknown>((resolve) => store().destroy('one', resolve))
  restart()
  expect([await isIn('one'), await isIn('other')]).toEqual([false, true])
})

test('the key of the cookies outlasts a restart, and is bound to the password', () => {
  const key = cookieKey(installation.sessions, 'secret one')
  expect(cookieKey(installation.sessions, 'secret two')).not.toBe(key)
  restart()
  expect(cookieKey(installation.sessions, 'secret one')).toBe(key)
})

test('whoever reads the database cannot take a session over', async () => {
  await logIn('an id that only the cookie holds')
  expect(JSON.stringify(kept())).not.toContain('an id')
})

test('a login that cannot be written fails', async () => {
  const sqlite = openInstallationFile(folder)
  sqlite.exec('drop table sessions')
  sqlite.close()
  expect(await logIn('someone')).toBeInstanceOf(Error)
})
