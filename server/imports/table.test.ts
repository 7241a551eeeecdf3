import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { linesOf, openTable } from './table.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')

async function whole(source: Uint8Array) {
  const { encoding, delimiter, columns, rows } = await openTable(source)
  const read: (readonly string[] | null)[] = []
  for await (const some of rows()) read.push(...some.map(({ cells }) => cells))
  return { encoding, delimiter, columns, rows: read }
}

async function problemOf(source: Uint8Array | string): Promise<Problem> {
  try {
    await openTable(source)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('the file was taken')
}

const chinese = '会员号,姓名\r\n001,织女\r\n002,牛郎\r\n'
const chineseTable = {
  delimiter: ',',
  columns: ['会员号', '姓名'],
  rows: [
    ['001', '织女'],
    ['002', '牛郎'],
  ],
}

describe('a file', () => {
  test('in UTF-8 is recognised, with a byte order mark or without', async () => {
    expect(await whole(bytes(chinese))).toEqual({ encoding: 'utf-8', ...chineseTable })
    expect(await whole(bytes(`\uFEFF${chinese}`))).toEqual({ encoding: 'utf-8', ...chineseTable })
  })

  test('in GB18030 is recognised, rare characters included', async () => {
    expect(await whole(iconv.encode(chinese, 'gb18030'))).toEqual({ encoding: 'gb18030', ...chineseTable })
    const rare = await whole(iconv.encode('id,name\n1,𠮷野🎁\n', 'gb18030'))
    expect(rare.rows).toEqual([['1', '𠮷野🎁']])
  })

  test.each([
    [',', 'a,b;c,d\n1,2,3\n', ['a', 'b;c', 'd']],
    [';', 'a;b,c;d\n1;2;3\n', ['a', 'b,c', 'd']],
    ['\t', 'a\tb\tc\n', ['a', 'b', 'c']],
    [',', 'customer_id\n1\n', ['customer_id']],
    [';', '"a,b,c";d;e\n', ['a,b,c', 'd', 'e']],
  ])('tells its delimiter %j by its header', async (delimiter, text, columns) => {
    expect(await whole(bytes(text))).toMatchObject({ delimiter, columns })
  })

  test('may end its lines in any of three ways, the last one not at all', async () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect((await whole(bytes(['a,b', '1,2', '3,4'].join(end)))).rows).toEqual([
        ['1', '2'],
        ['3', '4'],
      ])
  })

  test('may begin with blank lines, and break lines in its header', async () => {
    const { columns, rows } = await whole(bytes('\n \n"a\nb",c\n1,2\n'))
    expect({ columns, rows }).toEqual({ columns: ['a\nb', 'c'], rows: [['1', '2']] })
  })

  test('calls a column whose name stands there before by a number of its own', async () => {
    expect((await whole(bytes('id,name, name,name\n1,2,3,4\n'))).columns).toEqual([
      'id',
      'name',
      'name (2)',
      'name (3)',
    ])
  })

  test.each(['utf16le', 'utf-16be'])('in %s is recognised, with its mark or without', async (encoding) => {
    const name = encoding === 'utf16le' ? 'utf-16le' : encoding
    for (const mark of ['', '\uFEFF'])
      expect(await whole(iconv.encode(`${mark}${chinese}`, encoding))).toEqual({
        encoding: name,
        ...chineseTable,
      })
  })

  test('of Western Europe is recognised by its letters that stand alone', async () => {
    const text = 'id;Vorname;Ort\n1;René;Köln\n2;Jürgen;Düren\n'
    expect(await whole(iconv.encode(text, 'windows-1252'))).toEqual({
      encoding: 'windows-1252',
      delimiter: ';',
      columns: ['id', 'Vorname', 'Ort'],
      rows: [
        ['1', 'René', 'Köln'],
        ['2', 'Jürgen', 'Düren'],
      ],
    })
  })

  test('is read in the encoding that is said', async () => {
    const { columns } = await openTable(iconv.encode('會員編號,姓名\n', 'big5'), { encoding: 'big5' })
    expect(columns).toEqual(['會員編號', '姓名'])
  })

  test.each([
    ['a line that sets the separator', 'sep=;\r\nid;name\r\n1;a\r\n', 2],
    ['a title', '会员导出 2026-08-01 共1人,\n\n会员编号,姓名\n1,a\n', 3],
    ['a title of one cell', '会员导出\n会员编号,姓名\n1,a\n', 2],
    ['notes', '#导出时间：2026-08-01\n#共 1 条\n会员编号,姓名\n1,a\n', 3],
    ['names of groups', '基本信息,\n会员编号,姓名\n1,a\n', 2],
  ])('with %s above has its header below that', async (_case, text, line) => {
    const table = await openTable(bytes(text))
    expect(table.head.header.line).toBe(line)
    expect(table.columns).toHaveLength(2)
    const rows = []
    for await (const some of table.rows()) rows.push(...some)
    expect(rows.map((row) => row.cells)).toEqual([['1', 'a']])
  })

  test('has the header that is said, and only a line that holds something', async () => {
    const text = bytes('会员编号,姓名\nid,name\n1,a\n')
    expect((await openTable(text)).head.header.line).toBe(1)
    expect((await openTable(text, { line: 2 })).columns).toEqual(['id', 'name'])
    await expect(openTable(text, { line: 9 })).rejects.toMatchObject({ code: 'csv-no-such-line' })
  })

  test('keeps what a spreadsheet is told to take as text in one cell', async () => {
    const { rows } = await whole(bytes('id,name\n="007",="a,b"\n="8","x ""y"""\n'))
    expect(rows).toEqual([
      ['007', 'a,b'],
      ['8', 'x "y"'],
    ])
  })

  test('calls a column without a name by its number', async () => {
    expect((await whole(bytes('id,,name\n1,2,3\n'))).columns).toEqual(['id', 'column_2', 'name'])
  })

  test.each([
    ['that is empty', bytes(''), 'csv-empty', {}],
    ['of blank lines', bytes('\uFEFF\n \r\n'), 'csv-empty', {}],
    ['of zero bytes', Buffer.from('id,name\n1,\0\n'), 'csv-encoding', { line: 2 }],
    [
      'in GB18030 with bytes that mean nothing',
      Buffer.concat([iconv.encode(chinese, 'gb18030'), Buffer.from([0xff, 0x0a])]),
      'csv-encoding',
      { line: 4 },
    ],
    ['cut within a Chinese character', bytes(chinese).subarray(0, 24), 'csv-cut', { line: 2 }],
    [
      'in UTF-16 with half a character',
      iconv.encode(chinese, 'utf16le').subarray(0, 25),
      'csv-cut',
      { line: 2 },
    ],
    ['whose header leaves a mark open', bytes('id,"name\n1,2\n'), 'csv-header', { line: 2 }],
  ])('%s is refused as a whole', async (_case, source, code, details) => {
    expect(await problemOf(source)).toMatchObject({ code, details })
  })

  test('that is not there is not found, a folder cannot be read', async () => {
    expect(await problemOf('/nowhere/customers.csv')).toMatchObject({ code: 'not-found' })
    expect(await problemOf('/')).toMatchObject({ code: 'file-unreadable' })
  })
})

