import { z } from 'zod'

const key = z.string().min(1).max(64)

/** For whom a task is: whoever has the customer, one of the staff, or whoever of a team takes it first. */
export const forWhom = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('owner') }),
  z.strictObject({ to: z.literal('staff'), staff: key }),
  z.strictObject({ to: z.literal('team'), team: key }),
])
export type ForWhom = z.output<typeof forWhom>
