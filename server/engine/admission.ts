import type { Plan } from '../../shared/compile/plan.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { type Admitted, anchorsAt, type Entries, enter, oneLess, oneMore } from '../../shared/run/enter.ts'
import type { EngineStore } from '../ports/engine.ts'
import { newPassage, type Passage } from './round.ts'

/** One customer who asks to come in. */
export interface Candidate {
  readonly customerId: string
  readonly event: CustomerEvent | null
}

/** The entries as they will be once a batch is saved: some end in it, others have begun in it. */
function entriesAfter(
  stored: ReadonlyMap<string, Entries>,
  journeyId: string,
  batch: readonly Passage[],
): Map<string, Entries> {
  const known = new Map(stored)
  for (const { enrollment, before, ending, entryKey } of batch) {
    if (enrollment.journeyId !== journeyId) continue
    const { enteredAt, customerId } = enrollment
    const earlier = known.get(customerId)
    if (before === null) known.set(customerId, oneMore(earlier, entryKey, enteredAt))
    else if (ending !== null && earlier !== undefined) known.set(customerId, oneLess(earlier))
  }
  return known
}

/**
 * Admits those of the candidates whom the re-entry rule lets in; each customer once in a batch. `batch` is
 * what is to be saved with them: who leaves in it may come again, and who came in has been let in already.
 */
export async function admitAll(
  store: EngineStore,
  plan: Plan,
  trigger: string,
  candidates: readonly Candidate[],
  anchor: { readonly festival: string; readonly date: string } | null,
  context: { now: number; brand: Brand },
  batch: readonly Passage[] = [],
): Promise<Passage[]> {
  const { now, brand } = context
  const ids = [...new Set(candidates.map(({ customerId }) => customerId))]
  const [stored, callers] = await Promise.all([store.entries(plan.journey.id, ids), store.callers(ids)])
  const earlier = entriesAfter(stored, plan.journey.id, batch)
  const anchors = anchorsAt(plan, anchor, now, brand)
  const welcome: Admitted[] = []
  for (const { customerId, event } of candidates) {
    const customer = callers.get(customerId)
    if (customer === undefined) continue
    const admitted = enter(plan, { trigger, customer, event, anchors }, earlier.get(customerId), context)
    if (admitted === null) continue
    earlier.set(customerId, oneMore(earlier.get(customerId), admitted.key, now))
    welcome.push(admitted)
  }
  if (welcome.length === 0) return []
  const firstId = await store.reserveIds(welcome.length)
  return welcome.map(({ key, begin }, index) => newPassage(plan, begin(firstId + index), key))
}
