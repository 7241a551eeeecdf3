import type Database from 'better-sqlite3'
import type { AddressTimes } from '../../../../shared/conditions/address-times.ts'
import { addressTimesSql, timesIn } from '../../../analytics/address-times.ts'

/** Of customers since when their addresses have consented and are verified; whoever has nothing of it is not among them. */
export function addressTimesReader(
  sqlite: Database.Database,
): (ids: readonly string[]) => ReadonlyMap<string, AddressTimes> {
  const read = sqlite
    .prepare<[string], [id: string, times: string | null]>(
      `select t.id, ${addressTimesSql('t')} from customers t where t.id in (select value from json_each(?))`,
    )
    .raw()
  return (ids) =>
    new Map(
      read
        .all(JSON.stringify(ids))
        .flatMap(([id, written]) => (written === null ? [] : [[id, timesIn(written)] as const])),
    )
}
