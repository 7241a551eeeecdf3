import type { Customer } from '../../../shared/conditions/customer.ts'
import { everyChannel } from '../../../shared/message/standing.ts'
import { originsOfAll } from '../../../shared/origins/held.ts'
import { demoOrigin } from '../../../shared/origins/kinds.ts'
import { addressCloser } from './customers/closing.ts'
import { sourceKeeper } from './customers/origins.ts'
import type { BrandDatabase } from './database.ts'
import { shardOf } from './enrollments/shard.ts'
import { insertOwn, type NewEvent } from './events/events.ts'
import { demoFriends } from './wecom/demo.ts'

/** A member as a generator makes one: nothing has been unsubscribed from yet. */
export type NewCustomer = Omit<Customer, 'unsubscribed' | 'closed'>

const flag = (value: boolean | null) => (value === null ? null : value ? 1 : 0)

/** Adds customers whole, within the caller's transaction; one who is known already stays as he is. */
export function customerWriter(db: BrandDatabase): (customers: readonly NewCustomer[], now: number) => void {
  const insert = db.sqlite.prepare(
    `insert or ignore into customers (id, shard, name, phone, email, gender, birthday, city, registered_at, timezone,
       language, consent_sms, consent_email, attributes, origins, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const close = addressCloser(db)
  const sources = sourceKeeper(db)
  return (customers, now) => {
    if (customers.length === 0) return
    const origins = JSON.stringify(originsOfAll(sources.entryOf(demoOrigin, now)))
    for (const customer of customers) {
      insert.run(
        customer.id,
        shardOf(customer.id),
        customer.name,
        customer.phone,
        customer.email,
        customer.gender,
        customer.birthday,
        customer.city,
        customer.registeredAt,
        customer.timezone,
        customer.language,
        flag(customer.consentSms),
        flag(customer.consentEmail),
        JSON.stringify(customer.attributes),
        origins,
        now,
      )
      const place = { kind: 'customer', address: customer.id, channel: everyChannel } as const
      if (customer.blacklisted) close({ ...place, why: 'blacklisted', at: now, source: 'file' })
    }
  }
}

/** Adds a batch of customers in one transaction. */
export function addCustomers(db: BrandDatabase, customers: readonly NewCustomer[], now: number): void {
  const write = customerWriter(db)
  db.sqlite.transaction(() => write(customers, now)).immediate()
}

/** Adds a batch of what happened long ago; it starts and wakes nothing. */
export function addHistory(db: BrandDatabase, events: readonly NewEvent[]): void {
  const receivedAt = events.at(-1)?.at ?? 0
  insertOwn(db, events, { source: 'history', receivedAt, pending: false })
  db.sqlite.transaction(demoFriends(db)).immediate(events)
}

/** Before the file is moved to its place: everything is in it, and nothing beside it. */
export function sealDatabase({ sqlite }: BrandDatabase): void {
  sqlite.pragma('optimize')
  sqlite.pragma('wal_checkpoint(truncate)')
  sqlite.pragma('journal_mode = delete')
}
