import type { TaskDecision, TaskList, TaskQuery, TaskStatus } from '../../../../shared/api/tasks.ts'
import type { AnswerFrom } from '../../../../shared/effects/requests/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Act } from '../../../ports/acts.ts'
import type { TaskStore } from '../../../ports/tasks.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { graphReader } from '../journeys/versions.ts'
import {
  idOf,
  placeOf,
  requestOf,
  statusOf,
  type TaskRow,
  taskColumns,
  taskOf,
  taskTables,
  waitsThere,
} from './rows.ts'

interface Page {
  readonly where: string
  /** What a page is sorted by; the place of a task tells those of one moment apart. */
  readonly by: 'a.person_until' | 'a.created_at'
  readonly order: 'asc' | 'desc'
}

/** What each list holds, by an index of its own. */
const pages: Readonly<Record<TaskStatus, Page>> = {
  open: {
    where: `a.person_until > @now and a.reply is null and ${waitsThere}`,
    by: 'a.person_until',
    order: 'asc',
  },
  decided: { where: 'a.person_until is not null and a.reply is not null', by: 'a.created_at', order: 'desc' },
  over: {
    where: `a.person_until is not null and a.reply is null and not (a.person_until > @now and ${waitsThere})`,
    by: 'a.created_at',
    order: 'desc',
  },
}

const place = 'a.enrollment_id, a.node, a.visit'

/** Where a page ends: the moment that it is sorted by, and the task. */
function cursorOf(row: TaskRow, { by }: Page): string {
  return `${by === 'a.created_at' ? row.createdAt : row.until}.${idOf(row)}`
}

/** Null where a cursor is none of ours, and the list begins anew. */
function readCursor(after: string | undefined) {
  const found = /^(\d{1,16})\.(\d{1,15}\.[a-z][a-z0-9_-]*\.\d{1,9})$/.exec(after ?? '')
  return found === null ? null : { moment: Number(found[1]), ...placeOf(found[2] ?? '') }
}

function list(db: BrandDatabase, query: TaskQuery, now: number, open: number): TaskList {
  const page = pages[query.status]
  const cursor = readCursor(query.after)
  const later = page.order === 'asc' ? '>' : '<'
  const rows = db.sqlite
    .prepare<unknown[], TaskRow>(
      `select ${taskColumns}, ${waitsThere} as waits from ${taskTables}
       where ${page.where} and (@journey is null or e.journey_id = @journey)
         ${cursor === null ? '' : `and (${page.by}, ${place}) ${later} (@moment, @enrollment, @node, @visit)`}
       order by ${page.by} ${page.order}, ${place.replaceAll(/(?=,|$)/g, ` ${page.order}`)} limit @limit`,
    )
    .all({ now, journey: query.journey ?? null, limit: query.limit + 1, ...cursor })
  const shown = rows.slice(0, query.limit)
  const graphOf = graphReader(db)
  const last = shown.at(-1)
  return {
    tasks: shown.map((row) => taskOf(row, graphOf(row.journeyId, row.version), now)),
    open,
    next: rows.length > shown.length && last !== undefined ? cursorOf(last, page) : null,
  }
}

/** What a person's decision is kept as; Problem `task-decided`, `task-over`, `no-such-button`. */
function answerOf(row: TaskRow, { button, note }: TaskDecision, { at, actor }: Act): AnswerFrom<'decision'> {
  const buttons = requestOf(row)?.buttons ?? []
  const known = (id: string) => buttons.find((one) => one.id === id)
  if (row.reply !== null) throw new Problem('task-decided')
  if (statusOf(row, at) !== 'open') throw new Problem('task-over')
  if (known(button) === undefined)
    throw new Problem('no-such-button', { button, buttons: buttons.map(({ id }) => id).join(', ') }, 'button')
  return { ok: true, to: 'decision', button, by: actor.id, at, note: note === '' ? null : note }
}

/** Tasks over one brand's database: the questions to people among those to others. */
export function taskStore(db: BrandDatabase): TaskStore {
  const change = changer(db)
  const one = db.sqlite.prepare<object, TaskRow>(
    `select ${taskColumns}, ${waitsThere} as waits from ${taskTables}
     where a.enrollment_id = @enrollment and a.node = @node and a.visit = @visit and a.person_until is not null`,
  )
  const count = db.sqlite.prepare<{ now: number }, { open: number }>(
    `select count(*) as open from asks a join enrollments e on e.id = a.enrollment_id where ${pages.open.where}`,
  )
  const keep = db.sqlite.prepare(
    `update asks set reply = @reply
     where enrollment_id = @enrollment and node = @node and visit = @visit and reply is null`,
  )
  const wake = db.sqlite.prepare(
    `update enrollments set due_at = @now where id = @enrollment and status = 'live' and ended_at is null`,
  )
  const rowOf = (id: string): TaskRow => {
    const row = one.get(placeOf(id))
    if (row === undefined) throw new Problem('not-found', { what: id }, 'task')
    return row
  }
  const open = (now: number) => count.get({ now })?.open ?? 0
  return {
    list: async (query, now) => list(db, query, now, open(now)),
    open: async (now) => open(now),
    one: async (id, now) => {
      const row = rowOf(id)
      return taskOf(row, graphReader(db)(row.journeyId, row.version), now)
    },
    decide: async (act, id, decision) => {
      change(
        act,
        () => {
          const row = rowOf(id)
          keep.run({ ...placeOf(id), reply: JSON.stringify(answerOf(row, decision, act)) })
          wake.run({ enrollment: row.enrollmentId, now: act.at })
          return row
        },
        ({ node }) => ({ action: 'task.decided', id, detail: { node, decision: decision.button } }),
      )
    },
  }
}
