import { openDatabase } from '../store/sqlite/database.ts'
import { inHelper } from './in-helper.ts'
import { benchStart } from './world.ts'

export interface ScoresFigures {
  readonly seconds: number
  /** Everybody's orders read and added up by a bare query. */
  readonly floorSeconds: number
  readonly megabytes: number | null
}

function bareSums(path: string): number {
  const { sqlite, close } = openDatabase(path, { readonly: true })
  const sums = sqlite
    .prepare<[], unknown[]>(
      `select customer_id, count(*), sum(amount), min(at), max(at) from events where name = 'order' group by customer_id`,
    )
    .raw()
  const began = performance.now()
  sums.all()
  const seconds = (performance.now() - began) / 1000
  close()
  return seconds
}

/** All models fitted and everybody scored as a night does it, by a helper. */
export async function measureScores(path: string): Promise<ScoresFigures> {
  const floorSeconds = bareSums(path)
  const { seconds, megabytes } = await inHelper({ kind: 'scoring', path, now: benchStart })
  return { seconds, floorSeconds, megabytes }
}
