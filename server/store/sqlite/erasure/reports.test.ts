import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportAnswer, importCounts } from '../../../../shared/api/imports.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { saveImport } from '../imports/imports.ts'
import { Mentions } from './mentions.ts'
import { clearReports, type ReportCleared } from './reports.ts'

const counts = importCounts.parse(
  Object.fromEntries(Object.keys(importCounts.shape).map((name) => [name, 0])),
)
const fault = (line: number, cell: string) => ({
  ...{ line, column: 'email', value: cell, code: 'not-an-address' },
  reason: { 'zh-CN': `${cell} 不像邮箱`, en: `${cell} is no mailbox` },
})
/** A cell of hers that says nothing of her but by the line in which it stands, and one of somebody else. */
const report: ImportAnswer = {
  ...{ ...counts, id: 'list', kind: 'customers', file: 'list.csv', state: 'done', before: 0 },
  ...{ progress: { done: 2, of: 2 }, rejections: [], passedRows: [], problem: null },
  cellFaults: [fault(2, '慕雪的旧邮箱'), fault(3, 'nowhere')],
  ...{ shared: { count: 0, addresses: [] }, startedAt: 1, finishedAt: 2 },
}
const rejected = '行号,原因,编号,邮箱\n2,不像邮箱,KX-1,慕雪的旧邮箱\n3,不像邮箱,m9,nowhere\n'
const mentions = new Mentions({ ids: ['KX-1'], contacts: [] })

let folder: string
let db: BrandDatabase
const path = () => join(folder, 'imports', 'list.rejected.csv')
const kept = () => db.sqlite.prepare('select report from imports').pluck().get()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-reports-'))
  mkdirSync(join(folder, 'imports'))
  db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
  saveImport(db, report, 2)
  writeFileSync(path(), rejected)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const save = ({ id, report: text }: ReportCleared) =>
  db.sqlite.prepare('update imports set report = ? where id = ?').run(text, id)

describe('rule 20: what an import says of who is to be forgotten', () => {
  test('goes from its report and its file by the line, and what is somebody else’s stays', async () => {
    await clearReports(db, mentions, save)
    expect(kept()).not.toContain('慕雪的旧邮箱')
    expect(kept()).toContain('nowhere')
    expect(readFileSync(path(), 'utf8')).not.toContain('KX-1')
    expect(readFileSync(path(), 'utf8')).toContain('m9')
  })

  test('goes wholly after a stop at the worst moment, as the file says until the last which lines are theirs', async () => {
    const ended = new Error('the process ends')
    const stopped = clearReports(db, mentions, () => {
      throw ended
    })
    await expect(stopped).rejects.toBe(ended)
    const seen: number[] = []
    await clearReports(db, mentions, (cleared) => {
      seen.push(cleared.lines)
      save(cleared)
    })
    expect(seen).toEqual([1])
    expect(kept()).not.toContain('慕雪的旧邮箱')
    expect(readFileSync(path(), 'utf8')).not.toContain('慕雪')
    await clearReports(db, mentions, ({ id }) => seen.push(id.length))
    expect(seen).toEqual([1])
  })
})
