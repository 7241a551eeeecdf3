import { z } from 'zod'
import type { BrandDatabase } from '../database.ts'
import { shardOf } from '../enrollments/shard.ts'
import type { Kept } from './kept.ts'
import { type MovedTable, movedTables } from './tables-moved.ts'

type Json = Kept['moved'][string][number]

/** What a merge has done to the rows of one table. */
export interface RowsMoved {
  readonly moved: readonly Json[]
  readonly aside: readonly Json[]
}

const jsonRow = ({ columns }: MovedTable) =>
  `json_object(${columns.map((column) => `'${column}', ${column}`).join(', ')})`
const jsonKey = ({ key }: MovedTable) => `json_array(${key.join(', ')})`
const fromKey = ({ key }: MovedTable) => key.map((_, at) => `value ->> ${at}`).join(', ')
const fromRow = ({ columns }: MovedTable) => columns.map((column) => `value ->> '${column}'`).join(', ')

function statements({ sqlite }: BrandDatabase, table: MovedTable) {
  const { name, columns, key, sharded } = table
  const shard = sharded ? ', shard = @shard' : ''
  const list = (what: string) =>
    sqlite
      .prepare<{ from: string }, string>(
        `select coalesce(json_group_array(json(${what})), '[]') from ${name} where customer_id = @from`,
      )
      .pluck()
  return {
    keys: list(jsonKey(table)),
    rows: list(jsonRow(table)),
    move: sqlite.prepare(
      `update or ignore ${name} set customer_id = @into${shard} where customer_id = @from`,
    ),
    drop: sqlite.prepare(`delete from ${name} where customer_id = @from`),
    moveBack: sqlite.prepare(
      `update or ignore ${name} set customer_id = @from${shard} where customer_id = @into and ${
        // Of one row alone it is known which it is.
        key.length === 0
          ? 'json_array_length(@keys) > 0'
          : `(${key.join(', ')}) in (select ${fromKey(table)} from json_each(@keys))`
      }`,
    ),
    putBack: sqlite.prepare(
      `insert or ignore into ${name} (${columns.join(', ')}) select ${fromRow(table)} from json_each(@rows)`,
    ),
  }
}

const jsonList = z.array(z.json())

/** What the database itself has just written. */
const listOf = (text: string | undefined): Json[] => jsonList.parse(JSON.parse(text ?? '[]'))

export interface RowMover {
  /** How many rows a customer has, of all tables. */
  count(from: string): number
  /** Makes the rows of one customer another's; within the caller's transaction. */
  move(from: string, into: string): Record<string, RowsMoved>
  /** Gives them back, as far as they are still the other's; answers how many of each table. */
  back(from: string, into: string, rows: Readonly<Record<string, RowsMoved>>): Record<string, number>
}

/** Moves what is a customer's to another, table by table as tables-moved says. */
export function rowMover(db: BrandDatabase): RowMover {
  const run = movedTables.map((table) => ({ table, ...statements(db, table) }))
  const counts = movedTables.map(({ name }) =>
    db.sqlite.prepare<[string], number>(`select count(*) from ${name} where customer_id = ?`).pluck(),
  )
  return {
    count: (from) => counts.reduce((sum, count) => sum + (count.get(from) ?? 0), 0),
    move(from, into) {
      const all: Record<string, RowsMoved> = {}
      const given = { from, into, shard: shardOf(into) }
      for (const { table, keys, rows, move, drop } of run) {
        const before = listOf(keys.get({ from }))
        if (table.way === 'moves') move.run(table.sharded ? given : { from, into })
        // What the survivor has already, or what is reckoned anew.
        const aside = listOf(rows.get({ from }))
        const left = new Set(aside.length === 0 ? [] : listOf(keys.get({ from })).map(written))
        drop.run({ from })
        const moved = before.filter((one) => !left.has(written(one)))
        if (moved.length > 0 || aside.length > 0) all[table.name] = { moved, aside }
      }
      return all
    },
    back(from, into, rows) {
      const done: Record<string, number> = {}
      const given = { from, into, shard: shardOf(from) }
      for (const { table, moveBack, putBack } of run) {
        const { moved = [], aside = [] } = rows[table.name] ?? {}
        const keys = JSON.stringify(moved)
        const named = table.sharded ? { ...given, keys } : { from, into, keys }
        const back = moved.length === 0 ? 0 : moveBack.run(named).changes
        const put = aside.length === 0 ? 0 : putBack.run({ rows: JSON.stringify(aside) }).changes
        if (back + put > 0) done[table.name] = back + put
      }
      return done
    },
  }
}

const written = (key: Json) => JSON.stringify(key)
