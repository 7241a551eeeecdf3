import { describe, expect, test } from 'vitest'
import { cleanCell, isNothing, isShortened, narrow } from './clean.ts'

describe('a cell', () => {
  test.each([
    ['="13800000001"', '13800000001'],
    ['=“13800000001”', '13800000001'],
    [' ="" ', ''],
    ["'13800000001", '13800000001'],
    ['’007', '007'],
    ['`20880001', '20880001'],
    ["'=A1", '=A1'],
    ['20880001\t', '20880001'],
    ['\uFEFF1001', '1001'],
    ['138\u200B0000\u00AD0001', '13800000001'],
    ['\u202A13800000001\u202C', '13800000001'],
    ['织女\u00A0', '织女'],
    ['Ana\u3000Lin', 'Ana Lin'],
    ['\u3164', ''],
  ])('%j is %j without what a spreadsheet or a program put around it', (cell, value) => {
    expect(cleanCell(cell)).toBe(value)
  })

  test.each(["'t Hooft", "O'Brien", '👩‍👧', 'a=b', '"quoted"', '-5', '12E3', '=SUM(A1)', 'é'])(
    '%j stays as it is',
    (cell) => {
      expect(cleanCell(cell)).toBe(cell)
    },
  )

  test.each([
    '',
    '-',
    '--',
    '—',
    '无',
    '暂无',
    'null',
    'NULL',
    'N/A',
    '#N/A',
    '(null)',
    'None',
    'NaN',
    '\\N',
  ])('%j says that there is nothing', (cell) => {
    expect(isNothing(cell)).toBe(true)
  })

  test.each(['0', '无锡', 'Nan Li', '否', '-1', 'Nullmeyer'])('%j says something', (cell) => {
    expect(isNothing(cell)).toBe(false)
  })

  test('in scientific notation has lost digits, a code with an E in it has not', () => {
    for (const cell of ['2.78123E+18', '1.79346e+18', '1E+18', '2,78123E+18', '2.78123E18', '-1.5E+20'])
      expect(isShortened(cell), cell).toBe(true)
    for (const cell of ['12E3', '1E3', 'E20260618', '2E+', '1.5', 'A1E+5', '20E+18'])
      expect(isShortened(cell), cell).toBe(false)
  })

  test('of full-width digits is read as digits', () => {
    expect(narrow('１３８００００Ａ')).toBe('1380000A')
    expect(narrow('织女（甲）')).toBe('织女(甲)')
  })
})
