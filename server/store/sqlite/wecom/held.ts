import type Database from 'better-sqlite3'

/** By what WeCom knows customers, in one query; in none where the brand has no friends there. */
export function friendsReader(
  sqlite: Database.Database,
): (ids: readonly string[]) => (id: string) => string | null {
  const any = sqlite.prepare<[], number>('select exists (select 1 from wecom_follows)').pluck()
  const read = sqlite
    .prepare<[string], [customerId: string, address: string]>(
      `select a.customer_id, a.address from addresses a
       where a.customer_id in (select value from json_each(?)) and a.kind = 'external_userid' and a.former_at is null
       order by a.added_at`,
    )
    .raw()
  const nobody = () => null
  return (ids) => {
    if (any.get() !== 1) return nobody
    const found = new Map(read.all(JSON.stringify(ids)))
    return (id) => found.get(id) ?? null
  }
}
