import { z } from 'zod'
import { timeSchema } from '../../calendar/date.ts'
import { dateSchema, festivalId } from '../../calendar/index.ts'
import { daysSchema } from '../../calendar/window.ts'
import { repeats } from '../../conditions/schema.ts'
import { lengthSchema } from '../../journey/length.ts'
import { limits } from '../../limits.ts'

const year = 365
const yearOfMinutes = 366 * 1440

/** Rule 5: what a wait may wait for; days and hours are the customer's own (rule 6). */
export const untilSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('duration'), span: lengthSchema }),
  z.strictObject({ kind: z.literal('date'), date: dateSchema, time: timeSchema }),
  z.strictObject({
    kind: z.literal('festival'),
    festival: festivalId,
    days: z.int().min(-year).max(year),
    time: timeSchema,
  }),
  /** Days of the week and hours, from inclusive, to exclusive, over midnight where `to` is not later. */
  z.strictObject({
    kind: z.literal('weekday'),
    days: daysSchema,
    from: timeSchema,
    to: timeSchema,
    /** Whoever comes while it is open goes on at once, or waits until it opens the next time. */
    inside: z.enum(['go_on', 'next']).default('go_on'),
  }),
  /** The next time that a clock shows; when it shows it already, that is tomorrow's. */
  z.strictObject({ kind: z.literal('time'), time: timeSchema, days: daysSchema.default('any') }),
  /** A column or an attribute that holds a date, with days before (negative) or after it. */
  z.strictObject({
    kind: z.literal('customer_date'),
    attribute: z.string().min(1).max(limits.nameLength.value),
    days: z.int().min(-year).max(year).default(0),
    /** null: the time of day that the value writes itself, midnight where it writes none. */
    time: timeSchema.nullable().default(null),
    /** Minutes before or after that. */
    minutes: z.int().min(-yearOfMinutes).max(yearOfMinutes).default(0),
    /** Each year anew, or on that one day; where it is not said, its name decides. */
    repeat: z.enum(repeats).optional(),
  }),
])

export type Until = z.infer<typeof untilSchema>
export type UntilKind = Until['kind']
/** The configuration of a kind. */
export type UntilOf<Kind extends UntilKind> = {
  [K in UntilKind]: Extract<Until, { kind: K }> & { readonly kind: K }
}[Kind]
