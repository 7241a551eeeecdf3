import type { BrandDatabase } from '../database.ts'

/** Who customers are by now, of ids that may be those of somebody who was merged: by id, of those alone. */
export type AliasReader = (ids: readonly string[]) => ReadonlyMap<string, string>

const nobody: ReadonlyMap<string, string> = new Map()

/** Reads aliases, a batch in one query; in none where nobody was ever merged. */
export function aliasReader({ sqlite }: Pick<BrandDatabase, 'sqlite'>): AliasReader {
  const any = sqlite.prepare<[], number>('select exists (select 1 from aliases)').pluck()
  const read = sqlite
    .prepare<[string], [id: string, customer: string]>(
      'select id, customer_id from aliases where id in (select value from json_each(?))',
    )
    .raw()
  return (ids) => (ids.length === 0 || any.get() !== 1 ? nobody : new Map(read.all(JSON.stringify(ids))))
}
