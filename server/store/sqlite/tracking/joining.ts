import { limits } from '../../../../shared/limits.ts'
import { readProperties } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { eventTaker } from '../events/events.ts'
import { valueOr } from '../stored-json.ts'

interface Row {
  name: string
  id: string
  at: number
  properties: string
}

const hourMs = 3_600_000

/**
 * What an anonymous visitor did becomes events of the customer who it was, within the caller's transaction: what is fresh
 * is taken by the engine as if it came in now, so that who waits for it hears of it; the rest is history.
 */
export function visitJoiner(db: BrandDatabase): (visitor: string, customerId: string, now: number) => number {
  const { sqlite } = db
  const take = eventTaker(db)
  const read = sqlite.prepare<[string], Row>(
    'select name, id, at, properties from visits where visitor = ? order by at, rowid',
  )
  const remove = sqlite.prepare('delete from visits where visitor = ?')
  return (visitor, customerId, now) => {
    const rows = read.all(visitor)
    if (rows.length === 0) return 0
    const events = rows.map(({ properties, ...row }) => ({
      ...{ ...row, customerId, amount: null },
      properties: valueOr(readProperties(properties), {}),
    }))
    const since = now - limits.visitsFresh.value * hourMs
    const fresh = events.filter(({ at }) => at >= since)
    take(
      events.filter(({ at }) => at < since),
      { source: 'history', receivedAt: now, pending: false },
    )
    take(fresh, { source: 'api', receivedAt: now, pending: true })
    remove.run(visitor)
    return rows.length
  }
}
