import type { TaskDecision, TaskList, TaskQuery, TaskStatus } from '../../../../shared/api/tasks.ts'
import { staffOf } from '../../../../shared/audit/actor.ts'
import type { AnswerFrom, PersonKind } from '../../../../shared/effects/requests/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import type { Act } from '../../../ports/acts.ts'
import type { TaskStore, Viewer } from '../../../ports/tasks.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { graphReader } from '../journeys/versions.ts'
import { handMade } from './by-hand.ts'
import {
  allSources,
  buttonsOf,
  deadlineOf,
  idOf,
  mustBeOpen,
  placeOf,
  requestOf,
  seenBy,
  sourceOf,
  type TaskRow,
  type TaskSource,
  taskOf,
  taskSources,
  whoseSql,
} from './rows.ts'

interface Page {
  readonly where: (source: TaskSource) => string
  /** What a page is sorted by; the place of a task tells those of one moment apart. */
  readonly by: 'deadline' | 'age'
  readonly order: 'asc' | 'desc'
}

/** What each list holds, by an index of its own. */
const pages: Readonly<Record<TaskStatus, Page>> = {
  open: {
    where: ({ waits }) => `a.person_until > @now and a.reply is null and ${waits}`,
    by: 'deadline',
    order: 'asc',
  },
  decided: {
    where: () => 'a.person_until is not null and a.reply is not null',
    by: 'age',
    order: 'desc',
  },
  over: {
    where: ({ waits }) =>
      `a.person_until is not null and a.reply is null and not (a.person_until > @now and ${waits})`,
    by: 'age',
    order: 'desc',
  },
}

const place = 'a.enrollment_id, a.node, a.visit'

/** Where a page ends: the moment that it is sorted by, and the task. */
function cursorOf(row: TaskRow, { by }: Page): string {
  return `${by === 'age' ? row.createdAt : deadlineOf(row)}.${idOf(row)}`
}

/** Null where a cursor is none of ours, and the list begins anew. */
function readCursor(after: string | undefined) {
  const found = /^(\d{1,16})\.(\d{1,15}\.[a-z][a-z0-9_-]*\.\d{1,9})$/.exec(after ?? '')
  return found === null ? null : { moment: Number(found[1]), ...placeOf(found[2] ?? '') }
}

/** Of whom tasks are asked for, beyond what a viewer may see. */
const whoseWhere: Readonly<Record<TaskQuery['whose'], (query: TaskQuery) => string>> = {
  all: () => '1',
  mine: ({ staff }) => (staff === undefined ? '0' : whoseSql.mine),
  team: ({ staff }) => (staff === undefined ? '0' : whoseSql.team),
}

const seen = (viewer: Viewer) => (viewer === null ? '1' : seenBy)

const momentOf = ({ by }: Page, { deadline }: TaskSource) => (by === 'age' ? 'a.created_at' : deadline)

/** What rows of a page are ordered by, first to last. */
const orderOf = ({ by }: Page, row: TaskRow) =>
  [by === 'age' ? row.createdAt : deadlineOf(row), row.enrollmentId, row.node, row.visit] as const

function compare(page: Page, one: TaskRow, other: TaskRow): number {
  const mine = orderOf(page, one)
  const at = orderOf(page, other).findIndex((part, index) => part !== mine[index])
  const [before, after] = [mine[at], orderOf(page, other)[at]]
  if (before === undefined || after === undefined) return 0
  return before < after === (page.order === 'asc') ? -1 : 1
}

