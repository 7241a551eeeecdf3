import type Database from 'better-sqlite3'
import type { Picked } from '../../../../shared/picks/pick.ts'
import { readBrand } from '../settings/meta.ts'
import { picksReader } from './reader.ts'

/** What customers are shown of the products at a moment, by the rules that the brand has now. */
export function shownReader(
  sqlite: Database.Database,
): (ids: readonly string[], now: number) => ReadonlyMap<string, readonly Picked[]> {
  const picks = picksReader(sqlite)
  return (ids, now) => picks(ids, { now, rules: readBrand({ sqlite }).picks })
}
