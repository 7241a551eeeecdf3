import type {
  AudienceHistoryReads,
  AudienceMove,
  KeptSize,
  SeenMembers,
  SizeOnDay,
} from '../../../ports/audiences.ts'
import type { BrandDatabase } from '../database.ts'

/** Sizes by day, and who joined and left. */
export function historyReader({ sqlite }: BrandDatabase): AudienceHistoryReads {
  const keep = sizeKeeper({ sqlite })
  const sizes = sqlite.prepare<[string, string], SizeOnDay>(
    `select day, cast(at as integer) as at, size, joined, gone as "left" from audience_sizes
     where audience = ? and day >= ? order by day`,
  )
  const moves = sqlite.prepare<
    { key: string; limit: number },
    { id: string; name: string | null; at: number; joined: number }
  >(
    `select m.id, c.name, cast(m.at as integer) as at, m.joined from (
       select * from (select customer_id as id, since as at, 1 as joined from audience_stays
         where audience = @key and before = 0 order by since desc limit @limit)
       union all select * from (select customer_id, until, 0 from audience_stays
         where audience = @key and until is not null order by until desc limit @limit)) m
     left join customers c on c.id = m.id order by m.at desc, m.joined, m.id limit @limit`,
  )
  return {
    noteSizes: async (sizes, on) => keep(sizes, on),
    sizes: async (key, from) => sizes.all(key, from),
    moves: async (key, limit) =>
      moves.all({ key, limit }).map((one): AudienceMove => ({ ...one, joined: one.joined === 1 })),
  }
}

/** Since when customers, a JSON list of ids, are in an audience: in a list since they were put there, else as looks saw. */
export function membersSince(
  { sqlite }: BrandDatabase,
  audience: string,
  ids: string,
): ReadonlyMap<string, { readonly at: number; readonly before: boolean }> {
  const rows = sqlite
    .prepare<{ audience: string; ids: string }, { id: string; at: number; before: number }>(
      `select customer_id as id, cast(since as integer) as at, before from audience_stays
         where audience = @audience and until is null and customer_id in (select value from json_each(@ids))
       union all select customer_id, cast(at as integer), 0 from audience_members
         where audience = @audience and customer_id in (select value from json_each(@ids))`,
    )
    .all({ audience, ids })
  // What is known of a list itself counts, behind what looks have seen.
  return new Map(rows.map(({ id, at, before }) => [id, { at, before: before === 1 }]))
}

/** Keeps how many were in audiences on a day; what was seen of who joined and left that day stays. */
export function sizeKeeper({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  const keep = sqlite.prepare(
    `insert into audience_sizes (audience, day, at, size) values (?, ?, ?, ?)
     on conflict do update set at = excluded.at, size = excluded.size where size <> excluded.size`,
  )
  const keepAll = sqlite.transaction(
    (sizes: readonly KeptSize[], { day, at }: Pick<SizeOnDay, 'day' | 'at'>) => {
      for (const { key, size } of sizes) keep.run(key, day, at, size)
    },
  )
  const known = sqlite
    .prepare<[string, string], number>('select size from audience_sizes where audience = ? and day = ?')
    .pluck()
  return (sizes: readonly KeptSize[], on: Pick<SizeOnDay, 'day' | 'at'>): void => {
    // Whoever only looks writes nothing where all is known.
    const news = sizes.filter(({ key, size }) => known.get(key, on.day) !== size)
    if (news.length > 0) keepAll.immediate(news, on)
  }
}

/** Keeps who is in an audience, by what has changed since it was looked at before. Within the caller's transaction. */
export function keepLook(
  { sqlite }: Pick<BrandDatabase, 'sqlite'>,
  key: string,
  { ids, at, day }: SeenMembers,
): { readonly joined: number | null; readonly left: number | null } {
  const first =
    sqlite.prepare('select 1 from audience_sizes where audience = ? and joined is not null').get(key) ===
    undefined
  const seen = JSON.stringify(ids)
  const left = sqlite
    .prepare(
      `update audience_stays set until = @at where audience = @key and until is null
         and customer_id not in (select value from json_each(@seen))`,
    )
    .run({ key, at, seen }).changes
  const joined = sqlite
    .prepare(
      `insert or ignore into audience_stays (audience, customer_id, since, before)
       select @key, c.id, @at, @before from json_each(@seen) r join customers c on c.id = r.value
       where not exists (select 1 from audience_stays s
         where s.audience = @key and s.customer_id = c.id and s.until is null)`,
    )
    .run({ key, at, seen, before: first ? 1 : 0 }).changes
  const moved = first ? { joined: 0, left: 0 } : { joined, left }
  sqlite
    .prepare(
      `insert into audience_sizes (audience, day, at, size, joined, gone) values (@key, @day, @at, @size, @joined, @left)
       on conflict do update set at = @at, size = @size, joined = coalesce(joined, 0) + @joined, gone = coalesce(gone, 0) + @left`,
    )
    .run({ key, day, at, size: ids.length, ...moved })
  return moved
}
