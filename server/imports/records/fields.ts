import { z } from 'zod'
import type { CustomerField } from '../../../shared/api/imports.ts'

/** What the API calls the fields of a customer; the names that files have are understood too. */
const apiNames = {
  customer_id: 'id',
  name: 'name',
  first_name: 'firstName',
  last_name: 'lastName',
  phone: 'phone',
  email: 'email',
  gender: 'gender',
  birthday: 'birthday',
  city: 'city',
  registered_at: 'registeredAt',
  timezone: 'timezone',
  language: 'language',
  tags: 'tags',
  consent_sms: 'consentSms',
  consent_email: 'consentEmail',
  opted_in_email: 'optedInEmail',
  unsubscribed_sms: 'unsubscribedSms',
  unsubscribed_email: 'unsubscribedEmail',
  consent: 'consent',
  unsubscribed: 'unsubscribed',
} as const satisfies Record<CustomerField, string>

const byName = new Map<string, CustomerField>(
  Object.entries(apiNames).flatMap(([field, name]) => {
    // The table has the fields for keys.
    const own = field as CustomerField
    return [[name, own] as const, [field, own] as const]
  }),
)

/** The field that a name of a record means; undefined: it is an attribute's. */
export const fieldNamed = (name: string): CustomerField | undefined => byName.get(name)

/** What an answer tells of a customer and no call can say: it follows from what else is known. */
const told: ReadonlySet<string> = new Set([
  'blacklisted',
  'closed',
  'unreadable',
  'audiences',
  'noted',
  'shard',
])

/** Whether a name is of what is told alone. */
export const isTold = (name: string): boolean => told.has(name)

const scalar = z.union([z.string(), z.number(), z.boolean()])

/** Consent with what is known of it: when it was given, and what proves it. */
export const datedConsent = z.strictObject({
  given: scalar,
  at: z.union([z.string(), z.number()]).optional(),
  proof: z.string().max(500).optional(),
})

export const tagChange = z.strictObject({
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
})
