import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { brandMigrations, openDatabase } from '../../store/sqlite/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-migration-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const journal = z.looseObject({ entries: z.array(z.looseObject({ when: z.number(), tag: z.string() })) })

/** The migrations there are, with one more of which the middle ends the process. */
function withDeadly(at: 'first' | 'last'): string {
  const copy = join(folder, `migrations-${at}`)
  cpSync(brandMigrations, copy, { recursive: true })
  const path = join(copy, 'meta/_journal.json')
  const known = journal.parse(JSON.parse(readFileSync(path, 'utf8')))
  const [last] = known.entries.slice(-1)
  if (last === undefined) throw new Error('there are no migrations')
  const deadly = [
    'create table half (id integer)',
    'insert into half select killed()',
    'create table whole (id integer)',
  ]
  writeFileSync(join(copy, '9999_deadly.sql'), deadly.join(';\n--> statement-breakpoint\n'))
  const added = { ...last, tag: '9999_deadly', when: at === 'last' ? last.when + 1 : last.when }
  // In place of the last one, so that those before it are done in the same go.
  const entries = at === 'last' ? [...known.entries, added] : [...known.entries.slice(0, -1), added]
  writeFileSync(path, JSON.stringify({ ...known, entries }))
  return copy
}

async function diesOver(path: string, migrations: string): Promise<NodeJS.Signals | null> {
  const program = fileURLToPath(new URL('../crash/migration-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, path, migrations])
  const [, signal] = await once(child, 'exit')
  return signal as NodeJS.Signals | null
}

const tablesOf = (path: string): readonly string[] => {
  const db = openDatabase(path)
  const names = db.sqlite
    .prepare<[], string>("select name from sqlite_master where type = 'table'")
    .pluck()
    .all()
  db.close()
  return names
}

test('a process that is killed between two statements of a migration leaves the data as it was', async () => {
  const path = join(folder, 'kept.sqlite')
  const db = openDatabase(path)
  db.sqlite.exec(`insert into meta (key, value) values ('mark', '1')`)
  db.close()
  const before = tablesOf(path)
  expect(await diesOver(path, withDeadly('last'))).toBe('SIGKILL')
  expect(tablesOf(path)).toEqual(before)
  const again = openDatabase(path)
  expect(again.sqlite.prepare("select value from meta where key = 'mark'").pluck().get()).toBe('1')
  again.close()
}, 60_000)

test('killed in the first of many, none of them is there, and the next start does them all', async () => {
  const path = join(folder, 'new.sqlite')
  expect(await diesOver(path, withDeadly('first'))).toBe('SIGKILL')
  expect(tablesOf(path)).toContain('messages')
  expect(tablesOf(path)).not.toContain('half')
}, 60_000)
