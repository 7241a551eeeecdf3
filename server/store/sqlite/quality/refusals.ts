import { limits } from '../../../../shared/limits.ts'
import type { Act } from '../../../ports/acts.ts'
import type { BrandDatabase } from '../database.ts'

const dayMs = 86_400_000

/** Counts rows of the API that were refused, a row for each day, caller and reason; within the caller's transaction. */
export function refusalCounter({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): (act: Act, kind: string, codes: readonly string[]) => void {
  const add = sqlite.prepare(
    `insert into refused_rows (day, caller, kind, code, count, last_at) values (@day, @caller, @kind, @code, @count, @at)
     on conflict (day, caller, kind, code) do update set count = count + excluded.count, last_at = excluded.last_at`,
  )
  const forget = sqlite.prepare<[number]>('delete from refused_rows where day < ?')
  return ({ actor, realAt }, kind, codes) => {
    if (codes.length === 0) return
    const day = Math.floor(realAt / dayMs)
    const caller = actor.kind === 'key' ? actor.id : ''
    const counts = new Map<string, number>()
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
    for (const [code, count] of counts) add.run({ day, caller, kind, code, count, at: realAt })
    forget.run(day - limits.refusedKept.value)
  }
}
