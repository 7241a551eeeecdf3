import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../store/sqlite/database.ts'
import { type ImportProgress, startImport } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-import-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(rows: number): string {
  const path = join(folder, 'customers.csv')
  writeFileSync(path, ['customer_id', ...Array.from({ length: rows }, (_, index) => `${index}`)].join('\n'))
  return path
}

const request = { kind: 'customers', zone: 'Asia/Shanghai', currency: 'CNY', receivedAt: 1 } as const
const database = () => join(folder, 'own.sqlite')

function stored(): unknown {
  const db = openDatabase(database())
  try {
    return db.sqlite.prepare('select count(*) as customers from customers').get()
  } finally {
    db.close()
  }
}

describe('an import in a thread of its own', () => {
  test('tells its progress and its report', async () => {
    const seen: ImportProgress[] = []
    const running = startImport(database(), { ...request, source: file(3_000) }, (one) => seen.push(one))
    expect(await running.result).toMatchObject({ rows: 3_000, imported: 3_000, rejected: 0 })
    expect(seen.map(({ done, of }) => [done, of])).toEqual([
      [0, 3_000],
      [2_000, 3_000],
      [3_000, 3_000],
    ])
    expect(stored()).toEqual({ customers: 3_000 })
  })

  test('tells a problem of the file as it is', async () => {
    const path = join(folder, 'twice.csv')
    writeFileSync(path, 'name,city\n')
    const { result } = startImport(database(), { ...request, source: path })
    await expect(result).rejects.toMatchObject({
      name: 'Problem',
      code: 'csv-missing-column',
      details: { columns: 'customer_id / phone / email' },
      place: 'customer_id',
    })
  })

  test('can be cancelled', async () => {
    const running = startImport(database(), { ...request, source: file(200_000) }, () => running.cancel())
    await expect(running.result).rejects.toMatchObject({ code: 'import-cancelled' })
  })
})
