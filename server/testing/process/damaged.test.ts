import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { brandPath, openDatabase } from '../../store/sqlite/database.ts'
import { noteBackup } from '../../store/sqlite/installation/backups.ts'
import { openInstallationFile } from '../../store/sqlite/installation/database.ts'
import { killAll, startProcess } from './server.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-damaged-'))
  openInstallationFile(folder).close()
  for (const id of ['own', 'demo']) openDatabase(brandPath(folder, id)).close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(killAll)

const letter = 'a letter to somebody '.repeat(500)

/** What keeps the whole server from starting, and what it says in both languages. */
const damages: readonly (readonly [what: string, damage: () => string, says: readonly RegExp[]])[] = [
  [
    'the data of all brands are cut short, of which one was backed up',
    () => {
      noteBackup(folder, 'own', '/backups/own-monday.sqlite', Date.parse('2026-08-10T02:00:00Z'))
      for (const id of ['own', 'demo']) truncateSync(brandPath(folder, id), 5_000)
      return folder
    },
    [/restore "\/backups\/own-monday\.sqlite" --data/, /最近一次备份/, /last backed up/],
  ],
  [
    'the file that says which brands there are is another',
    () => {
      writeFileSync(join(folder, 'installation.sqlite'), letter)
      return folder
    },
    [/已经损坏/, /is damaged/],
  ],
  [
    'the folder is a file',
    () => {
      writeFileSync(join(folder, 'letter'), letter)
      return join(folder, 'letter')
    },
    [/无法存放数据/, /cannot hold the data/],
  ],
]

describe('a start that cannot be', () => {
  test.each(damages)(
    '%s: says so in a sentence, and no more',
    async (_what, damage, says) => {
      const { code, output } = await startProcess({ MAGPIE_DATA: damage() }).ended
      expect(code).toBe(1)
      for (const sentence of says) expect(output).toMatch(sentence)
      expect(output).not.toMatch(/^\s+at .+:\d+/m)
    },
    60_000,
  )
})
