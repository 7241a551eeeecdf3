import { randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'

/** Under which key of `meta` the truth says which one it is; migration 0031 gives the first. */
const key = 'copy:generation'

/** Which truth this is, for whoever keeps a copy of it. */
export function generationReader(sqlite: Database.Database): () => string {
  const read = sqlite.prepare<[string], string>('select value from meta where key = ?').pluck()
  return () => read.get(key) ?? ''
}

/** Makes it another one: whatever was copied of it before is of no use, and is made anew. */
export function renewGeneration(sqlite: Database.Database): void {
  sqlite
    .prepare('insert into meta (key, value) values (?, ?) on conflict do update set value = excluded.value')
    .run(key, JSON.stringify(randomBytes(8).toString('hex')))
}