test.each([
  ['an Excel workbook', Buffer.from('504b03041400060008', 'hex'), 'Excel (.xlsx)'],
  ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excel (.xls)'],
  [
    'a web page that calls itself .xls',
    Buffer.from('\uFEFF<html><table><tr><td>会员号</td></tr></table></html>'),
    'HTML',
  ],
  ['JSON', Buffer.from('[{"id": 1}]'), 'JSON'],
  ['a packed file', Buffer.from('1f8b0800000000000003', 'hex'), 'gzip (.gz)'],
  ['a file of Parquet', Buffer.from('PAR1\x15\x04'), 'Parquet'],
  ['a database', Buffer.from('SQLite format 3\0'), 'SQLite'],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'PNG'],
  ['text of four bytes a character', Buffer.from('fffe0000', 'hex'), 'UTF-32'],
])('%s is told to be none that can be read', async (_, source, format) => {
  await expect(openTable(source)).rejects.toMatchObject({ code: 'csv-other-format', details: { format } })
})

test('a last letter of Western Europe is no character that was cut', async () => {
  expect(
    (await openTable(Buffer.from('id,name,town\n1,caf\xe9,K\xf6ln\n2,caf\xe9', 'latin1'))).encoding,
  ).toBe('windows-1252')
})

test('a file said to be UTF-8 that is none is told the line where it is not', async () => {
  const source = Buffer.concat([bytes('id,name\n1,织女\n'), Buffer.from([0xff]), bytes(',x\n')])
  await expect(openTable(source, { encoding: 'utf-8' })).rejects.toMatchObject({
    code: 'csv-encoding',
    details: { line: 3 },
  })
})

test('a header that begins with a bracket is a header', async () => {
  expect((await openTable(Buffer.from('[会员号],姓名\n1,甲\n'))).columns).toEqual(['[会员号]', '姓名'])
})

describe('a file that is beyond all measure', () => {
  const { importColumns, importLineLength } = limits

  test('is refused by its longest line, which is not read to its end', async () => {
    let read = 0
    async function* endless() {
      yield '会员号,姓名\n1,甲\n'
      for (;;) {
        read += 1
        yield 'x'.repeat(10_000)
      }
    }
    const lines = async () => {
      for await (const some of linesOf(endless())) expect(some).toEqual(['会员号,姓名', '1,甲'])
    }
    await expect(lines()).rejects.toMatchObject({
      code: 'csv-line-long',
      details: { line: 3, limit: importLineLength.value },
    })
    expect(read * 10_000).toBeLessThan(importLineLength.value + 20_000)
  })

  test('is refused by a long line among others', async () => {
    const source = Buffer.from(`会员号\n${'x'.repeat(importLineLength.value + 1)}\n2\n`)
    await expect(openTable(source)).rejects.toMatchObject({ code: 'csv-line-long', details: { line: 2 } })
  })

  test('costs the row alone that leaves a mark open over all that may be one record', async () => {
    const half = 'x'.repeat(importLineLength.value / 2)
    const lines = ['id,name', `1,"${half}`, half, half, '2,b', '']
    const { rows } = await whole(bytes(lines.join('\n')))
    expect(rows.map((cells) => cells?.length ?? null)).toEqual([null, 1, 1, 2])
  })

  test('is refused by its columns, and read with as many as may be', async () => {
    const header = (count: number) =>
      Buffer.from(`${Array.from({ length: count }, (_, at) => `c${at}`).join(',')}\n`)
    const most = importColumns.value
    expect((await openTable(header(most))).columns).toHaveLength(most)
    await expect(openTable(header(most + 1))).rejects.toMatchObject({
      code: 'csv-wide',
      details: { line: 1, columns: most + 1, limit: most },
    })
  })
})
