import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf, guarded, unguarded } from './csv.ts'

const read = (text: string): string[][] =>
  parse(text, { bom: true, record_delimiter: '\r\n', relax_column_count: true })

describe('a cell of a file for people', () => {
  test.each([
    '=1+1',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\u00A0=1',
    '\u200B=1',
    '＝1+1',
    '＋1+1',
    '－1+1',
    '＠A1',
    '﹦1',
    '"=1+1"',
    "'=1+1",
    '“=1”',
    '-1-2',
    '+86-138-0013-8000',
    '-',
    '- =1',
    '=HYPERLINK("http://evil.example";"x")',
    "-12.5|'/C calc'!A0",
  ])('%j is led by an apostrophe', (cell) => {
    expect(guarded(cell)).toBe(`'${cell}`)
    expect(unguarded(guarded(cell))).toBe(cell)
  })

  test.each([
    '-12.50',
    '+8613800138000',
    '+1',
    '1,234.50',
    '-1.234,50',
    ' -3 ',
    '王芳',
    "O'Neil",
    'a=b',
    "'90s",
    '',
  ])('%j stays as it is', (cell) => expect(guarded(cell)).toBe(cell))

  test('comes back exactly as it was, whatever it holds', () => {
    const marks = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '＝',
      "'",
      '"',
      ' ',
      '\t',
      '\r',
      '\n',
      ',',
      ';',
      '1',
      'a',
      '王',
    )
    const cell = fc.oneof(
      fc.array(marks, { maxLength: 6 }).map((parts) => parts.join('')),
      fc.string(),
    )
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, (written) => {
        const back = read(csvOf(written)).map((row) => row.map(unguarded))
        expect(back).toEqual(written)
      }),
    )
  })

  test('begins no formula, whichever way it is split into cells', () => {
    const text = csvOf([['a";=1+1', 'b\n=1+1', '=1']])
    expect(text.slice(1)).toBe('"a"";=1+1","b\n=1+1","\'=1"\r\n')
  })
})
