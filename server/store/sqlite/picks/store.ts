import { type PickRun, pickRun } from '../../../../shared/api/picks.ts'
import type { CountedGoods, PickStore } from '../../../ports/picks.ts'
import type { BrandDatabase } from '../database.ts'
import { steadied } from '../steady.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { picksReader } from './reader.ts'

/** The one row of runs. */
const runId = 1

/** Picks of one brand's database. */
export function pickStore({ sqlite, steady }: BrandDatabase): PickStore {
  const last = sqlite.prepare<[], string>('select report from pick_runs').pluck()
  const run = sqlite.prepare<[string]>(
    `insert into pick_runs (id, report) values (${runId}, ?) on conflict do update set report = excluded.report`,
  )
  const good = sqlite.prepare<[string, number, number]>(
    'insert into pick_goods (item, place, share) values (?, ?, ?)',
  )
  const neighbour = sqlite.prepare<[string, number, string, number]>(
    'insert into pick_neighbours (item, place, other, more) values (?, ?, ?, ?)',
  )
  const keep = sqlite.transaction((report: PickRun, { popular, neighbours }: CountedGoods) => {
    sqlite.exec('delete from pick_goods; delete from pick_neighbours')
    for (const [place, { item, share }] of popular.entries()) good.run(item, place, share)
    for (const [item, list] of neighbours)
      for (const [place, { other, more }] of list.entries()) neighbour.run(item, place, other, more)
    run.run(JSON.stringify(report))
  })
  const picks = picksReader(sqlite)
  return steadied<PickStore>(steady, {
    async lastRun() {
      const text = last.get()
      // One of a release that told otherwise is as good as none.
      return text === undefined ? null : valueOr(readColumn(text, pickRun), null)
    },
    keep: async (report, counted) => keep.immediate(report, counted),
    picks: async (ids, at) => picks(ids, at),
  })
}
