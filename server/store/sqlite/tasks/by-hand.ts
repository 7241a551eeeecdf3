import type { TaskMade } from '../../../../shared/api/tasks.ts'
import type { ForWhom } from '../../../../shared/effects/requests/for-whom.ts'
import type { RequestTo } from '../../../../shared/effects/requests/index.ts'
import { resultsByHand } from '../../../../shared/effects/requests/task-results.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { TaskStore, Viewer } from '../../../ports/tasks.ts'
import type { MakeChange } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { byHand, idOf, mustBeOpen, placeOf, sourceOf, type TaskRow } from './rows.ts'

interface Parts {
  readonly db: BrandDatabase
  readonly change: MakeChange
  /** Problem `not-found`. */
  readonly rowOf: (id: string, now: number, viewer: Viewer) => TaskRow
}

type Whose = Pick<RequestTo<'task'>, 'staff' | 'team'>

const dayMs = 86_400_000

/** When a task is late, and when it is over. Problem `task-due-unfit`. */
function timesOf(due: number, now: number) {
  const days = limits.taskAhead.value
  if (due <= now || due > now + days * dayMs) throw new Problem('task-due-unfit', { days }, 'due')
  return { due, until: due + limits.taskLate.value * dayMs }
}

function statements({ sqlite }: BrandDatabase) {
  const is = (sql: string) => sqlite.prepare<[string], number>(sql).pluck()
  return {
    customer: is('select 1 from customers where id = ?'),
    staff: is('select 1 from staff where id = ? and active = 1'),
    team: is('select 1 from teams where id = ?'),
    owner: sqlite.prepare<[string], Whose>(
      `select s.id as staff, s.team from owners o join staff s on s.id = o.staff and s.active = 1
       where o.customer_id = ? and o.until is null`,
    ),
    put: sqlite
      .prepare<object, number>(
        `insert into tasks (enrollment_id, node, visit, customer_id, staff, team, priority, created_at, due_at, until,
           request)
         values (@enrollment, @node, (select coalesce(max(visit), 0) + 1 from tasks
             where enrollment_id = @enrollment and node = @node),
           @customer, @staff, @team, @high, @at, @due, @until, @request)
         returning visit`,
      )
      .pluck(),
    cancel: sqlite.prepare(
      `update tasks set cancelled_at = @at
       where enrollment_id = @enrollment and node = @node and visit = @visit`,
    ),
  }
}

/**
 * Writes tasks that somebody makes by hand: of no journey, so that nobody waits for what comes of them. Answers the id.
 * Problems `unknown-customer`, `no-such-staff`, `no-such-team`, `task-due-unfit`.
 */
function writer(run: ReturnType<typeof statements>): (made: TaskMade, at: number) => string {
  const whoseOf: Readonly<Record<ForWhom['to'], (whom: ForWhom, customer: string) => Whose>> = {
    owner: (_whom, customer) => run.owner.get(customer) ?? { staff: null, team: null },
    staff: (whom) => {
      const staff = whom.to === 'staff' ? whom.staff : ''
      if (run.staff.get(staff) !== 1) throw new Problem('no-such-staff', { staff }, 'for.staff')
      return { staff, team: null }
    },
    team: (whom) => {
      const team = whom.to === 'team' ? whom.team : ''
      if (run.team.get(team) !== 1) throw new Problem('no-such-team', { team }, 'for.team')
      return { staff: null, team }
    },
  }
  return ({ customerId, for: whom, due: late, ...made }: TaskMade, at: number): string => {
    const { due, until } = timesOf(late, at)
    if (run.customer.get(customerId) !== 1)
      throw new Problem('unknown-customer', { customer: customerId }, 'customerId')
    const whose = whoseOf[whom.to](whom, customerId)
    const results = resultsByHand[made.kind].map((one) => ({ ...one }))
    const request: RequestTo<'task'> = { to: 'task', ...made, results, ...whose, due, until }
    const visit = run.put.get({
      ...{
        ...byHand,
        customer: customerId,
        ...whose,
        high: made.priority === 'high' ? 1 : 0,
        at,
        due,
        until,
      },
      request: JSON.stringify(request),
    })
    return idOf({ enrollmentId: byHand.enrollment, node: byHand.node, visit: visit ?? 0 })
  }
}

/** Makes and takes back, with their rows of the log. */
export function handMade({ db, change, rowOf }: Parts): Pick<TaskStore, 'make' | 'cancel'> {
  const run = statements(db)
  const put = writer(run)
  return {
    make: async (act, made) =>
      change(
        act,
        () => put(made, act.at),
        (id) => ({ action: 'task.made', id, detail: { kind: made.kind } }),
      ),
    cancel: async (act, id) => {
      change(
        act,
        () => {
          const row = rowOf(id, act.at, null)
          if (sourceOf(row.enrollmentId) !== 'byHand') throw new Problem('task-of-journey')
          mustBeOpen(row, act.at)
          run.cancel.run({ ...placeOf(id), at: act.at })
        },
        () => ({ action: 'task.cancelled', id }),
      )
    },
  }
}

/** As a brand is made that has some already; nobody has asked for them, so that the log says nothing. */
export const handWriter = (db: BrandDatabase) => writer(statements(db))
