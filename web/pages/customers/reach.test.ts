import { expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { reachOf } from './reach.ts'

const customer: CustomerAnswer['customer'] = {
  id: 'M1',
  name: null,
  phone: '138****0000',
  email: null,
  gender: null,
  birthday: null,
  city: null,
  registeredAt: null,
  timezone: null,
  language: null,
  consentSms: null,
  consentEmail: true,
  blacklisted: false,
  closed: {},
  unsubscribed: [],
  attributes: {},
  unreadable: null,
}
const reach = (change: Partial<typeof customer>, channel: string) =>
  reachOf({ ...customer, ...change }).find((each) => each.channel === channel)?.reach

test('a channel says whether a customer may be reached by it, and why', () => {
  expect(reach({}, 'sms')).toBe('unasked')
  expect(reach({}, 'email')).toBe('noAddress')
  expect(reach({}, 'in_app')).toBe('free')
})

test('an opt-out comes before everything else', () => {
  expect(reach({ unsubscribed: ['sms', 'email'] }, 'sms')).toBe('unsubscribed')
  expect(reach({ unsubscribed: ['sms', 'email'] }, 'email')).toBe('unsubscribed')
})

test('a webhook reaches no customer, so it is not listed', () => {
  expect(reachOf(customer).map(({ channel }) => channel)).not.toContain('webhook')
})
