import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import * as installation from './installation/tables.ts'
import * as schema from './tables.ts'

const tablesOf = (all: Readonly<Record<string, unknown>>) =>
  Object.values(all).flatMap((one) => (is(one, SQLiteTable) ? [one] : []))

/** The columns of a table as its file says. */
const said = (table: SQLiteTable) =>
  Object.values(getTableColumns(table))
    .map(({ name, notNull }) => `${name}${notNull ? ' not null' : ''}`)
    .sort()

test('what the migrations make is what the tables say', () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  const found = (name: string) =>
    db.sqlite
      .prepare<[string], { column: string; needed: number; key: number }>(
        'select name as column, "notnull" as needed, pk as key from pragma_table_info(?)',
      )
      .all(name)
      .map(({ column, needed, key }) => `${column}${needed === 1 || key > 0 ? ' not null' : ''}`)
      .sort()
  const tables = tablesOf(schema)
  expect(tables.length).toBeGreaterThan(20)
  for (const table of tables) expect(found(getTableName(table)), getTableName(table)).toEqual(said(table))
  const made = db.sqlite
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'`,
    )
    .pluck()
    .all()
  expect(made.sort()).toEqual(tables.map(getTableName).sort())
  expect(tablesOf(installation).map(getTableName)).toContain('brands')
  db.close()
})
