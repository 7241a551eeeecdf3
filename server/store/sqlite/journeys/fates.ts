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
import { giveUpMove, openMoveTo, planMove } from '../moves/moves.ts'
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

/** Versions other than one with messages that no channel has been handed. */
function waitingIn({ sqlite }: BrandDatabase, id: string, except: number): number[] {
  return sqlite
    .prepare<[string, number], number>(
      `select distinct version from messages
       where journey_id = ? and due_at is not null and status = 'queued' and attempts = 0 and version <> ?`,
    )
    .pluck()
    .all(id, except)
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

/** What becomes of those under way by a choice; changes nothing. */
export function fatesIn(db: BrandDatabase, { id, number, ...asked }: FatesAsked): Fates {
  const read = graphReader(db)
  const input: FateInput = {
    ...asked,
    standing: standingIn(db, id, number),
    waiting: waitingIn(db, id, number),
    graph: (version) => read(id, version),
  }
  return fatesOf(input)
}

/** Problems `mapping-to-nowhere`, `mapping-from-nowhere`. */
export function refuseMapping(
  db: BrandDatabase,
  { id, next, choice, registry }: FatesAsked,
  standing: readonly Standing[],
): void {
  const { mapping } = choice
  const fault = mappingFault(next, mapping, registry)
  if (fault !== null)
    throw new Problem('mapping-to-nowhere', { node: fault.node, to: fault.to }, `mapping.${fault.node}`)
  const read = graphReader(db)
  const versions = [...new Set(standing.map(({ version }) => version))]
  const known = new Set(versions.flatMap((version) => Object.keys(read(id, version)?.nodes ?? {})))
  for (const { node } of standing) known.add(node)
  const stranger = versions.length === 0 ? undefined : Object.keys(mapping).find((node) => !known.has(node))
  if (stranger !== undefined)
    throw new Problem('mapping-from-nowhere', { node: stranger }, `mapping.${stranger}`)
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
export function decideFates(db: BrandDatabase, asked: FatesAsked, now: number): Decided {
  const { id, number, choice } = asked
  refuseMoving(db, id)
  const { fates, destinies, reworded } = fatesIn(db, asked)
  refuseMapping(db, asked, destinies)
  refuseUndecided(destinies)
  if (Object.keys(fates).length > 0)
    planMove(db, { journeyId: id, toVersion: number, now, fates, mapping: choice.mapping, reworded })
  return {
    moving: peopleWho(destinies, 'stays', 'asked', 'enters'),
    leaving: peopleWho(destinies, 'leaves'),
    finishing: peopleWho(destinies, 'finishes'),
  }
}
