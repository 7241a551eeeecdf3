import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSessions, type SessionKeeper, weekMs } from './session-file.ts'

let folder = ''
let clock = 0
let unreadable: unknown[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-sessions-'))
  clock = Date.parse('2026-08-01T00:00:00Z')
  unreadable = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = () => join(folder, 'sessions.json')
const open = (where: string | null = path()) =>
  openSessions({ path: where, now: () => clock, onUnreadable: (error) => unreadable.push(error) })

const cookie = { originalMaxAge: null }
const logIn = ({ store }: SessionKeeper, id: string) =>
  new Promise<unknown>((resolve) => store.set(id, { open: true, cookie }, resolve))
const isIn = ({ store }: SessionKeeper, id: string) =>
  new Promise<boolean>((resolve) => store.get(id, (_, session) => resolve(session?.open === true)))

test('a session lasts a week from the login, over any restart, and then leaves the file', async () => {
  await logIn(open(), 'early')
  clock += weekMs - 1
  const later = open()
  expect(await isIn(later, 'early')).toBe(true)
  await logIn(later, 'early')
  clock += 1
  expect(await isIn(later, 'early')).toBe(false)
  expect(await isIn(open(), 'early')).toBe(false)
  await logIn(later, 'late')
  expect(Object.keys(JSON.parse(readFileSync(path(), 'utf8')).sessions)).toHaveLength(1)
})

test('a session without a login is not kept', async () => {
  const keeper = open()
  await new Promise<unknown>((resolve) => keeper.store.set('visitor', { cookie }, resolve))
  expect(await isIn(keeper, 'visitor')).toBe(false)
})

test('the key of the cookies outlasts a restart once somebody has logged in, and is bound to the password', async () => {
  const keeper = open()
  await logIn(keeper, 'someone')
  expect(open().key('secret one')).toBe(keeper.key('secret one'))
  expect(keeper.key('secret two')).not.toBe(keeper.key('secret one'))
})

test('a file that cannot be read is told of, and lets nobody in', async () => {
  await logIn(open(), 'someone')
  writeFileSync(path(), '{"sessions":')
  const keeper = open()
  expect(unreadable).toHaveLength(1)
  expect(await isIn(keeper, 'someone')).toBe(false)
  expect(await logIn(keeper, 'someone')).toBeUndefined()
  expect(await isIn(open(), 'someone')).toBe(true)
})

test('a login that cannot be written fails, and nobody is in', async () => {
  const keeper = open(join(folder, 'nowhere', 'sessions.json'))
  expect(await logIn(keeper, 'someone')).toBeInstanceOf(Error)
  expect(await isIn(keeper, 'someone')).toBe(false)
})

test('without a file sessions end with the process', async () => {
  const keeper = open(null)
  await logIn(keeper, 'someone')
  expect(await isIn(keeper, 'someone')).toBe(true)
  expect(await isIn(open(null), 'someone')).toBe(false)
})
