import type { RehearsalPeople, RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { Problem } from '../../shared/errors/index.ts'
import { triggerByHand } from '../../shared/run/enter.ts'
import type { RehearsalSource } from '../ports/rehearsal.ts'
import type { Entered } from './world.ts'

/** Who is let in by hand, and which ids of the list nobody has. */
export interface Listed {
  readonly ids: readonly string[]
  readonly unknown: string[]
}

/** Reads a list of ids, or an audience as it is at the start. Problem `not-found` where there is no such audience. */
export async function listedBy(
  source: RehearsalSource,
  people: RehearsalPeople | null,
  at: { now: number; zone: string; conditions: ReadonlyMap<string, Condition | null> },
): Promise<Listed> {
  if (people === null) return { ids: [], unknown: [] }
  const { now, zone, conditions } = at
  if ('audience' in people) {
    const { audience } = people
    if (!conditions.has(audience)) throw new Problem('not-found', { what: audience }, 'people.audience')
    const member: Condition = { kind: 'audience', audience, member: true }
    return { ids: await source.select(member, { now, knownUntil: now, zone, anchors: {} }), unknown: [] }
  }
  const asked = [...new Set(people.customers.map((id) => id.trim()))].filter((id) => id !== '')
  const known = new Set(await source.existing(asked))
  return { ids: asked.filter((id) => known.has(id)), unknown: asked.filter((id) => !known.has(id)) }
}

type Entry = RehearsalReport['entries'][number]

/** What was assumed of each trigger about who comes in and when. */
export function entriesOf(
  plan: Plan,
  entered: readonly Entered[],
  backtest: boolean,
  people: RehearsalPeople | null,
): Entry[] {
  const byHand = triggerByHand(plan)
  const iso = (at: number) => new Date(at).toISOString()
  return plan.triggers.flatMap(({ id: node, entrance }): Entry[] => {
    const found = entered.find(({ trigger }) => trigger === node)
    const some = { node, entered: found?.ids.length ?? 0 }
    const when = { from: found ? iso(found.at) : null, until: found ? iso(found.until) : null }
    const listed: Entry = { ...some, ...when, by: people === null ? 'nobody' : 'list' }
    if (entrance.kind === 'manual') return node === byHand?.id || people === null ? [listed] : []
    const own: Entry = {
      ...some,
      ...when,
      by: entrance.kind === 'schedule' ? 'firing' : backtest ? 'recorded' : 'repeated',
    }
    return [own]
  })
}
