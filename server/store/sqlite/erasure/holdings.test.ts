import { getTableColumns, getTableName } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { heldIn } from '../../../../shared/api/erasures.ts'
import * as tables from '../tables.ts'
import { derivedSteps } from './derived.ts'
import { type Holding, holdings } from './holdings.ts'

const all: [string, Holding][] = Object.entries(holdings)
const nothingOfAnybody: ReadonlySet<string> = new Set(['figure', 'ours'])

test('rule 20: every column of every table says what it holds of a person', () => {
  const said = Object.fromEntries(all.map(([name, { columns }]) => [name, Object.keys(columns).sort()]))
  const there = Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, Object.keys(getTableColumns(table)).sort()]),
  )
  expect(said).toEqual(there)
})

test('of rows that stay as numbers each column that says something of a person is blanked', () => {
  for (const [name, { fate, columns }] of all) {
    if (fate.rows !== 'stripped') continue
    const open = Object.entries(columns)
      .filter(
        ([column, says]) => !nothingOfAnybody.has(says) && says !== 'customer' && !(column in fate.blank),
      )
      .map(([column]) => column)
    expect(open, name).toEqual([])
  }
})

test('a table of which nothing is taken away says nothing of anybody', () => {
  for (const [name, { fate, columns }] of all)
    if (fate.rows === 'nobodys')
      expect(
        Object.values(columns).filter((says) => !nothingOfAnybody.has(says)),
        name,
      ).toEqual([])
})

test('a certificate can say of each table what it holds', () => {
  const named = [
    ...derivedSteps.map(({ table }) => table),
    ...all.flatMap(([name, { fate }]) =>
      fate.rows === 'own' && name in tables && !['audiences', 'versions', 'erasures'].includes(name)
        ? Object.entries(tables).flatMap(([key, table]) => (key === name ? [getTableName(table)] : []))
        : [],
    ),
  ]
  expect(named.filter((table) => heldIn[table] === undefined)).toEqual([])
})
