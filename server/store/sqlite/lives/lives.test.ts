import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../../../shared/audit/actor.ts'
import { alone } from '../../../ports/claims.ts'
import { testClock } from '../../../testing/clock.ts'
import { backupDatabase } from '../backup.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { createOutboxStore } from '../messages/outbox.ts'
import { heartOf } from './lives.ts'
import { markerOf, readMarker } from './marker.ts'
import { decideRestored, noticeRestore, restoredState } from './restored.ts'

let folder: string
let path: string
let db: BrandDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-lives-'))
  path = join(folder, 'data', 'own.sqlite')
  open(path)
  db.sqlite.prepare(`insert into customers (id, shard, phone, updated_at) values ('c1', 0, '1', 0)`).run()
  db.sqlite
    .prepare(
      `insert into journeys (id, name, status, draft, revision, created_at, updated_at)
       values ('a', '{"en":"A"}', 'live', '', 1, 0, 0)`,
    )
    .run()
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

let clock = 1000
/** Begins another life over a file; answers what it finds. */
function open(at: string): ReturnType<typeof noticeRestore> {
  db = openDatabase(at, { durability: 'normal' })
  clock += 10_000
  return noticeRestore(db, clock)
}
function reopen(at = path): ReturnType<typeof noticeRestore> {
  db.close()
  return open(at)
}

let enrollments = 0
function queue(count: number): void {
  for (let index = 0; index < count; index += 1) {
    enrollments += 1
    db.sqlite
      .prepare(
        `insert into enrollments (id, shard, journey_id, version, customer_id, entry_key, state, status, entered_at,
           arrived_at, control, steps, entry, data) values (?, 0, 'a', 1, 'c1', ?, 'n', 'live', 0, 0, 0, 0, '{}', '{}')`,
      )
      .run(enrollments, String(enrollments))
    db.sqlite
      .prepare(
        `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
           body, purpose, status, due_at, created_at, parts, cost_milli)
         values (0, ?, 'n', 1, 'a', 1, 'c1', 'sms', '1', 'x', 'marketing', 'queued', 0, 0, 1, 0)`,
      )
      .run(enrollments)
  }
}

/** Hands messages over, and hears that they were taken. */
async function send(limit: number): Promise<number> {
  const failed = (error: unknown) => {
    throw error
  }
  const outbox = createOutboxStore(db, { heart: heartOf(db, failed) })
  const by = alone(testClock(clock))
  const { messages } = await outbox.claim({
    by,
    channel: 'sms',
    now: clock,
    limit,
    begins: false,
    verdict: () => ({ kind: 'send' }),
  })
  await outbox.settle(
    messages.map((message) => ({
      message,
      status: 'sent',
      dueAt: null,
      providerId: null,
      error: null,
      endpoint: 'answered',
    })),
    clock,
  )
  return messages.length
}

const statuses = () =>
  Object.fromEntries(
    db.sqlite
      .prepare<[], { status: string; n: number }>(
        'select status, count(*) as n from messages group by status',
      )
      .all()
      .map(({ status, n }) => [status, n]),
  )
const backUp = (file: string) => backupDatabase(db, file, clock)
/** Lays a file over the data, as `cp` does after a stop. */
function layOver(file: string): void {
  db.close()
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
  cpSync(file, path)
}

/** As `cp -a` of a folder over another: the files stay and are filled anew, and get the times of the copied ones. */
function layInPlace(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    writeFileSync(join(to, name), readFileSync(join(from, name)))
    const { atime, mtime } = statSync(join(from, name))
    utimesSync(join(to, name), atime, mtime)
  }
}

describe('data that is what it was', () => {
  test('is no matter to anybody, however often it is opened and killed', async () => {
    queue(3)
    expect(reopen()).toBeNull()
    await send(1)
    expect(reopen()).toBeNull()
    await send(1)
    expect(reopen()).toBeNull()
    expect(restoredState(db)).toBeNull()
    expect(statuses()).toEqual({ sent: 2, queued: 1 })
  })

  test('moved as a whole on its disk is still itself', async () => {
    queue(2)
    await send(1)
    db.close()
    renameSync(dirname(path), join(folder, 'moved'))
    expect(open(join(folder, 'moved', 'own.sqlite'))).toBeNull()
  })

  test('of a release that knew nothing of this is taken as it is', () => {
    queue(2)
    rmSync(markerOf(path))
    expect(reopen()).toBeNull()
    expect(readMarker(path)).toMatchObject({ inPlace: true })
  })

  test('is itself again after a backup of it that nobody used', async () => {
    queue(2)
    await backUp(join(folder, 'b.sqlite'))
    await send(1)
    expect(reopen()).toBeNull()
  })
})

