import type { z } from 'zod'
import type { Customer } from '../conditions/customer.ts'
import { contactsShown } from './contacts.ts'
import { customerQuery } from './customers.ts'

/** GET /export/customers.csv?search=&audience=&tag=&contacts= */
export const customerFileQuery = customerQuery.pick({ search: true, audience: true, tag: true }).extend({
  contacts: contactsShown
    .optional()
    .describe('Whether phones and mailboxes stand in it whole; where it is not said, in a page they do not'),
})
export type CustomerFileQuery = z.output<typeof customerFileQuery>

/** A customer as a file tells of one. */
export interface FiledCustomer {
  readonly customer: Omit<Customer, 'types'>
  readonly tags: readonly string[]
}

const separating = /[,;，；、|\n"]/
/** Tags in one cell, each in quotation marks where one of them would be divided otherwise. */
const tagCell = (tags: readonly string[]) =>
  tags.some((tag) => separating.test(tag))
    ? tags.map((tag) => `"${tag.replaceAll('"', '""')}"`).join(',')
    : tags.join(',')

/** A moment that no calendar has is written as the number that it is. */
function instant(at: number | null): string {
  const date = new Date(at ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? String(at ?? '') : date.toISOString()
}

const said = (value: boolean | null) => (value === null ? '' : value ? 'yes' : 'no')

/** The columns of such a file that are fields, under the names by which an import knows them again. */
const fields = {
  customer_id: ({ customer }) => customer.id,
  name: ({ customer }) => customer.name ?? '',
  phone: ({ customer }) => customer.phone ?? '',
  email: ({ customer }) => customer.email ?? '',
  gender: ({ customer }) => customer.gender ?? '',
  birthday: ({ customer }) => customer.birthday ?? '',
  city: ({ customer }) => customer.city ?? '',
  registered_at: ({ customer }) => instant(customer.registeredAt),
  timezone: ({ customer }) => customer.timezone ?? '',
  language: ({ customer }) => customer.language ?? '',
  consent_sms: ({ customer }) => said(customer.consentSms),
  consent_email: ({ customer }) => said(customer.consentEmail),
  unsubscribed_sms: ({ customer }) => (customer.unsubscribed.includes('sms') ? 'yes' : ''),
  unsubscribed_email: ({ customer }) => (customer.unsubscribed.includes('email') ? 'yes' : ''),
  tags: ({ tags }) => tagCell(tags),
} as const satisfies Readonly<Record<string, (filed: FiledCustomer) => string>>

/** The names of the columns: the fields, then the attributes. */
export const customerFileHead = (attributes: readonly string[]): string[] => [
  ...Object.keys(fields),
  ...attributes,
]

/** A customer's line under that head. */
export const customerFileRow = (filed: FiledCustomer, attributes: readonly string[]): string[] => [
  ...Object.values(fields).map((cell) => cell(filed)),
  ...attributes.map((name) => {
    const own = filed.customer.attributes
    return Object.hasOwn(own, name) ? String(own[name]) : ''
  }),
]
