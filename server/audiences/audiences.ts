import type { z } from 'zod'
import type { AudienceSummary, AudienceUse, countAnswer } from '../../shared/api/customers.ts'
import type { OverlapAnswer } from '../../shared/api/overlap.ts'
import type { SuggestedAnswer } from '../../shared/api/suggested.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { checkAudience, type Diagnostic, looseNamesIn } from '../../shared/compile/index.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { AudienceDraft } from '../ports/audiences.ts'
import type { AskedValues } from '../ports/base.ts'
import type { Desk } from '../ports/desk.ts'
import { askedNow } from './asked.ts'

/** What is doubtful in conditions that stand by themselves, by this brand's own data. */
async function finder(
  { stores, brand, now }: Desk,
  conditions: readonly (Condition | null)[],
): Promise<(condition: Condition | null) => Diagnostic[]> {
  const attributes = await stores.customers.knownAttributes()
  const all = await stores.audiences.saved()
  const asked = conditions.flatMap((condition) => (condition === null ? [] : looseNamesIn(condition)))
  const names = await stores.customers.knownNames(asked)
  const journeys = await stores.journeys.reader()
  const known = {
    hasJourney: (id: string) => journeys(id) !== null,
    zone: brand().zone,
    now: now(),
    attributes,
    names,
    audiences: (key: string) => all.get(key),
  }
  return (condition) => (condition === null ? [] : checkAudience(condition, known))
}

export async function listAudiences(desk: Desk): Promise<AudienceSummary[]> {
  const audiences = await desk.stores.audiences.summaries(askedNow(desk))
  const findings = await finder(
    desk,
    audiences.map(({ condition }) => condition),
  )
  return audiences.map((one) => ({ ...one, findings: findings(one.condition) }))
}

/** Problem `not-found`. */
export async function readAudience(desk: Desk, key: string): Promise<AudienceSummary> {
  const one = await desk.stores.audiences.get(key, askedNow(desk))
  const findings = await finder(desk, [one.condition])
  return { ...one, findings: findings(one.condition) }
}

/** Problems `audience-exists`, `audience-circle`, `audience-deep`, `audience-wide`. */
export async function saveAudience(desk: Desk, actor: Actor, draft: AudienceDraft): Promise<void> {
  await desk.stores.audiences.add(desk.act(actor), draft)
}

/** Problems `not-found`, `audience-is-list`, `audience-circle`, `audience-deep`, `audience-wide`. */
export async function changeAudience(
  desk: Desk,
  actor: Actor,
  { key, draft }: { key: string; draft: AudienceDraft },
): Promise<void> {
  if (draft.key !== key) throw new Problem('invalid-request', { detail: `key: ${key}` }, 'key')
  await desk.stores.audiences.change(desk.act(actor), draft)
}

/** All that names an audience. */
export async function usesOfAudience({ stores }: Desk, key: string): Promise<AudienceUse[]> {
  return [...(await stores.audiences.uses(key))]
}

/** Problem `audience-in-use`, with all that names it. */
export function removeAudience(
  desk: Desk,
  actor: Actor,
  { key, despiteDrafts }: { key: string; despiteDrafts: boolean },
): Promise<void> {
  return desk.stores.audiences.remove(desk.act(actor), key, despiteDrafts)
}

/** What conditions may speak of, and how often it is there. */
export function suggestValues(
  { stores }: Pick<Desk, 'stores'>,
  asked: AskedValues,
): Promise<SuggestedAnswer> {
  return stores.audiences.values(asked)
}

/** How many are in several audiences at once, now. Problem `not-found`. */
export function overlapOf(desk: Desk, keys: readonly string[]): Promise<OverlapAnswer> {
  return desk.stores.audiences.overlap(keys, askedNow(desk))
}

/** For how many customers a condition holds now. */
export async function countNow(desk: Desk, condition: Condition): Promise<z.output<typeof countAnswer>> {
  const { sample, ...counts } = await desk.stores.audiences.count(condition, askedNow(desk))
  const findings = await finder(desk, [condition])
  return { ...counts, sample: [...sample], findings: findings(condition) }
}
