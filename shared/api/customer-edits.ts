import { z } from 'zod'
import { addressKinds } from '../channels/address/address.ts'
import { limits } from '../limits.ts'

/** The fields of the profile that a person may change; whatever else there is are attributes. */
export const profileFields = [
  'name',
  'phone',
  'email',
  'gender',
  'birthday',
  'city',
  'timezone',
  'language',
] as const
export type ProfileField = (typeof profileFields)[number]

const value = z.union([z.string().max(limits.valueLength.value), z.number(), z.boolean()]).nullable()

/**
 * POST /customers/:id/edits: one value, by a person who saw another. Where it is another by now nothing is changed
 * (`customer-changed`), and the answer tells what it is.
 */
export const customerEdit = z.strictObject({
  of: z.enum(['profile', 'attribute']),
  name: z.string().trim().min(1).max(limits.nameLength.value),
  value: value.describe('null takes it away'),
  was: value.describe('As whoever changes it saw it, masked where it was; null: there was none'),
})
export type CustomerEdit = z.output<typeof customerEdit>

const tags = z.array(z.string().trim().min(1).max(limits.nameLength.value)).max(50).default([])

/** POST /customers/:id/tags */
export const tagEdit = z.strictObject({ add: tags, remove: tags })
export type TagEdit = z.output<typeof tagEdit>

/** POST /customers/:id/consents: what a customer has told a person, such as in a call. */
export const consentEdit = z.strictObject({
  kind: z.enum(addressKinds),
  address: z
    .string()
    .min(1)
    .max(limits.addressLength.value * 2),
  channel: z.string().min(1).max(limits.nameLength.value),
  given: z.boolean().describe('false: withdrawn; what is queued to it is taken back at once'),
  reason: z.string().trim().min(1).max(500).describe('How it was told, which proves it'),
})
export type ConsentEdit = z.output<typeof consentEdit>
