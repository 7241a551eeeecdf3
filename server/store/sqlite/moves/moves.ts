import { z } from 'zod'
import type { MoveCursor, MovePlan, MoveProgress, OpenMove } from '../../../ports/moves.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'

interface MoveRow {
  id: number
  journey_id: string
  to_version: number
  plan: string
  words_due: number
  cursor: string | null
  passed: number
}

export const movePlan = z.strictObject({
  fates: z.record(z.string(), z.enum(['move', 'leave'])),
  mapping: z.record(z.string(), z.string()),
  reworded: z.record(z.string(), z.array(z.string())),
})

export const moveCursor = z.tuple([z.string(), z.string()])

/** null where it cannot be read: it stands still until that is mended, and holds up no other. */
function openMoveOf(row: MoveRow): OpenMove | null {
  const plan = readColumn(row.plan, movePlan)
  const cursor = row.cursor === null ? null : readColumn(row.cursor, moveCursor)
  if (!plan.readable || cursor?.readable === false) return null
  return {
    ...plan.value,
    id: row.id,
    journeyId: row.journey_id,
    toVersion: row.to_version,
    wordsDue: row.words_due === 1,
    cursor: cursor?.value ?? null,
    passed: row.passed > 0,
  }
}

/** The moves under way that can be read, the oldest first; of a journey there is never more than one. */
export function openMoves({ sqlite }: BrandDatabase): () => OpenMove[] {
  const open = sqlite.prepare<[], MoveRow>(
    `select id, journey_id, to_version, plan, words_due, cursor, moved + left - pass_from as passed
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
    .prepare<[string], number>('select to_version from moves where journey_id = ? and done_at is null')
    .pluck()
    .get(journeyId)
  return to ?? null
}

/** Ends the move of a journey where it stands: whoever has not come over is one of the next publication's. */
export function giveUpMove({ sqlite }: BrandDatabase, journeyId: string): void {
  sqlite
    .prepare('update moves set done_at = planned_at where journey_id = ? and done_at is null')
    .run(journeyId)
}

export interface NewMove extends MovePlan {
  readonly journeyId: string
  readonly toVersion: number
  readonly now: number
}

/** Plans a move within the caller's transaction. */
export function planMove({ sqlite }: BrandDatabase, { journeyId, toVersion, now, ...made }: NewMove): void {
  const { fates, mapping, reworded } = made
  const wordsDue = Object.values(reworded).some((nodes) => nodes.length > 0) ? 1 : 0
  sqlite
    .prepare('insert into moves (journey_id, to_version, plan, words_due, planned_at) values (?, ?, ?, ?, ?)')
    .run(journeyId, toVersion, JSON.stringify({ fates, mapping, reworded }), wordsDue, now)
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
