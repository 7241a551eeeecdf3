import type Database from 'better-sqlite3'
import { shardOf } from './enrollments/shard.ts'
import { markOf } from './erasure/mark.ts'

/** Gives SQL what is worked out here: the shard of an id, and the mark by which a forgotten address is known. */
export function addFunctions(sqlite: Database.Database): void {
  const options = { deterministic: true }
  sqlite.function('magpie_shard', options, (id: unknown) => shardOf(String(id)))
  // The triggers of addresses ask it; migration 0025.
  sqlite.function('magpie_mark', options, (key: unknown, kind: unknown, address: unknown) =>
    markOf(String(key), String(kind), String(address)),
  )
}
