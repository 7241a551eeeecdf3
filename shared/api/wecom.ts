import { z } from 'zod'
import { limits } from '../limits.ts'

/** GET /wecom, POST /wecom/sync */
export const wecomStanding = z.object({
  friends: z.int().describe('Customers who have an employee as a friend'),
  employees: z.int().describe('Employees who have friends'),
  syncing: z.boolean().describe('Friends are being taken over'),
  syncedAt: z.int().nullable().describe('When they last were; null: never, or it is under way'),
})

/** How a broadcast stands. */
export const broadcastStatuses = ['calling', 'waiting', 'done', 'failed', 'cancelled', 'unreadable'] as const
export type BroadcastStatus = (typeof broadcastStatuses)[number]

/** One content to some customers of one employee, who has to press send in WeCom. */
export const broadcast = z.object({
  id: z.int(),
  sender: z.string().describe('The employee, by the user id in WeCom'),
  staff: z.string().nullable().describe('Their name, where the staff lists them'),
  status: z
    .enum(broadcastStatuses)
    .describe(
      '`calling`: WeCom has not said yet that it has it; `waiting`: the employee has not pressed send; `unreadable`: what is kept of it is none of these',
    ),
  text: z.string(),
  journeyId: z.string().nullable(),
  madeAt: z.int(),
  confirmsAt: z
    .int()
    .nullable()
    .describe('When the employee of a sandbox presses send; null in real life, and once it is over'),
  customers: z.int(),
  sent: z.int(),
  failed: z.int().describe('No friend any more, or had another that day'),
  reminders: z.array(z.int()).describe('When the employee was reminded; WeCom takes three a day'),
})
export type Broadcast = z.infer<typeof broadcast>

/** GET /wecom/broadcasts: the newest first */
export const broadcastList = z.object({ broadcasts: z.array(broadcast) })
export const broadcastQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
