import type Database from 'better-sqlite3'
import type { Reason } from '../../../../shared/effects/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { TraceEntry } from '../../../../shared/run/step.ts'
import type { PassageReads, PassageStatus, StoredPassage } from '../../../ports/passages.ts'
import { UnreadableRow } from '../../../ports/unreadable.ts'
import { readJson } from '../stored-json.ts'
import { type EnrollmentRow, enrollmentColumns, storedOf } from './enrollments.ts'

type PassageRow = [
  ...row: EnrollmentRow,
  status: PassageStatus,
  dueAt: number | null,
  error: string | null,
  ending: string | null,
]

type TraceRow = [enrollment: number, seq: number, at: number, node: string, outcome: string, reason: string]

const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'

const noReason = { 'zh-CN': '应为一条原因', en: 'a reason is needed' }

/** What the engine wrote, its parts in the order in which they stand there. */
function reasonOf(text: string, enrollment: number): Reason {
  const read = readJson(text)
  if (read.readable && isReason(read.value)) return read.value
  throw new UnreadableRow(`traces ${enrollment}`, read.readable ? noReason : read.reason)
}

function lineOf([enrollment, seq, at, node, outcome, reason]: TraceRow): TraceEntry {
  return { seq, at, node, outcome, reason: reasonOf(reason, enrollment) }
}

function passageOf(row: PassageRow, trace: readonly TraceEntry[]): StoredPassage {
  const [status, dueAt, error, ending] = row.slice(14) as [
    PassageStatus,
    number | null,
    string | null,
    string | null,
  ]
  const enrollment = row.slice(0, 14) as EnrollmentRow
  return { ...storedOf(enrollment), status, dueAt, error, ending, trace }
}

/** Reads enrollments with their stories. */
export function passageReader(sqlite: Database.Database): PassageReads {
  const columns = `${enrollmentColumns}, status, due_at, error, ending`
  const one = sqlite.prepare<[number], PassageRow>(`select ${columns} from enrollments where id = ?`).raw()
  const after = sqlite
    .prepare<[number, number], PassageRow>(
      `select ${columns} from enrollments where id > ? order by id limit ?`,
    )
    .raw()
  const latest = (column: 'entered_at' | 'ended_at') =>
    sqlite
      .prepare<[string, string], PassageRow>(
        `select ${columns} from enrollments where customer_id = ? and journey_id = ? and ${column} is not null
         order by ${column} desc, id desc limit 1`,
      )
      .raw()
  const lastOf = { entered: latest('entered_at'), left: latest('ended_at') }
  const traces = sqlite
    .prepare<[number, number], TraceRow>(
      `select enrollment_id, seq, at, node, outcome, reason from traces
       where enrollment_id between ? and ? order by enrollment_id, seq`,
    )
    .raw()
  return {
    latest: async (journeyId, customerId, on) => {
      const row = lastOf[on].get(customerId, journeyId)
      if (row === undefined) return null
      const { enrollment, leftAt, ending } = passageOf(row, [])
      const at = on === 'left' && leftAt !== null ? leftAt : enrollment.enteredAt
      return { enrollment, at, ending: on === 'left' ? ending : null }
    },
    passage: async (id) => {
      const row = one.get(id)
      if (row === undefined) throw new Problem('not-found', { what: `enrollment ${id}` }, 'enrollment')
      return passageOf(row, traces.all(id, id).map(lineOf))
    },
    passagesAfter: async (id, limit) => {
      const rows = after.all(id, limit)
      const stories = new Map<number, TraceEntry[]>(rows.map((row) => [row[0], []]))
      for (const trace of traces.all(id + 1, rows.at(-1)?.[0] ?? id))
        stories.get(trace[0])?.push(lineOf(trace))
      return rows.map((row) => passageOf(row, stories.get(row[0]) ?? []))
    },
  }
}
