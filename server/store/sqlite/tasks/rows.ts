import { z } from 'zod'
import type { Task, TaskStatus } from '../../../../shared/api/tasks.ts'
import {
  type AnswerFrom,
  type Reply,
  replyFrom,
  requestSchema,
  requestTo,
} from '../../../../shared/effects/requests/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { storedJson } from '../stored-json.ts'

/** A question to a person, with where its customer stands. */
export interface TaskRow {
  readonly enrollmentId: number
  readonly node: string
  readonly visit: number
  readonly customerId: string
  readonly customerName: string | null
  readonly journeyId: string
  readonly version: number
  readonly request: string
  readonly reply: string | null
  readonly createdAt: number
  readonly until: number
  /** 1 where the customer still waits there for the answer. */
  readonly waits: number
}

export const taskColumns = `a.enrollment_id as enrollmentId, a.node, a.visit, e.customer_id as customerId,
  c.name as customerName, e.journey_id as journeyId, e.version, a.request, a.reply, a.created_at as createdAt,
  a.person_until as until`

export const taskTables = `asks a join enrollments e on e.id = a.enrollment_id
  left join customers c on c.id = e.customer_id`

/** Whether the customer waits at that very visit of the node. Whoever leaves in whichever way takes the task along. */
export const waitsThere = `(e.ended_at is null and e.state = a.node and json_extract(e.data, '$.w.cause') = 'reply'
  and not exists (select 1 from asks n where n.enrollment_id = a.enrollment_id and n.node = a.node
    and n.visit > a.visit))`

const request = storedJson.pipe(requestSchema)
const reply = storedJson.pipe(z.looseObject({ ok: z.boolean() }))

/** What was asked; null where the row cannot be read. */
export function requestOf({ request: text }: Pick<TaskRow, 'request'>) {
  const read = request.safeParse(text).data
  return read === undefined ? null : requestTo('decision', read)
}

/** What was decided; null where nobody has. */
export function decisionOf({ reply: text }: Pick<TaskRow, 'reply'>): AnswerFrom<'decision'> | null {
  const read = text === null ? undefined : reply.safeParse(text).data
  // Which answer it is, `replyFrom` reads.
  const answer = read === undefined ? null : replyFrom('decision', read as Reply)
  return answer?.ok === true ? answer : null
}

export function statusOf(row: TaskRow, now: number): TaskStatus {
  if (row.reply !== null) return 'decided'
  return row.waits === 1 && row.until > now ? 'open' : 'over'
}

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

export function taskOf(row: TaskRow, graph: Journey | null, now: number): Task {
  const asked = requestOf(row)
  const decided = decisionOf(row)
  const { customerId, customerName, journeyId, node, createdAt, until } = row
  return {
    id: idOf(row),
    status: statusOf(row, now),
    customerId,
    customerName,
    journeyId,
    journeyName: graph?.name ?? null,
    node,
    nodeName: graph?.nodes[node]?.name ?? null,
    title: asked?.title ?? '',
    text: asked?.text ?? '',
    buttons: asked?.buttons ?? [],
    createdAt,
    until,
    decision:
      decided === null
        ? null
        : { button: decided.button, by: decided.by, at: decided.at, note: decided.note },
  }
}