function list(
  db: BrandDatabase,
  query: TaskQuery,
  { now, viewer, open }: { now: number; viewer: Viewer; open: number },
): TaskList {
  const page = pages[query.status]
  const cursor = readCursor(query.after)
  const later = page.order === 'asc' ? '>' : '<'
  const values = {
    ...{ now, viewer, staff: query.staff ?? null, journey: query.journey ?? null },
    ...{ limit: query.limit + 1, ...cursor },
  }
  const rowsOf = (source: TaskSource) =>
    db.sqlite
      .prepare<unknown[], TaskRow>(
        `select ${source.columns} from ${source.tables}
       where ${page.where(source)} and (@journey is null or ${source.journey} = @journey)
         and ${whoseWhere[query.whose](query)} and ${seen(viewer)}
         ${cursor === null ? '' : `and (${momentOf(page, source)}, ${place}) ${later} (@moment, @enrollment, @node, @visit)`}
       order by ${momentOf(page, source)} ${page.order}, ${place.replaceAll(/(?=,|$)/g, ` ${page.order}`)} limit @limit`,
      )
      .all(values)
  const rows = allSources.flatMap(rowsOf).sort((one, other) => compare(page, one, other))
  const shown = rows.slice(0, query.limit)
  const graphOf = graphsFor(db)
  const last = shown.at(-1)
  return {
    tasks: shown.map((row) => taskOf(row, graphOf(row), now)),
    open,
    next: rows.length > shown.length && last !== undefined ? cursorOf(last, page) : null,
  }
}

/** What a person's answer is kept as; Problem `task-decided`, `task-over`, `no-such-button`. */
function answerOf(
  row: TaskRow,
  { button, note: written, next }: TaskDecision,
  { at, actor }: Act,
): AnswerFrom<PersonKind> {
  const asked = requestOf(row)
  const buttons = buttonsOf(asked)
  mustBeOpen(row, at)
  if (!buttons.some(({ id }) => id === button))
    throw new Problem('no-such-button', { button, buttons: buttons.map(({ id }) => id).join(', ') }, 'button')
  const note = written === '' ? null : written
  if (asked?.to === 'task') return { ok: true, to: 'task', result: button, by: actor.id, at, note, next }
  return { ok: true, to: 'decision', button, by: actor.id, at, note }
}

/** The journey of a task as it was asked; null of one made by hand. */
function graphsFor(db: BrandDatabase): (row: TaskRow) => Journey | null {
  const graphOf = graphReader(db)
  return ({ journeyId, version }) =>
    journeyId === null || version === null ? null : graphOf(journeyId, version)
}

const place3 = 'enrollment_id = @enrollment and node = @node and visit = @visit'

function statements({ sqlite }: BrandDatabase) {
  const one = ({ columns, tables }: TaskSource) =>
    sqlite.prepare<object, TaskRow>(
      `select ${columns} from ${tables}
       where a.enrollment_id = @enrollment and a.node = @node and a.visit = @visit and a.person_until is not null
         and (@viewer is null or ${seenBy})`,
    )
  const counts = (more: string) =>
    sqlite
      .prepare<object, number>(
        `select ${allSources
          .map(
            (source) => `(select count(*) from ${source.counted} where ${pages.open.where(source)}${more})`,
          )
          .join(' + ')}`,
      )
      .pluck()
  const keep = (table: 'asks' | 'tasks') =>
    sqlite.prepare(`update ${table} set reply = @reply where ${place3} and reply is null`)
  return {
    one: { journeys: one(taskSources.journeys), byHand: one(taskSources.byHand) },
    count: { all: counts(''), seen: counts(` and ${whoseSql.mine.replaceAll('@staff', '@viewer')}`) },
    keep: { journeys: keep('asks'), byHand: keep('tasks') },
    finish: sqlite.prepare(
      `update tasks set done_at = @at, result = @result, done_by = coalesce(@staff, staff, @by)
       where enrollment_id = @enrollment and node = @node and visit = @visit`,
    ),
    give: sqlite.prepare(
      `update tasks set staff = @staff, taken_at = iif(@staff is null, null, @at)
       where enrollment_id = @enrollment and node = @node and visit = @visit`,
    ),
    wake: sqlite.prepare(
      `update enrollments set due_at = @now where id = @enrollment and status = 'live' and ended_at is null`,
    ),
    staff: sqlite.prepare<[string], 1>('select 1 from staff where id = ? and active = 1').pluck(),
  }
}

