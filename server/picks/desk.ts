import type { CustomerPicks, PickStanding } from '../../shared/api/picks.ts'
import { Problem } from '../../shared/errors/index.ts'
import { sayWhy } from '../../shared/picks/pick.ts'
import type { Desk } from '../ports/desk.ts'

/** How picks were reckoned last. */
export async function readPicks({ stores }: Desk): Promise<PickStanding> {
  return { last: await stores.picks.lastRun() }
}

/** What a message would show one customer now. Problem `not-found`. */
export async function picksOf(desk: Desk, id: string): Promise<CustomerPicks> {
  const { stores } = desk
  if ((await stores.customers.firstUnknown([id])) !== null) throw new Problem('not-found', { what: id }, 'id')
  const found = await stores.picks.picks([id], { now: desk.now(), rules: desk.brand().picks })
  return {
    picks: (found.get(id) ?? []).map(({ stock: _stock, why, ...good }) => ({
      ...good,
      ...{ why: why.code, reason: sayWhy(why) },
    })),
  }
}
