import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import { sweeper } from './sweep.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-sweep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const letter = '致欧阳慕雪的信'

describe('rule 20: the free space of a file', () => {
  test('is not said to be swept while somebody reads, as what was there still stands in the log', async () => {
    const path = join(folder, 'own.sqlite')
    const db = openDatabase(path, { blockingMs: 0 })
    const reader = openDatabase(path, { readonly: true })
    const write = db.sqlite.prepare('insert into meta (key, value) values (?, ?)')
    for (let at = 0; at < 100; at += 1) write.run(`note ${at}`, JSON.stringify(letter))
    reader.sqlite.exec('begin')
    reader.sqlite.prepare('select count(*) from meta').get()
    db.sqlite.exec(`delete from meta where key like 'note %'`)
    db.sqlite
      .prepare(
        `insert into erasures (id, status, records, asked_at, asked_by, finished_at, remembered, removed)
         values ('e1', 'done', 1, 1, '{}', 2, 1, '{}')`,
      )
      .run()
    const swept = () => db.sqlite.prepare('select swept_at as at from erasures').get()
    const holds = () => ['', '-wal'].filter((end) => readFileSync(`${path}${end}`).includes(letter))
    const sweep = sweeper(db)

    expect(await sweep(3)).toBe(false)
    expect(swept()).toEqual({ at: null })
    expect(holds()).not.toEqual([])

    reader.sqlite.exec('commit')
    expect(await sweep(4)).toBe(true)
    expect(swept()).toEqual({ at: 4 })
    expect(holds()).toEqual([])
    reader.close()
    db.close()
  })

  test('is swept only where a certificate waits for it', async () => {
    const db = openDatabase(join(folder, 'own.sqlite'))
    expect(await sweeper(db)(3)).toBe(false)
    db.close()
  })
})
