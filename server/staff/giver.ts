import type { BrandSettings } from '../../shared/journey/brand.ts'
import type { Counters } from '../../shared/staff/assign.ts'
import type { WallTime } from '../ports/clock.ts'
import type { GivenAway, Giving, GivingStore, Waiting } from '../ports/staff.ts'
import { untilDone } from '../ports/until-done.ts'
import { askedOf, chooser, dayOfGiving, type Facts } from './choosing.ts'

export interface GiverDeps {
  readonly store: GivingStore
  readonly facts: Facts
  readonly brand: () => Pick<BrandSettings, 'zone' | 'work' | 'picks'>
  /** On the brand's clock. */
  readonly now: () => number
  readonly realNow: WallTime
  readonly stopping: () => boolean
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>
}

/** Customers that are given away in one transaction. */
const atOnce = 200

/** Whether somebody is still to be given away as it was asked: meanwhile another may have got them. */
function isMeant({ owner }: Waiting, giving: Giving | null): boolean {
  if (giving === null || giving.unowned) return owner === null
  return giving.source === null || giving.source === owner
}

/** Gives to staff whoever waits for it: new customers by the rules, others as was asked. */
export function createGiver({ store, facts, brand, now, realNow, stopping, rest }: GiverDeps) {
  const giveTo = async (
    customers: readonly Waiting[],
    giving: Giving | null,
    counters: Counters,
  ): Promise<GivenAway[]> => {
    const at = { now: now(), zone: brand().zone, picks: brand().picks }
    const desks = await store.desks(dayOfGiving(at.now, brand()))
    const { rules, choose } = chooser(desks, giving?.way ?? { kind: 'rules' }, giving?.source ?? null)
    const meant = customers.filter((one) => isMeant(one, giving)).map(({ customerId }) => customerId)
    const asked = await askedOf(facts, rules, meant, at)
    const ids = new Set(meant)
    return customers.map(({ customerId }) => {
      const one = ids.has(customerId) ? asked(customerId) : null
      return { customerId, giving, given: one === null ? null : choose(one, counters) }
    })
  }
  const giveSome = async (): Promise<number> => {
    const { customers, givings } = await store.waiting(atOnce)
    if (customers.length === 0) return 0
    const { counters } = await store.desks(dayOfGiving(now(), brand()))
    const groups: (Giving | null)[] = [null, ...givings]
    const batch: GivenAway[] = []
    for (const giving of groups) {
      const own = customers.filter((one) => one.giving === (giving?.id ?? null))
      if (own.length > 0) batch.push(...(await giveTo(own, giving, counters)))
    }
    await store.give(batch, counters, { at: now(), realAt: realNow() })
    return batch.length
  }
  return untilDone({ step: giveSome, stopping, rest })
}