describe('data laid back from a backup', () => {
  test('holds what was queued, for a person to send under the same keys or to drop', async () => {
    queue(5)
    await send(1)
    const file = join(folder, 'b.sqlite')
    await backUp(file)
    await send(10)
    layOver(file)
    expect(open(path)).toEqual({ kind: 'restored', held: 4 })
    expect(statuses()).toEqual({ sent: 1, held: 4 })
    expect(await send(10)).toBe(0)
    expect(restoredState(db)).toMatchObject({
      kind: 'restored',
      waiting: 4,
      decided: false,
      journeys: [{ id: 'a', name: { en: 'A' }, waiting: 4 }],
    })
    const act = { actor: terminalActor, at: clock, realAt: clock }
    expect(decideRestored(db, act, { decision: 'send' })).toEqual({ messages: 4, calls: 0 })
    expect(restoredState(db)).toMatchObject({ waiting: 0, decided: true })
    expect(db.sqlite.prepare('select distinct life from messages').pluck().all()).toEqual([null])
    expect(await send(10)).toBe(4)
    // It is known once, not at every start.
    expect(reopen()).toBeNull()
  })

  test('and dropped, they are never sent', async () => {
    queue(2)
    const file = join(folder, 'b.sqlite')
    await send(1)
    await backUp(file)
    await send(1)
    layOver(file)
    open(path)
    decideRestored(db, { actor: terminalActor, at: clock, realAt: clock }, { decision: 'drop' })
    expect(statuses()).toEqual({ sent: 1, cancelled: 1 })
    expect(
      db.sqlite.prepare(`select sum(count) from figures where kind like 'message:held%'`).pluck().get(),
    ).toBe(0)
  })

  test('from which nothing has been sent since goes on as if nothing had been', async () => {
    queue(2)
    await send(1)
    const file = join(folder, 'b.sqlite')
    await backUp(file)
    layOver(file)
    expect(open(path)).toBeNull()
    expect(statuses()).toEqual({ sent: 1, queued: 1 })
  })

  test('of an earlier release, over data that has sent since', async () => {
    queue(2)
    const file = join(folder, 'b.sqlite')
    // As `cp` of a release that made no marks.
    await db.sqlite.backup(file)
    await send(2)
    layOver(file)
    expect(open(path)).toEqual({ kind: 'restored', held: 2 })
  })

  test('numbers its next messages where no message of the lost time was', async () => {
    queue(2)
    await send(2)
    const file = join(folder, 'b.sqlite')
    await backUp(file)
    queue(3)
    await send(3)
    layOver(file)
    open(path)
    const restore = db.sqlite.prepare(`select value from meta where key = 'life:restored'`).pluck().get()
    expect(JSON.parse(String(restore)).firstMessage).toBeGreaterThanOrEqual(1_000_000_000)
  })
})

describe('data copied with its folder', () => {
  test('knows that it is a copy, and the other that it is itself', async () => {
    queue(3)
    await send(1)
    db.close()
    cpSync(dirname(path), join(folder, 'copy'), { recursive: true, preserveTimestamps: true })
    expect(open(join(folder, 'copy', 'own.sqlite'))).toEqual({ kind: 'copied', held: 2 })
    expect(reopen(path)).toBeNull()
    expect(await send(10)).toBe(2)
  })

  test('and written over where it was, file by file', async () => {
    queue(3)
    await send(1)
    db.close()
    cpSync(dirname(path), join(folder, 'copy'), { recursive: true })
    open(path)
    await send(2)
    db.close()
    cpSync(join(folder, 'copy'), dirname(path), { recursive: true })
    expect(open(path)).toMatchObject({ held: 2 })
  })

  test('and laid over it as it was, with its times, where the disk has given the number of its marker again', async () => {
    queue(9)
    await send(1)
    db.close()
    const copy = join(folder, 'copy')
    cpSync(dirname(path), copy, { recursive: true, preserveTimestamps: true })
    open(path)
    // Longer than a disk's clock is coarse.
    await rest(1100)
    await send(1)
    db.close()
    const marker = join(copy, 'own.sqlite.life')
    const { atime, mtime } = statSync(marker)
    const inode = statSync(markerOf(path)).ino
    const older = JSON.parse(readFileSync(marker, 'utf8'))
    writeFileSync(marker, JSON.stringify({ ...older, inode: String(inode) }))
    utimesSync(marker, atime, mtime)
    layInPlace(copy, dirname(path))
    expect(open(path)).toMatchObject({ held: 8 })
  })

  test('without its marker, as a backup is laid in a new place', async () => {
    queue(3)
    await send(1)
    const elsewhere = join(folder, 'elsewhere', 'own.sqlite')
    mkdirSync(dirname(elsewhere))
    await backUp(elsewhere)
    expect(reopen(elsewhere)).toEqual({ kind: 'restored', held: 2 })
    expect(restoredState(db)).toMatchObject({ from: expect.any(Number) })
  })
})
