import { addDays, type FestivalId, localDate, nextFestival } from '../../shared/calendar/index.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Reentry } from '../../shared/journey/graph.ts'
import type { Entry } from '../../shared/nodes/type.ts'
import { admit, zoneOf } from '../../shared/run/step.ts'
import type { EngineStore, Entries } from '../ports/engine.ts'
import { newPassage, type Passage } from './round.ts'

/** One customer who asks to come in. */
export interface Candidate {
  readonly customerId: string
  readonly event: Entry['event']
}

/** Rule 4: the occurrence of each festival that an enrollment entering now refers to. */
export function anchorsAt(
  plan: Plan,
  own: { readonly festival: string; readonly date: string } | null,
  now: number,
  brand: Brand,
): Partial<Record<FestivalId, string>> {
  const anchors: Partial<Record<FestivalId, string>> = {}
  const today = localDate(now, zoneOf(plan, brand))
  const first = plan.festivals.find((id) => id === own?.festival)
  if (first !== undefined && own !== null) anchors[first] = own.date
  for (const id of plan.festivals) anchors[id] ??= nextFestival(id, today)
  return anchors
}

/** The key that tells concurrent enrollments apart; empty unless re-entry is keyed. */
export function entryKeyOf(reentry: Reentry, event: Entry['event']): string {
  if (reentry.kind !== 'keyed') return ''
  const value = event?.properties[reentry.property]
  return value === undefined ? '' : String(value)
}

/** Rule 2: whether a customer may come in (again) now. Days are those of the calendar (rule 6). */
export function mayEnter(
  reentry: Reentry,
  key: string,
  earlier: Entries | undefined,
  { now, zone }: { readonly now: number; readonly zone: string },
): boolean {
  if (earlier === undefined) return true
  if (reentry.kind === 'keyed') return !earlier.keys.has(key)
  if (earlier.live > 0 || reentry.kind === 'never') return false
  if (reentry.kind === 'after_leaving') return true
  return localDate(now, zone) >= addDays(localDate(earlier.enteredAt, zone), reentry.days)
}

/** The entries as they will be once a batch is saved: some end in it, others have begun in it. */
function entriesAfter(
  stored: ReadonlyMap<string, Entries>,
  journeyId: string,
  batch: readonly Passage[],
): ReadonlyMap<string, Entries> {
  const known = new Map(stored)
  for (const { enrollment, before, ending, entryKey } of batch) {
    if (enrollment.journeyId !== journeyId) continue
    const { enteredAt, customerId } = enrollment
    const earlier = known.get(customerId)
    if (before === null)
      known.set(customerId, {
        enteredAt: Math.max(enteredAt, earlier?.enteredAt ?? enteredAt),
        live: (earlier?.live ?? 0) + 1,
        keys: new Set([...(earlier?.keys ?? []), entryKey]),
      })
    else if (ending !== null && earlier !== undefined)
      known.set(customerId, { ...earlier, live: earlier.live - 1 })
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
  const { reentry } = plan.settings
  const zone = zoneOf(plan, brand)
  const ids = [...new Set(candidates.map(({ customerId }) => customerId))]
  const [stored, customers] = await Promise.all([store.entries(plan.journey.id, ids), store.customers(ids)])
  const earlier = entriesAfter(stored, plan.journey.id, batch)
  const taken = new Set<string>()
  const welcome = candidates.filter(({ customerId, event }) => {
    const key = entryKeyOf(reentry, event)
    const place = `${customerId}\u001f${key}`
    if (taken.has(place) || !customers.has(customerId)) return false
    taken.add(place)
    return mayEnter(reentry, key, earlier.get(customerId), { now, zone })
  })
  if (welcome.length === 0) return []
  const firstId = await store.reserveIds(welcome.length)
  const anchors = anchorsAt(plan, anchor, now, brand)
  return welcome.map(({ customerId, event }, index) => {
    const timezone = customers.get(customerId)?.timezone ?? null
    const entry: Entry = { trigger, timezone, event, anchors }
    const step = admit(plan, { id: firstId + index, customerId, now, entry })
    return newPassage(plan, step, entryKeyOf(reentry, event))
  })
}
