import { expect, test } from 'vitest'
import { importTemplate } from '../../shared/api/import-template.ts'
import { importKinds } from '../../shared/api/imports.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { importFile } from './index.ts'

const receivedAt = Date.parse('2026-08-01T00:00:00Z')

test('the templates of files enter one after the other as they are, each column as what it is called', async () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  const reports = []
  for (const kind of importKinds)
    reports.push(
      await importFile(db, {
        ...{ kind, source: Buffer.from(importTemplate(kind)) },
        ...{ zone: 'Asia/Shanghai', currency: 'CNY', receivedAt },
      }),
    )
  expect(reports.map(({ kind, imported, lines }) => [kind, imported, lines])).toEqual([
    ['customers', 2, 0],
    ['orders', 1, 1],
    ['products', 2, 0],
  ])
  for (const { rejected, passed, cells, mapping } of reports) {
    expect([rejected, passed, cells]).toEqual([0, 0, 0])
    expect(Object.values(mapping)).toEqual(Object.keys(mapping))
  }
  db.close()
})
