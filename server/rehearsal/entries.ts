import type { RehearsalPeople, RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import type { Saved } from '../../shared/conditions/audiences.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type ForEntrances, forEntrance } from '../../shared/nodes/entrance.ts'
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
  at: { now: number; zone: string; audiences: ReadonlyMap<string, Saved> },
): Promise<Listed> {
  if (people === null) return { ids: [], unknown: [] }
  const { now, zone, audiences } = at
  if ('audience' in people) {
    const { audience } = people
    if (!audiences.has(audience)) throw new Problem('not-found', { what: audience }, 'people.audience')
    const member: Condition = { kind: 'audience', audience, member: true }
    return { ids: await source.select(member, { now, knownUntil: now, zone, anchors: {} }), unknown: [] }
  }
  const asked = [...new Set(people.customers.map((id) => id.trim()))].filter((id) => id !== '')
  const known = new Set(await source.existing(asked))
  return { ids: asked.filter((id) => known.has(id)), unknown: asked.filter((id) => !known.has(id)) }
}

type Entry = RehearsalReport['entries'][number]

const ways: ForEntrances<[backtest: boolean, listed: boolean], Entry['by']> = {
  schedule: () => 'firing',
  event: (_entrance, backtest) => (backtest ? 'recorded' : 'repeated'),
  manual: (_entrance, _backtest, listed) => (listed ? 'list' : 'nobody'),
  membership: (_entrance, backtest) => (backtest ? 'recorded' : 'repeated'),
  absence: (_entrance, backtest) => (backtest ? 'recorded' : 'repeated'),
  journey: (_entrance, backtest) => (backtest ? 'recorded' : 'repeated'),
}

/** What was assumed of each trigger about who comes in and when. */
export function entriesOf(
  plan: Plan,
  entered: readonly Entered[],
  backtest: boolean,
  people: RehearsalPeople | null,
): Entry[] {
  const byHand = triggerByHand(plan)?.id
  const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())
  return plan.triggers.map(({ id: node, entrance }): Entry => {
    const found = entered.find(({ trigger }) => trigger === node)
    const by = forEntrance(ways, entrance, backtest, people !== null && node === byHand)
    return { node, by, from: iso(found?.at), until: iso(found?.until), entered: found?.ids.length ?? 0 }
  })
}
