import { z } from 'zod'
import { isDate } from '../calendar/date.ts'
import { limits } from '../limits.ts'
import { assignRule, staffKey } from '../staff/rules.ts'
import { writtenText } from '../text.ts'

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null)

const served = z.array(z.string().trim().min(1).max(limits.nameLength.value)).max(limits.staffServes.value)
const day = z.string().refine(isDate, 'a day, as 2026-08-19')

/** PUT /staff/:id: what is left out is as for somebody new. */
export const staffSave = z.strictObject({
  name: z.string().trim().min(1).max(limits.nameLength.value),
  phone: line(40).describe('As customers may read it'),
  email: line(320),
  wecom: line(128).describe('The user id in WeCom'),
  team: staffKey.nullable().default(null),
  regions: served.default([]).describe('As the customers’ attribute has them that a rule names'),
  categories: served.default([]),
  active: z.boolean().default(true).describe('Somebody who has left is kept, and gets nobody any more'),
  away: z
    .strictObject({ from: day, to: day })
    .refine(({ from, to }) => from <= to, { message: 'an end not before the beginning', path: ['to'] })
    .nullable()
    .default(null)
    .describe('Both days included, in the brand’s time zone'),
  ceiling: z.int().min(0).max(limits.ceiling.value).nullable().default(null).describe('null: no ceiling'),
})
export type StaffSave = z.output<typeof staffSave>

export const staffMember = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  wecom: z.string().nullable(),
  team: z.string().nullable(),
  regions: z.array(z.string()),
  categories: z.array(z.string()),
  active: z.boolean(),
  away: z.object({ from: z.string(), to: z.string() }).nullable(),
  ceiling: z.int().nullable(),
  customers: z.int().describe('How many customers they have'),
  openTasks: z.int(),
  login: z.boolean().describe('Whether they may log in, to see their own tasks and customers'),
})
export type StaffMember = z.infer<typeof staffMember>

export const team = z.object({
  id: z.string(),
  name: z.string(),
  leader: z.string().nullable(),
  members: z.int(),
})
export type Team = z.infer<typeof team>

/** PUT /teams/:id */
export const teamSave = z.strictObject({
  name: z.string().trim().min(1).max(limits.nameLength.value),
  leader: staffKey.nullable().default(null),
})
export type TeamSave = z.output<typeof teamSave>

/** GET /staff: all of it, as a brand has few. */
export const staffList = z.object({
  staff: z.array(staffMember),
  teams: z.array(team),
  unowned: z.int().describe('Customers whom nobody has'),
  waiting: z.int().describe('Customers who are being given to somebody just now'),
})
export type StaffList = z.infer<typeof staffList>
export const staffAnswer = z.object({ member: staffMember })
export const teamAnswer = z.object({ team })

/** PUT /staff/:id/login: null takes the login away. */
export const staffLogin = z.strictObject({ password: z.string().min(8).max(200).nullable() })

/** PUT /assignment-rules: the list as a whole, in its order. */
export const rulesSave = z.strictObject({
  rules: z
    .array(assignRule)
    .max(limits.assignRules.value)
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'ids of rules differ'),
})
export const rulesAnswer = z.object({ rules: z.array(assignRule) })

/** How customers are given away: by the rules, to one, or evenly over a team. */
export const givingWay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rules') }),
  z.strictObject({ kind: z.literal('staff'), staff: staffKey }),
  z.strictObject({ kind: z.literal('team'), team: staffKey }),
])
export type GivingWay = z.output<typeof givingWay>

/** Whose customers: those of an audience, or those whom somebody has. */
const whom = {
  audience: z.string().nullable().default(null).describe('A saved audience; null: of everybody'),
  only: z.enum(['unowned', 'all']).default('unowned').describe('`all`: also those whom somebody has'),
  way: givingWay.default({ kind: 'rules' }),
}

/** POST /owners/preview and POST /owners/assign */
export const assignRequest = z.strictObject(whom)
export type AssignRequest = z.output<typeof assignRequest>

/** POST /staff/:id/hand-over/preview and POST /staff/:id/hand-over */
export const handOverRequest = z.strictObject({
  way: givingWay,
  leaves: z.boolean().default(true).describe('Whether they are not active any more from now on'),
})
export type HandOverRequest = z.output<typeof handOverRequest>

/** How many each would get; nothing has been done. */
export const givingPreview = z.object({
  customers: z.int().describe('How many are given away'),
  counted: z.int().describe('How many of these were looked at; the others follow the same rules'),
  tasks: z.int().describe('Open tasks that go along'),
  staff: z.array(z.object({ id: z.string(), name: z.string(), customers: z.int() })),
  nobody: z.int().describe('For whom no rule finds anybody free'),
})
export type GivingPreview = z.infer<typeof givingPreview>
export const givingBegun = z.object({ customers: z.int().describe('How many are given away from now on') })

/** PUT /customers/:id/owner: null takes the owner away. */
export const ownerSave = z.strictObject({ staff: staffKey.nullable() })

/** Who has or had a customer. */
export const ownership = z.object({
  staff: z.string(),
  name: z.string().nullable().describe('null: whoever it was is no member of staff any more'),
  team: z.string().nullable(),
  phone: z.string().nullable(),
  active: z.boolean(),
  since: z.int(),
  until: z.int().nullable(),
  by: z.string().describe('Who or what gave the customer: `rule`, `person`, `file` or `left`'),
  rule: z.string().nullable(),
  ended: z.string().nullable().describe('Why it ended: `given`, `left`, `taken`'),
})
export type Ownership = z.infer<typeof ownership>
export const ownershipList = z.object({ owners: z.array(ownership) })

/** The answer to a file of staff, or of who has whom. */
export const staffFileAnswer = z.object({
  saved: z.int(),
  refused: z.array(z.object({ line: z.int(), why: z.string() })).describe('The first hundred'),
  left: z.int().describe('How many lines were refused'),
})
export type StaffFileAnswer = z.infer<typeof staffFileAnswer>

/** POST /staff/file and POST /owners/file: CSV as text, its first line the names of the columns. */
export const staffFile = z.strictObject({ csv: z.string().max(limits.assignFile.value) })

/** GET /staff/report?from=&to= */
export const staffReportQuery = z.object({
  days: z.coerce.number().int().min(1).max(365).default(30),
  convert: z.coerce
    .number()
    .int()
    .min(1)
    .max(90)
    .default(7)
    .describe('A purchase within so many days counts'),
})
export const staffReport = z.object({
  rows: z.array(
    z.object({
      staff: z.string().nullable(),
      name: z.string().nullable(),
      open: z.int(),
      done: z.int(),
      overdue: z.int(),
      results: z.array(z.object({ id: z.string(), name: writtenText, count: z.int() })),
      bought: z.int().describe('Of the done: customers who bought within the days that count'),
    }),
  ),
})
export type StaffReport = z.infer<typeof staffReport>
