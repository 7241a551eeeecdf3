import { z } from 'zod'
import type { Task, TaskKind, TaskState, TaskStatus } from '../../../../shared/api/tasks.ts'
import {
  type AnswerFrom,
  type PersonKind,
  type Reply,
  type RequestTo,
  replyFrom,
  requestSchema,
  requestTo,
} from '../../../../shared/effects/requests/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { storedJson } from '../stored-json.ts'

/** A question to a person, with where its customer stands. */
export interface TaskRow {
  readonly enrollmentId: number
  readonly node: string
  readonly visit: number
  readonly customerId: string
  readonly customerName: string | null
  /** null: of no journey, made by hand. */
  readonly journeyId: string | null
  readonly version: number | null
  readonly request: string
  readonly reply: string | null
  readonly createdAt: number
  readonly until: number
  /** 1 where the customer still waits there for the answer. */
  readonly waits: number
  /** When its customer went on without it, or when it was taken back; null: as far as anybody knows never. */
  readonly goneAt: number | null
  /** Of a task for staff: who has it, which team may take it, since when, when it is late. */
  readonly staff: string | null
  readonly staffName: string | null
  readonly team: string | null
  readonly teamName: string | null
  readonly takenAt: number | null
  readonly dueAt: number | null
}

const columnsOf = (
  of: 'e' | 'a',
  waits: string,
  goneAt: string,
) => `a.enrollment_id as enrollmentId, a.node, a.visit,
  ${of}.customer_id as customerId, c.name as customerName, ${of}.journey_id as journeyId, ${of}.version, a.request,
  a.reply, a.created_at as createdAt, a.person_until as until, k.staff, s.name as staffName, k.team,
  t.name as teamName, k.taken_at as takenAt, k.due_at as dueAt, ${waits} as waits,
  ${goneAt} as goneAt`

/** Where a task stands that was made by hand: of no enrollment, and counted by its visits. */
export const byHand = { enrollment: 0, node: 'hand' } as const

const ownTask = 'tasks k on k.enrollment_id = a.enrollment_id and k.node = a.node and k.visit = a.visit'

/** Whether the customer waits at that very visit of the node. Whoever leaves in whichever way takes the task along. */
export const waitsThere = `(e.ended_at is null and e.state = a.node and json_extract(e.data, '$.w.cause') = 'reply'
  and not exists (select 1 from asks n where n.enrollment_id = a.enrollment_id and n.node = a.node
    and n.visit > a.visit))`

/** The visit ends with the first line of the story that leaves the node. */
const leftThere = `iif(${waitsThere}, null, coalesce((select min(w.at) from traces w
  where w.enrollment_id = a.enrollment_id and w.node = a.node and w.at >= a.created_at), e.ended_at))`

const named = (of: 'e' | 'a') => `left join customers c on c.id = ${of}.customer_id
  left join staff s on s.id = k.staff left join teams t on t.id = k.team`

/** Where tasks stand: `a` is the question, `k` the task for staff, where it is one. */
export interface TaskSource {
  /** What of it is counted, without names. */
  readonly counted: string
  readonly tables: string
  readonly columns: string
  /** Whether somebody still waits for what comes of it. */
  readonly waits: string
  /** What open ones are ordered by; what is made by hand can be done for long after it is late. */
  readonly deadline: string
  readonly journey: string
}

const asked = `asks a join enrollments e on e.id = a.enrollment_id left join ${ownTask}`
// What is left of a task once its customer was erased says nothing any more.
const made = `(select enrollment_id, node, visit, customer_id, request, reply, created_at, until as person_until,
    cancelled_at, null as journey_id, null as version from tasks where enrollment_id = ${byHand.enrollment} and request is not null) a
  join ${ownTask}`

/** Those that journeys ask for, and those that somebody has made by hand. */
export const taskSources = {
  journeys: {
    counted: asked,
    tables: `${asked} ${named('e')}`,
    columns: columnsOf('e', waitsThere, leftThere),
    waits: waitsThere,
    deadline: 'a.person_until',
    journey: 'e.journey_id',
  },
  byHand: {
    counted: made,
    tables: `${made} ${named('a')}`,
    columns: columnsOf('a', 'a.cancelled_at is null', 'a.cancelled_at'),
    waits: 'a.cancelled_at is null',
    deadline: 'k.due_at',
    journey: 'a.journey_id',
  },
} as const satisfies Readonly<Record<string, TaskSource>>
export const allSources: readonly TaskSource[] = Object.values(taskSources)

/** The source that has the task of an enrollment. */
export const sourceOf = (enrollment: number): keyof typeof taskSources =>
  enrollment === byHand.enrollment ? 'byHand' : 'journeys'

const leads = `exists (select 1 from teams l where l.leader = @staff and l.id = coalesce(
  (select w.team from staff w where w.id = k.staff), k.team))`
const ofTeam =
  'k.staff is null and (k.team is null or k.team = (select w.team from staff w where w.id = @staff))'

