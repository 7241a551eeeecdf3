import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Database } from './driver.ts'
import { isLogDamaged } from './log-fault.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-log-'))
const path = join(folder, 'killed.sqlite')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As a process leaves it that was killed: with a log that holds changes. */
beforeAll(() => {
  const live = join(folder, 'live.sqlite')
  const db = new Database(live)
  db.pragma('journal_mode = wal')
  db.pragma('wal_autocheckpoint = 0')
  db.exec('create table lines (text)')
  for (let line = 0; line < 10; line += 1) db.prepare('insert into lines values (?)').run(`line ${line}`)
  for (const end of ['', '-wal']) copyFileSync(live + end, path + end)
  db.close()
})

function spoilt(change: (log: string) => void): boolean {
  const copy = join(folder, 'copy.sqlite')
  for (const end of ['', '-wal']) copyFileSync(path + end, copy + end)
  change(`${copy}-wal`)
  return isLogDamaged(copy)
}
function overwrite(log: string, at: number, bytes: Buffer): void {
  const file = openSync(log, 'r+')
  writeSync(file, bytes, 0, bytes.length, at)
  closeSync(file)
}
const frame = 24 + 4096

describe('the log beside a database', () => {
  test('of a process that was killed is sound', () => {
    expect(spoilt(() => undefined)).toBe(false)
  })

  test.each([
    ['with another head', (log: string) => overwrite(log, 0, Buffer.from('a letter'))],
    ['with a bit turned in its head', (log: string) => overwrite(log, 16, Buffer.from([1, 2, 3]))],
    [
      'with a page changed in its midst',
      (log: string) => overwrite(log, 32 + 3 * frame + 100, Buffer.from('x')),
    ],
    ['that is another file', (log: string) => writeFileSync(log, 'a letter to somebody '.repeat(500))],
  ])('%s is damaged', (_what, change) => {
    expect(spoilt(change)).toBe(true)
  })

  test.each([
    ['cut off in its last page', (log: string) => truncateSync(log, 32 + 8 * frame + 700)],
    [
      'with its last page broken',
      (log: string) => overwrite(log, readFileSync(log).length - 50, Buffer.from('x')),
    ],
    ['that has room and nothing in it', (log: string) => writeFileSync(log, Buffer.alloc(100_000))],
    ['that is empty', (log: string) => truncateSync(log, 0)],
  ])('%s is what a power cut leaves', (_what, change) => {
    expect(spoilt(change)).toBe(false)
  })

  test('that was begun anew over an older round is sound', () => {
    const again = join(folder, 'again.sqlite')
    const db = new Database(again)
    db.pragma('journal_mode = wal')
    db.exec('create table lines (text)')
    for (let line = 0; line < 10; line += 1) db.prepare('insert into lines values (?)').run(`line ${line}`)
    db.pragma('wal_checkpoint(restart)')
    db.prepare('insert into lines values (?)').run('of the next round')
    const copy = join(folder, 'next.sqlite')
    for (const end of ['', '-wal']) copyFileSync(again + end, copy + end)
    db.close()
    expect(isLogDamaged(copy)).toBe(false)
  })
})
