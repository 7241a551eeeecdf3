import { z } from 'zod'
import { actor } from '../../../../shared/audit/actor.ts'
import { fates, type MoveKind, moveKinds } from '../../../../shared/run/move.ts'
import type { Act } from '../../../ports/acts.ts'
import type { MoveCursor, MovePlan, MoveProgress, MoveUnderWay, OpenMove } from '../../../ports/moves.ts'
import type { BrandDatabase } from '../database.ts'
import { graphReader } from '../journeys/versions.ts'
import { readColumn, valueOr } from '../stored-json.ts'

interface MoveRow {
  id: number
  journey_id: string
  to_version: number
  plan: string
  words_due: number
  cursor: string | null
  passed: number
  planned_at: number
  kind: string
}

const nodeFate = z.discriminatedUnion('fate', [
  z.strictObject({ fate: z.enum(['finish', 'leave']) }),
  z.strictObject({ fate: z.literal('move'), to: z.string() }),
])

export const movePlan = z.strictObject({
  fates: z.record(z.string(), z.enum(fates)),
  mapping: z.record(z.string(), z.string()),
  byNode: z.record(z.string(), nodeFate).default({}),
  reworded: z.record(z.string(), z.array(z.string())),
})

export const moveCursor = z.tuple([z.string(), z.string()])

const kindOf = (text: string): MoveKind | undefined => moveKinds.find((one) => one === text)

/** null where it cannot be read: it stands still until that is mended, and holds up no other. */
function openMoveOf(row: MoveRow): OpenMove | null {
  const plan = readColumn(row.plan, movePlan)
  const cursor = row.cursor === null ? null : readColumn(row.cursor, moveCursor)
  const kind = kindOf(row.kind)
  if (!plan.readable || cursor?.readable === false || kind === undefined) return null
  return {
    ...plan.value,
    kind,
    plannedAt: row.planned_at,
    id: row.id,
    journeyId: row.journey_id,
    toVersion: row.to_version,
    wordsDue: row.words_due === 1,
    cursor: cursor?.value ?? null,
    passed: row.passed > 0,
  }
}

/** The moves under way that can be read, the oldest first; of a journey never more than one between versions. */
export function openMoves({ sqlite }: BrandDatabase): () => OpenMove[] {
  const open = sqlite.prepare<[], MoveRow>(
    `select id, journey_id, to_version, plan, words_due, cursor, moved + left - pass_from as passed,
       planned_at, kind
     from moves where done_at is null order by id`,
  )
  return () =>
    open.all().flatMap((row) => {
      const move = openMoveOf(row)
      return move === null ? [] : [move]
    })
}

/** The version to which a move of a journey is under way; null where none is. */
export function openMoveTo({ sqlite }: BrandDatabase, journeyId: string): number | null {
  const to = sqlite
    .prepare<[string], number>(
      `select to_version from moves where journey_id = ? and done_at is null and kind = 'version'`,
    )
    .pluck()
    .get(journeyId)
  return to ?? null
}

/** Ends the move of a journey where it stands: whoever has not come over is one of the next publication's. */
export function giveUpMove({ sqlite }: BrandDatabase, journeyId: string): void {
  sqlite
    .prepare(
      `update moves set done_at = planned_at where journey_id = ? and done_at is null and kind = 'version'`,
    )
    .run(journeyId)
}

export interface NewMove extends MovePlan {
  readonly kind: MoveKind
  readonly journeyId: string
  readonly toVersion: number
  /** How many people and messages it concerns. */
  readonly concerned: number
  /** On the brand's clock. */
  readonly now: number
  /** null: nobody is told who planned it. */
  readonly act: Pick<Act, 'actor' | 'realAt'> | null
}

/** Plans a move within the caller's transaction. */
export function planMove({ sqlite }: BrandDatabase, made: NewMove): void {
  const { kind, journeyId, toVersion, concerned, now, act, fates, mapping, byNode, reworded } = made
  const wordsDue = Object.values(reworded).some((nodes) => nodes.length > 0) ? 1 : 0
  const plan = JSON.stringify({ fates, mapping, byNode, reworded })
  sqlite
    .prepare(
      `insert into moves (kind, journey_id, to_version, plan, words_due, planned_at, concerned, actor, begun_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[kind, journeyId, toVersion, plan, wordsDue, now, concerned],
      ...[act === null ? null : JSON.stringify(act.actor), act?.realAt ?? null],
    )
}

interface UnderWayRow extends MoveRow {
  done: number
  concerned: number | null
  actor: string | null
  begun_at: number | null
}

/** The moves under way, of one journey or of all, the oldest first, as they are told to people. */
export function movesUnderWay(db: BrandDatabase, journeyId: string | null = null): MoveUnderWay[] {
  const read = graphReader(db)
  return db.sqlite
    .prepare<{ journeyId: string | null }, UnderWayRow>(
      `select *, moved + left + reworded as done, 0 as passed from moves
       where done_at is null and (@journeyId is null or journey_id = @journeyId) order by id`,
    )
    .all({ journeyId })
    .flatMap((row) => {
      const move = openMoveOf(row)
      if (move === null) return []
      const { id, kind, toVersion: to } = move
      return [
        {
          ...{ id, kind, journeyId: row.journey_id, to, done: row.done, of: row.concerned },
          journeyName: read(row.journey_id, to)?.name ?? null,
          from: [...new Set([...Object.keys(move.fates), ...Object.keys(move.reworded)].map(Number))],
          actor: row.actor === null ? null : valueOr(readColumn(row.actor, actor), null),
          since: row.begun_at ?? move.plannedAt,
        },
      ]
    })
}

/** Saves how far a batch has brought a move, within the batch's transaction. */
export function moveWriter({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): (progress: MoveProgress, now: number) => void {
  const add = sqlite.prepare('update moves set moved = moved + ?, left = left + ? where id = ?')
  const goOn = sqlite.prepare('update moves set cursor = ? where id = ?')
  const again = sqlite.prepare('update moves set cursor = null, pass_from = moved + left where id = ?')
  const end = sqlite.prepare('update moves set done_at = ? where id = ?')
  const set = (id: number, to: MoveCursor | null) =>
    to === null ? again.run(id) : goOn.run(JSON.stringify(to), id)
  return ({ id, cursor: to, moved, left, done }, now) => {
    if (moved + left > 0) add.run(moved, left, id)
    if (done) end.run(now, id)
    else if (to !== 'kept') set(id, to)
  }
}
