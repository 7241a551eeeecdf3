import { z } from 'zod'
import { isDate } from '../calendar/date.ts'
import { forWhom } from '../effects/requests/for-whom.ts'
import { taskKinds as doneKinds } from '../effects/requests/task.ts'
import { limits } from '../limits.ts'
import { staffKey } from '../staff/rules.ts'
import { writtenText } from '../text.ts'

/** What a task may be: waiting for somebody, decided, or over without a decision. */
export const taskStatuses = ['open', 'decided', 'over'] as const
export type TaskStatus = (typeof taskStatuses)[number]

/** A person's decision, or something that one of the staff is to do. */
export const taskKinds = ['decision', ...doneKinds] as const
export type TaskKind = (typeof taskKinds)[number]

/** How a task stands: nobody has it, somebody has, it is late, done, or over because its customer went on. */
export const taskStates = ['open', 'taken', 'overdue', 'done', 'cancelled'] as const
export type TaskState = (typeof taskStates)[number]

/** Whose tasks are meant: of a member of staff, of their team, or all. */
export const taskWhose = ['all', 'mine', 'team'] as const

/** The id of a task: the enrollment, the node and the visit that it belongs to; made by hand it is of enrollment 0. */
export const taskId = z
  .string()
  .regex(/^\d{1,15}\.[a-z][a-z0-9_-]*\.\d{1,9}$/, 'the id of a task')
  .describe('As the list of tasks tells it')

/** GET /tasks?status=&journey=&after=&limit= : open ones by their deadline, the others by age, the newest first. */
export const taskQuery = z.object({
  status: z.enum(taskStatuses).default('open'),
  journey: z.string().optional(),
  whose: z
    .enum(taskWhose)
    .default('all')
    .describe(
      'mine: of `staff`, with what has come to them as the leader; team: what anybody of their team may take',
    ),
  staff: staffKey.optional().describe('A staff login is always itself'),
  after: z.string().max(200).optional().describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export type TaskQuery = z.output<typeof taskQuery>

export const task = z.object({
  id: z.string(),
  status: z.enum(taskStatuses),
  customerId: z.string(),
  customerName: z.string().nullable(),
  journeyId: z.string().nullable().describe('null: somebody made it by hand'),
  journeyName: writtenText.nullable(),
  node: z.string().nullable(),
  nodeName: writtenText.nullable(),
  kind: z.enum(taskKinds),
  state: z.enum(taskStates),
  priority: z.enum(['normal', 'high']),
  staff: z.object({ id: z.string(), name: z.string() }).nullable().describe('Who has it'),
  team: z.object({ id: z.string(), name: z.string() }).nullable().describe('Whoever of them takes it'),
  dueAt: z.int().describe('When it is late; until then `until` the leader of the team may do it too'),
  title: z.string(),
  text: z.string(),
  buttons: z.array(z.object({ id: z.string(), name: writtenText })),
  createdAt: z.int(),
  until: z.int().describe('When it is too late: the customer goes on as not decided'),
  decision: z
    .object({
      button: z.string(),
      by: z.string().describe('Who pressed it, as the audit log names people'),
      at: z.int(),
      note: z.string().nullable(),
      next: z.string().nullable().describe('A day that was agreed on'),
    })
    .nullable(),
})
export type Task = z.infer<typeof task>

export const taskList = z.object({
  tasks: z.array(task),
  open: z.int().describe('How many wait for a decision, of whichever journey'),
  next: z.string().nullable(),
})
export type TaskList = z.infer<typeof taskList>

/** POST /tasks: something to do for a customer, that somebody gives by hand. */
export const taskMade = z.strictObject({
  customerId: z.string().min(1).max(200),
  kind: z.enum(doneKinds).default('call').describe('By it go the results that it may have'),
  title: z.string().trim().min(1).max(limits.taskTitleLength.value),
  text: z.string().trim().max(limits.textLength.value).default(''),
  for: forWhom.default({ to: 'owner' }).describe('Of a customer whom nobody has, anybody may take it'),
  due: z.int().describe('When it is late, on the brand’s clock; it stays open for a while after that'),
  priority: z.enum(['normal', 'high']).default('normal'),
})
export type TaskMade = z.output<typeof taskMade>

/** GET /tasks/count */
export const taskCount = z.object({ open: z.int() })

/** POST /tasks/:task */
export const taskDecision = z.strictObject({
  button: z.string().min(1).max(64).describe('The id of one of its buttons'),
  note: z.string().trim().max(limits.taskNoteLength.value).nullable().default(null),
  next: z
    .string()
    .refine(isDate, 'a day, as 2026-08-19')
    .nullable()
    .default(null)
    .describe('A day that was agreed on'),
})
export type TaskDecision = z.output<typeof taskDecision>
export const taskDecided = z.object({ task })

/** POST /tasks/:task/assign: null puts it back to whoever takes it. */
export const taskAssign = z.strictObject({ staff: staffKey.nullable() })
