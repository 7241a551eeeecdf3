import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from './reasons.ts'
import { LeftOut } from './report.ts'
import { openTable } from './table.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-left-out-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function writtenAndRead(columns: readonly string[], rows: readonly (readonly string[])[]) {
  const path = join(folder, 'left-out.csv')
  const file = await LeftOut.open(columns, path)
  for (const [at, cells] of rows.entries())
    file.addRow({ line: at + 2, cells, text: '' }, new Refusal('missing-value', { column: 'note' }))
  await file.close()
  const bytes = readFileSync(path)
  const table = await openTable(bytes)
  const back: (readonly string[] | null)[] = []
  for await (const some of table.rows()) back.push(...some.map(({ cells }) => cells))
  return { columns: table.columns, back, text: bytes.toString('utf8') }
}

test('what was left out comes back exactly as the file had it, in the columns that it had', async () => {
  // A lone \r ends a line of a file, so that no cell has one.
  const marks = fc.constantFrom(...'=+-@＝＋－＠\'"’ \t\n,;|1a王')
  const cell = fc.array(marks, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
  const row = fc.tuple(fc.constant('A1'), cell, cell)
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
      const { columns, back } = await writtenAndRead(['order_id', '=name', 'note'], rows)
      expect(columns).toEqual(['order_id', '=name', 'note'])
      expect(back).toEqual(rows)
    }),
    {
      numRuns: 60,
      // What tells a spreadsheet to leave a number alone is read as that only where it is a whole cell.
      examples: [[[['A1', '\n="\n', '=']]], [[['A1', 'x,="",y', '1']]], [[['A1', '\n="1",\n', '"']]]],
    },
  )
})

test('what was left out computes nothing in a spreadsheet, and a number stays one', async () => {
  const { text } = await writtenAndRead(['order_id', 'note', 'phone'], [['-12.50', '=1+1', '+8613800138000']])
  expect(text).toContain('"-12.50","\'=1+1","+8613800138000"')
})
