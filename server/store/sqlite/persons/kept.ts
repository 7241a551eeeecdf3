import { z } from 'zod'
import { profileColumns } from '../../../../shared/persons/profile.ts'

const text = z.string().nullable()
const number = z.int().nullable()

/** A customer as the table has it; the attributes are the column's text. */
export const profileRow = z.object({
  ...{ name: text, phone: text, email: text, gender: text, birthday: text, city: text },
  ...{ timezone: text, language: text, registeredAt: number, consentSms: number, consentEmail: number },
  attributes: z.string(),
  /** Earlier releases kept none. */
  origins: text.default(null),
})
export type ProfileRow = z.infer<typeof profileRow>

const columnNames = {
  registeredAt: 'registered_at',
  consentSms: 'consent_sms',
  consentEmail: 'consent_email',
}

/** The columns of a profile with the names that the row has for them. */
export const profileSelect = [
  ...profileColumns,
  ...Object.entries(columnNames).map(([name, column]) => `${column} as ${name}`),
  'attributes',
  'origins',
].join(', ')

/** The same as a list of settings by the names of the row. */
export const profileSet = [
  ...profileColumns.map((name) => `${name} = @${name}`),
  ...Object.entries(columnNames).map(([name, column]) => `${column} = @${name}`),
  'attributes = @attributes',
  'origins = @origins',
].join(', ')

const json = z.json()

/** What a merge keeps for its undoing. */
export const kept = z.object({
  /** Who was merged, whole. */
  other: profileRow.extend({ shard: z.int(), noted: z.int(), updated_at: z.int() }),
  /** The last event that had come in. */
  lastEvent: z.int(),
  /** The survivor's profile before and after. */
  before: profileRow,
  after: profileRow,
  /** By table: the keys of the rows that moved, and the rows that were put aside. */
  moved: z.record(z.string(), z.array(json)),
  aside: z.record(z.string(), z.array(json)),
  /** Addresses of the survivor's that are verified because the other's were. */
  verified: z.array(z.object({ kind: z.string(), address: z.string() })),
  /** Pairs as they waited, and those that took their place. */
  pairs: z.array(json),
  pairsMade: z.array(z.tuple([z.string(), z.string()])),
  /** What had been said of the survivor as such, before and after; merges of earlier releases kept none of it. */
  states: z
    .object({ before: z.record(z.string(), z.string()), after: z.record(z.string(), z.string()) })
    .default({ before: {}, after: {} }),
})
export type Kept = z.infer<typeof kept>