/** Tasks for staff by whose they are, of the member of staff `@staff`: what is late is the leader's too. */
export const whoseSql = {
  mine: `(k.staff = @staff or (k.due_at <= @now and ${leads}))`,
  team: `((${ofTeam}) or ${leads})`,
} as const

/** What a staff login may see: what is theirs, what they may take, and what those have whom they lead. */
export const seenBy = `(k.node is not null and (k.staff = @viewer or ${whoseSql.team.replaceAll('@staff', '@viewer')}))`

const request = storedJson.pipe(requestSchema)
const reply = storedJson.pipe(z.looseObject({ ok: z.boolean() }))

/** What was asked; null where the row cannot be read. */
export function requestOf({ request: text }: Pick<TaskRow, 'request'>): RequestTo<PersonKind> | null {
  const read = request.safeParse(text).data
  if (read === undefined) return null
  return requestTo('decision', read) ?? requestTo('task', read)
}

/** A question's buttons, whichever it is: what may be pressed. */
export function buttonsOf(asked: RequestTo<PersonKind> | null): Task['buttons'] {
  if (asked === null) return []
  const ways: { readonly [Kind in PersonKind]: (one: RequestTo<Kind>) => RequestTo<'decision'>['buttons'] } =
    {
      decision: ({ buttons }) => buttons,
      task: ({ results }) => results,
    }
  return asked.to === 'decision' ? ways.decision(asked) : ways.task(asked)
}

/** What a person answered; null where nobody has. */
export function decisionOf({ reply: text }: Pick<TaskRow, 'reply'>): Task['decision'] {
  const read = text === null ? undefined : reply.safeParse(text).data
  if (read === undefined) return null
  // Which answer it is, `replyFrom` reads.
  const decided = replyFrom('decision', read as Reply)
  if (decided?.ok === true) return { ...shown(decided), button: decided.button, next: null }
  const done = replyFrom('task', read as Reply)
  return done?.ok === true ? { ...shown(done), button: done.result, next: done.next } : null
}

const shown = ({ by, at, note }: AnswerFrom<PersonKind>) => ({ by, at, note })

export function statusOf(row: TaskRow, now: number): TaskStatus {
  if (row.reply !== null) return 'decided'
  return row.waits === 1 && row.until > now ? 'open' : 'over'
}

/** Problem `task-decided`, `task-over`. */
export function mustBeOpen(row: TaskRow, at: number): void {
  if (row.reply !== null) throw new Problem('task-decided')
  if (statusOf(row, at) !== 'open') throw new Problem('task-over')
}

function stateOf(row: TaskRow, now: number): TaskState {
  const { goneAt, dueAt, until, journeyId } = row
  const late = (dueAt ?? until) <= now
  // What somebody has taken back is late no more; whose customer has gone on was late if it was by then.
  const spared = goneAt !== null && (journeyId === null || goneAt < (dueAt ?? until))
  const states: Readonly<Record<TaskStatus, () => TaskState>> = {
    decided: () => 'done',
    over: () => (late && !spared ? 'overdue' : 'cancelled'),
    open: () => (late ? 'overdue' : row.takenAt === null ? 'open' : 'taken'),
  }
  return states[statusOf(row, now)]()
}

const kindOf = (asked: RequestTo<PersonKind> | null): TaskKind =>
  asked?.to === 'task' ? asked.kind : 'decision'

/** The id that the API gives a task. */
export const idOf = ({
  enrollmentId,
  node,
  visit,
}: Pick<TaskRow, 'enrollmentId' | 'node' | 'visit'>): string => `${enrollmentId}.${node}.${visit}`

export function placeOf(id: string) {
  const [enrollment = '', node = '', visit = ''] = id.split('.')
  return { enrollment: Number(enrollment), node, visit: Number(visit) }
}

const nameOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? id })

/** The moment that open ones are ordered by. */
export const deadlineOf = ({ journeyId, dueAt, until }: TaskRow): number =>
  journeyId === null ? (dueAt ?? until) : until

export function taskOf(row: TaskRow, graph: Journey | null, now: number): Task {
  const asked = requestOf(row)
  const { customerId, customerName, journeyId, node, createdAt, until, dueAt } = row
  return {
    id: idOf(row),
    status: statusOf(row, now),
    state: stateOf(row, now),
    kind: kindOf(asked),
    priority: asked?.to === 'task' ? asked.priority : 'normal',
    staff: nameOf(row.staff, row.staffName),
    team: nameOf(row.team, row.teamName),
    customerId,
    customerName,
    journeyId,
    journeyName: graph?.name ?? null,
    node: journeyId === null ? null : node,
    nodeName: graph?.nodes[node]?.name ?? null,
    title: asked?.title ?? '',
    text: asked?.text ?? '',
    buttons: buttonsOf(asked),
    createdAt,
    until,
    dueAt: dueAt ?? until,
    decision: decisionOf(row),
  }
}
