import type { NewCustomer } from '../store/sqlite/seed.ts'

/** A member who may be reached by everything; `place` tells phones and addresses apart. */
export function memberOf(name: string, place: number, more: Partial<NewCustomer> = {}): NewCustomer {
  return {
    id: name,
    name,
    phone: String(19_900_000_000 + place),
    email: `m${place}@example.com`,
    gender: null,
    birthday: null,
    city: null,
    registeredAt: null,
    timezone: null,
    language: 'zh-CN',
    consentSms: true,
    consentEmail: true,
    blacklisted: false,
    attributes: {},
    ...more,
  }
}
