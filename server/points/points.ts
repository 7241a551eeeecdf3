import {
  type CustomerPoints,
  type PointAdjustment,
  type PointLedger,
  type PointRecord,
  pointRecord,
} from '../../shared/api/points.ts'
import type { RecordResult } from '../../shared/api/records.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import { placedIssues, sayIssue, sayPath } from '../../shared/journey/issue.ts'
import type { Act } from '../ports/acts.ts'
import type { Desk } from '../ports/desk.ts'
import type { LedgerQuery } from '../ports/points.ts'

type Row =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly refused: RecordResult }

function refused(line: number, id: string | null, problem: Problem): RecordResult {
  const { message, mend } = textsOf(problem)
  const place = problem.place === undefined || problem.place === '' ? {} : { place: problem.place }
  return { line, id, status: 'refused', code: problem.code, ...place, message, mend }
}

/** What of a row is not well formed, at its first fault; else the row as it is read. */
function readRow(value: unknown): PointRecord | Problem {
  const parsed = pointRecord.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = placedIssues(parsed.error)
  if (first === undefined) return new Problem('invalid-request', { detail: '' })
  const place = sayPath(first.path)
  const { en, 'zh-CN': zh } = sayIssue(first.issue)
  return new Problem('invalid-request', { detail: `${place}: ${en}`, detail_zh: `${place}：${zh}` }, place)
}

/** Adds or takes points, each row by itself: what cannot be is refused with its reason. */
export async function bookPoints(desk: Desk, act: Act, rows: readonly Row[]): Promise<RecordResult[]> {
  const results: RecordResult[] = []
  const read: { readonly line: number; readonly record: PointRecord }[] = []
  for (const row of rows) {
    if ('refused' in row) {
      results.push(row.refused)
      continue
    }
    const record = readRow(row.value)
    if (record instanceof Problem) results.push(refused(row.line, null, record))
    else read.push({ line: row.line, record })
  }
  const outcomes =
    read.length === 0
      ? []
      : await desk.stores.points.book(
          act,
          read.map(({ record }) => record),
        )
  for (const [at, { line, record }] of read.entries()) {
    const outcome = outcomes[at]
    if (outcome === undefined) continue
    results.push(
      outcome instanceof Problem
        ? refused(line, record.key, outcome)
        : { line, id: record.key, status: outcome },
    )
  }
  await desk.stir()
  return results.sort((one, other) => one.line - other.line)
}

/** Problems `unknown-customer`, `points-insufficient`, `points-key-other`. */
export async function adjustPoints(
  desk: Desk,
  actor: Actor,
  { id, adjustment }: { readonly id: string; readonly adjustment: PointAdjustment },
): Promise<CustomerPoints> {
  await desk.stores.points.adjust(desk.act(actor), id, adjustment)
  await desk.stir()
  return pointsOf(desk, id, { before: null, limit: 50 })
}

/** Problem `unknown-customer`. */
export const pointsOf = (desk: Desk, id: string, query: LedgerQuery): Promise<CustomerPoints> =>
  desk.stores.points.of(id, query, desk.now())

export const ledgerOf = (desk: Desk, query: LedgerQuery): Promise<PointLedger> =>
  desk.stores.points.ledger(query)
