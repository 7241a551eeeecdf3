import { z } from 'zod'
import { limits } from '../limits.ts'
import { writtenText } from '../text.ts'

/** What a task may be: waiting for somebody, decided, or over without a decision. */
export const taskStatuses = ['open', 'decided', 'over'] as const
export type TaskStatus = (typeof taskStatuses)[number]

/** The id of a task: the enrollment, the node and the visit that it belongs to. */
export const taskId = z
  .string()
  .regex(/^\d{1,15}\.[a-z][a-z0-9_-]*\.\d{1,9}$/, 'the id of a task')
  .describe('As the list of tasks tells it')

/** GET /tasks?status=&journey=&after=&limit= : open ones by their deadline, the others by age, the newest first. */
export const taskQuery = z.object({
  status: z.enum(taskStatuses).default('open'),
  journey: z.string().optional(),
  after: z.string().max(200).optional().describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export type TaskQuery = z.output<typeof taskQuery>

export const task = z.object({
  id: z.string(),
  status: z.enum(taskStatuses),
  customerId: z.string(),
  customerName: z.string().nullable(),
  journeyId: z.string(),
  journeyName: writtenText.nullable(),
  node: z.string(),
  nodeName: writtenText.nullable(),
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

/** GET /tasks/count */
export const taskCount = z.object({ open: z.int() })

/** POST /tasks/:task */
export const taskDecision = z.strictObject({
  button: z.string().min(1).max(64).describe('The id of one of its buttons'),
  note: z.string().trim().max(limits.taskNoteLength.value).nullable().default(null),
})
export type TaskDecision = z.output<typeof taskDecision>
export const taskDecided = z.object({ task })
