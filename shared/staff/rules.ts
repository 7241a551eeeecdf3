import { z } from 'zod'
import { conditionSchema } from '../conditions/schema.ts'
import { limits } from '../limits.ts'

/** By which a member of staff, a team or a rule is known. */
export const staffKey = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u, 'letters and digits, then also _, . or -, 64 at most')

const attribute = z.string().trim().min(1).max(limits.nameLength.value)

/** How one is chosen where several could have the customer. */
export const turns = ['turns', 'least'] as const

/** Who gets a customer: all that is said must fit; nothing said is all of the staff. */
export const assignTo = z.strictObject({
  staff: z.array(staffKey).max(limits.staff.value).default([]).describe('One of these; empty: anybody'),
  team: staffKey.nullable().default(null).describe('A member of this team'),
  region: attribute
    .nullable()
    .default(null)
    .describe('Whoever serves the region that stands in this attribute of the customer'),
  category: attribute
    .nullable()
    .default(null)
    .describe('Whoever serves the category that stands in this attribute of the customer'),
  how: z.enum(turns).default('turns').describe('`turns`: one after another; `least`: whoever has the fewest'),
})
export type AssignTo = z.output<typeof assignTo>

/** A rule of the ordered list: the first whose condition holds and which finds somebody free decides. */
export const assignRule = z.strictObject({
  id: staffKey,
  name: z.string().trim().min(1).max(limits.nameLength.value),
  active: z.boolean().default(true),
  when: conditionSchema.nullable().default(null).describe('Of the customer; null: of everybody'),
  to: assignTo,
})
export type AssignRule = z.output<typeof assignRule>