/** Tasks over one brand's database: the questions to people among those to others. */
export function taskStore(db: BrandDatabase): TaskStore {
  const change = changer(db)
  const run = statements(db)
  const rowOf = (id: string, now: number, viewer: Viewer): TaskRow => {
    const place = placeOf(id)
    const row = run.one[sourceOf(place.enrollment)].get({ ...place, now, viewer })
    if (row === undefined) throw new Problem('not-found', { what: id }, 'task')
    return row
  }
  const open = (now: number, viewer: Viewer) => {
    const found = viewer === null ? run.count.all.get({ now }) : run.count.seen.get({ now, viewer })
    return found ?? 0
  }
  return {
    list: async (query, now, viewer) => list(db, query, { now, viewer, open: open(now, viewer) }),
    open: async (now, viewer) => open(now, viewer),
    one: async (id, now, viewer) => {
      const row = rowOf(id, now, viewer)
      return taskOf(row, graphsFor(db)(row), now)
    },
    ...handMade({ db, change, rowOf }),
    decide: async (act, id, decision, viewer) => {
      change(
        act,
        () => {
          const row = rowOf(id, act.at, viewer)
          keepAnswer(run, placeOf(id), { row, decision, act })
          run.wake.run({ enrollment: row.enrollmentId, now: act.at })
          return row
        },
        ({ node }) => ({ action: 'task.decided', id, detail: { node, decision: decision.button } }),
      )
    },
    assign: async (act, id, staff, viewer) => {
      change(
        act,
        () => {
          const row = rowOf(id, act.at, viewer)
          mustBeOpen(row, act.at)
          if (row.dueAt === null) throw new Problem('task-nobodys')
          // Whoever is no leader takes what nobody has, and gives back what is theirs.
          const own = staff === viewer || (staff === null && row.staff === viewer)
          if (
            viewer !== null &&
            !(own && (row.staff === null || row.staff === viewer || leads(db, viewer, row)))
          )
            throw new Problem('task-taken', { staff: row.staffName ?? row.staff ?? '' })
          if (staff !== null && run.staff.get(staff) !== 1)
            throw new Problem('no-such-staff', { staff }, 'staff')
          run.give.run({ ...placeOf(id), staff, at: act.at })
          return row
        },
        ({ node }) => ({
          action: viewer !== null && viewer === staff ? 'task.taken' : 'task.assigned',
          id,
          detail: { node, what: staff },
        }),
      )
    },
  }
}

/** Whether somebody leads the team whose task it is. */
function leads({ sqlite }: BrandDatabase, viewer: string, { staff, team }: TaskRow): boolean {
  const found = sqlite
    .prepare<object, number>(
      `select 1 from teams l where l.leader = @viewer
         and l.id = coalesce((select w.team from staff w where w.id = @staff), @team)`,
    )
    .pluck()
    .get({ viewer, staff, team })
  return found === 1
}

function keepAnswer(
  run: ReturnType<typeof statements>,
  at: ReturnType<typeof placeOf>,
  { row, decision, act }: { row: TaskRow; decision: TaskDecision; act: Act },
): void {
  run.keep[sourceOf(at.enrollment)].run({ ...at, reply: JSON.stringify(answerOf(row, decision, act)) })
  if (row.dueAt === null) return
  const by = act.actor.id
  run.finish.run({ ...at, at: act.at, result: decision.button, by, staff: staffOf(by) })
}

/** As a brand is made of which some tasks are done already. Problems as those of `decide`. */
export function answerWriter(db: BrandDatabase): (id: string, decision: TaskDecision, act: Act) => void {
  const run = statements(db)
  return (id, decision, act) => {
    const place = placeOf(id)
    const row = run.one[sourceOf(place.enrollment)].get({ ...place, now: act.at, viewer: null })
    if (row === undefined) throw new Problem('not-found', { what: id }, 'task')
    keepAnswer(run, place, { row, decision, act })
  }
}
