import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { openTable } from './table.ts'

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

  test('calls a column without a name by its number', async () => {
    expect((await whole(bytes('id,,name\n1,2,3\n'))).columns).toEqual(['id', 'column_2', 'name'])
  })

  test.each([
    ['that is empty', bytes(''), 'csv-empty', {}],
    ['of blank lines', bytes('\uFEFF\n \r\n'), 'csv-empty', {}],
    ['with a column twice', bytes('id,name, name\n1,2,3\n'), 'csv-duplicate-column', { column: 'name' }],
    ['in Latin-1', Buffer.from('id,name\n1,Ren\u00E9,\n', 'latin1'), 'csv-encoding', { line: 2 }],
    ['in UTF-16', Buffer.from('\uFEFFid,name\n', 'utf16le'), 'csv-encoding', { line: 1 }],
    [
      'in GB18030 with bytes that mean nothing',
      Buffer.concat([iconv.encode(chinese, 'gb18030'), Buffer.from([0xff, 0x0a])]),
      'csv-encoding',
      { line: 4 },
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
