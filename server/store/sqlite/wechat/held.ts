import type Database from 'better-sqlite3'

/** By what the official account knows a customer, and until when it may answer them. */
export interface Follower {
  readonly openid: string
  readonly talkUntil: number | null
}

/** Followers among customers, in one query; in none where the brand has none. */
export function followersReader(
  sqlite: Database.Database,
): (ids: readonly string[]) => (id: string) => Follower | null {
  const any = sqlite.prepare<[], number>('select exists (select 1 from wechat_followers)').pluck()
  const read = sqlite
    .prepare<[string], [customerId: string, openid: string, talkUntil: number | null]>(
      `select a.customer_id, a.address,
         (select max(g.until) from wechat_grants g
          where g.openid = a.address and g.kind in ('said', 'acted') and g.left > 0)
       from addresses a
       where a.customer_id in (select value from json_each(?)) and a.kind = 'openid' and a.former_at is null
       order by a.added_at`,
    )
    .raw()
  const nobody = () => null
  return (ids) => {
    if (any.get() !== 1) return nobody
    const found = new Map(
      read
        .all(JSON.stringify(ids))
        .map(([customerId, openid, talkUntil]): [string, Follower] => [customerId, { openid, talkUntil }]),
    )
    return (id) => found.get(id) ?? null
  }
}
