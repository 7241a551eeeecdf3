import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecordReader, type Row } from './records.ts'

function read(text: string, { delimiter = ',', width = 3, pieces = [] as number[] } = {}): Row[] {
  const reader = new RecordReader(delimiter, width, 0)
  const lines = text.split('\n')
  const rows: Row[] = []
  let from = 0
  for (const to of [...pieces, lines.length]) {
    rows.push(...reader.read(lines.slice(from, to)))
    from = to
  }
  return [...rows, ...reader.end()]
}

const seen = (rows: readonly Row[]) => rows.map(({ line, cells }) => [line, cells])

describe('the records of a file', () => {
  test('bear the line on which they begin, blank lines counted and left out', () => {
    expect(seen(read('a,b,c\n\n  \n1,2,3\n,,\n4,5,6'))).toEqual([
      [1, ['a', 'b', 'c']],
      [4, ['1', '2', '3']],
      [6, ['4', '5', '6']],
    ])
  })

  test('may hold marks and line breaks inside quotation marks', () => {
    expect(seen(read('1,"two, too",3\n"a\n\nb","say ""hi""",c\n4,5,6'))).toEqual([
      [1, ['1', 'two, too', '3']],
      [2, ['a\n\nb', 'say "hi"', 'c']],
      [5, ['4', '5', '6']],
    ])
  })

  test('keep a quotation mark that stands inside a cell', () => {
    expect(seen(read('1,5" pipe,3\n4,5,6'))).toEqual([
      [1, ['1', '5" pipe', '3']],
      [2, ['4', '5', '6']],
    ])
  })

  test('lose only the line whose quotation mark stays open', () => {
    const rows = read('1,2,3\n4,"open,6\n7,"eight",9\n10,11,12')
    expect(seen(rows)).toEqual([
      [1, ['1', '2', '3']],
      [2, null],
      [3, ['7', 'eight', '9']],
      [4, ['10', '11', '12']],
    ])
    expect(rows[1]?.text).toBe('4,"open,6')
  })

  test('lose only that line in a long file too', () => {
    const good = Array.from({ length: 500 }, (_, index) => `${index},b,c`)
    const rows = read(['"open,2,3', ...good].join('\n'))
    expect(rows).toHaveLength(501)
    expect(rows.filter(({ cells }) => cells === null).map(({ line }) => line)).toEqual([1])
  })

  test('lose both lines where two stray marks face each other', () => {
    expect(seen(read('1,"a,3\n4,"b,6\n7,8,9'))).toEqual([
      [1, null],
      [2, null],
      [3, ['7', '8', '9']],
    ])
  })

  test('are broken where text follows a closing mark', () => {
    expect(seen(read('1,"a"b,3\n4,5,6'))).toEqual([
      [1, null],
      [2, ['4', '5', '6']],
    ])
  })

  test('come back as they were written, in whatever pieces they are read', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '七', ',', ';', '\t', '"', '\n', ' ', '|'),
      maxLength: 6,
    })
    const record = fc.tuple(cell, cell).map(([left, right]) => ['x', left, right])
    const property = fc.property(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(',', ';', '\t'),
      fc.uniqueArray(fc.integer({ min: 0, max: 12 })),
      (records, delimiter, cuts) => {
        const quoted = (text: string) => (/[,;\t"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
        const text = records.map((cells) => cells.map(quoted).join(delimiter)).join('\n')
        const pieces = cuts.filter((cut) => cut < text.split('\n').length).sort((a, b) => a - b)
        expect(read(text, { delimiter, pieces }).map(({ cells }) => cells)).toEqual(records)
      },
    )
    fc.assert(property, { seed: 7_07, numRuns: 500 })
  })

  test('are never lost, whatever stands in the file', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ',', '"', ' '), minLength: 1, maxLength: 8 })
    const property = fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const rows = read(lines.join('\n'))
      const held = rows.reduce((count, { text }) => count + text.split('\n').length, 0)
      const blank = (text: string) => text.replaceAll(',', '').replaceAll('"', '').trim() === ''
      expect(held).toBeGreaterThanOrEqual(lines.filter((text) => !blank(text)).length)
      expect(rows.map((row) => row.line)).toEqual(rows.map((row) => row.line).sort((a, b) => a - b))
    })
    fc.assert(property, { seed: 7_07, numRuns: 500 })
  })
})
