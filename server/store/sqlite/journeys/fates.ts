import { Problem } from '../../../../shared/errors/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import {
  type Destiny,
  type FateChoice,
  type FateInput,
  type Fates,
  fatesOf,
  mappingFault,
  peopleWho,
  type Standing,
} from '../../../../shared/run/fate.ts'
import { FateNeeded } from '../../../ports/journeys.ts'
import type { BrandDatabase } from '../database.ts'
import { giveUpMove, type NewMove, openMoveTo, planMove } from '../moves/moves.ts'
import { graphReader } from './versions.ts'

/** Who stands where in versions other than one. */
export function standingIn({ sqlite }: BrandDatabase, id: string, except: number): Standing[] {
  return sqlite
    .prepare<[string, number], Standing>(
      `select version, state as node, count(*) as people from enrollments
       where journey_id = ? and ended_at is null and version <> ? group by version, state
       order by version desc, people desc, node`,
    )
    .all(id, except)
}

/** What a message is that no channel has been handed. */
const waits = `due_at is not null and status = 'queued' and attempts = 0 and withdrawn = 0`

/** Messages that no channel has been handed, by version and node; of versions other than one. */
export function waitingIn({ sqlite }: BrandDatabase, id: string, except: number | null): Standing[] {
  return sqlite
    .prepare<[string, number | null], Standing>(
      `select version, node, count(*) as people from messages
       where journey_id = ? and ${waits} and version is not ? group by version, node order by version, node`,
    )
    .all(id, except)
}

/** How much stands in some places of some versions. */
export function countIn(
  standing: readonly Standing[],
  places: Readonly<Record<string, readonly string[]>>,
): number {
  return standing.reduce(
    (sum, { version, node, people }) => sum + (places[version]?.includes(node) === true ? people : 0),
    0,
  )
}

export interface FatesAsked {
  readonly id: string
  readonly next: Journey
  /** The version that the journey is frozen as, or would be. */
  readonly number: number
  readonly isNew: boolean
  readonly choice: FateChoice
  readonly registry: Registry
}

/** What becomes of those under way by a choice, and which messages wait; changes nothing. */
export function fatesIn(
  db: BrandDatabase,
  { id, number, ...asked }: FatesAsked,
): Fates & Pick<FateInput, 'waiting'> {
  const read = graphReader(db)
  const waiting = waitingIn(db, id, number)
  const standing = standingIn(db, id, number)
  return { ...fatesOf({ ...asked, standing, waiting, graph: (version) => read(id, version) }), waiting }
}

/** Problems `mapping-to-nowhere`, `mapping-from-nowhere`. */
export function refuseMapping(
  db: BrandDatabase,
  { id, next, choice, registry }: FatesAsked,
  standing: readonly Standing[],
): void {
  const { byNode = {}, mapping } = choice
  const placeOf = (node: string) => (Object.hasOwn(byNode, node) ? `byNode.${node}` : `mapping.${node}`)
  const fault = mappingFault(next, choice, registry)
  if (fault !== null)
    throw new Problem('mapping-to-nowhere', { node: fault.node, to: fault.to }, placeOf(fault.node))
  const read = graphReader(db)
  const versions = [...new Set(standing.map(({ version }) => version))]
  const known = new Set(versions.flatMap((version) => Object.keys(read(id, version)?.nodes ?? {})))
  for (const { node } of standing) known.add(node)
  const named = Object.keys({ ...mapping, ...byNode })
  const stranger = versions.length === 0 ? undefined : named.find((node) => !known.has(node))
  if (stranger !== undefined) throw new Problem('mapping-from-nowhere', { node: stranger }, placeOf(stranger))
}

function refuseUndecided(destinies: readonly Destiny[]): void {
  const undecided = destinies.filter(({ becomes }) => becomes === 'undecided')
  if (undecided.length > 0) throw new FateNeeded(undecided)
}

/** A move to a version that cannot be read comes to no end, and is not to keep anybody from publishing a better one. */
function refuseMoving(db: BrandDatabase, id: string): void {
  const to = openMoveTo(db, id)
  if (to === null) return
  if (graphReader(db)(id, to) !== null) throw new Problem('move-under-way', { journey: id })
  giveUpMove(db, id)
}

type PlannedBy = Pick<NewMove, 'now' | 'act'>

/** What a publication has decided of those under way, in numbers. */
export interface Decided {
  readonly moving: number
  readonly leaving: number
  readonly finishing: number
}

/**
 * Plans what becomes of those under way, within the publication's transaction (rule 21). Problems `fate-needed` (a
 * FateNeeded), `mapping-to-nowhere`, `mapping-from-nowhere`, `move-under-way`.
 */
export function decideFates(db: BrandDatabase, asked: FatesAsked, { now, act }: PlannedBy): Decided {
  const { id, number, choice } = asked
  refuseMoving(db, id)
  const { fates, destinies, reworded, waiting } = fatesIn(db, asked)
  refuseMapping(db, asked, destinies)
  refuseUndecided(destinies)
  const moving = peopleWho(destinies, 'stays', 'asked', 'enters')
  const leaving = peopleWho(destinies, 'leaves')
  if (Object.keys(fates).length > 0) {
    const { mapping, byNode = {} } = choice
    const concerned = moving + leaving + countIn(waiting, reworded)
    const plan = { fates, mapping, byNode, reworded, concerned }
    planMove(db, { kind: 'version', journeyId: id, toVersion: number, ...plan, now, act })
  }
  return { moving, leaving, finishing: peopleWho(destinies, 'finishes') }
}
