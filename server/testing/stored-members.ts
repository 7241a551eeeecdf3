import type Database from 'better-sqlite3'
import type { Member } from '../../shared/testing/random-conditions.ts'

/** Puts members into a brand's database in the place of all who were there. */
export function storeMembers(sqlite: Database.Database, members: readonly Member[]): void {
  for (const table of ['customers', 'events', 'tags', 'audience_members', 'addresses', 'address_states'])
    sqlite.exec(`delete from ${table}`)
  const flag = (value: boolean | null) => (value === null ? null : value ? 1 : 0)
  const addCustomer = sqlite.prepare(
    `insert into customers (id, shard, name, phone, email, gender, birthday, city, registered_at, timezone, language,
       consent_sms, consent_email, attributes, updated_at) values (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  )
  const addEvent = sqlite.prepare(
    `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
     values (?, ?, 0, ?, ?, 0, ?, ?, 'history', 0)`,
  )
  const addTag = sqlite.prepare('insert into tags (customer_id, tag, at) values (?, ?, 0)')
  const addMember = sqlite.prepare(
    'insert into audience_members (audience, customer_id, at) values (?, ?, 0)',
  )
  const addState = sqlite.prepare(
    `insert into address_states (kind, address, channel, closed_why, closed_at, held_at) values ('customer', ?, ?, ?, ?, ?)`,
  )
  const verify = sqlite.prepare('update addresses set verified_at = ? where customer_id = ? and kind = ?')
  const note = sqlite.prepare('update customers set noted = 1 where id = ?')
  sqlite.transaction(() => {
    for (const { customer: c, tags, lists, events } of members) {
      addCustomer.run(
        c.id,
        c.name,
        c.phone,
        c.email,
        c.gender,
        c.birthday,
        c.city,
        c.registeredAt,
        c.timezone,
        c.language,
        flag(c.consentSms),
        flag(c.consentEmail),
        JSON.stringify(c.attributes),
      )
      // What is said of a customer's id is said of them on whichever channel.
      const since = c.closedSince ?? {}
      if (c.blacklisted) addState.run(c.id, '*', 'blacklisted', since['*'] ?? null, null)
      for (const [channel, why = null] of Object.entries(c.closed))
        addState.run(
          ...[c.id, channel, why === 'doubtful' ? null : why, since[channel] ?? null],
          why === 'doubtful' ? 0 : null,
        )
      if (c.blacklisted || Object.keys(c.closed).length > 0) note.run(c.id)
      for (const [name, at] of Object.entries(c.addressTimes ?? {}))
        verify.run(at ?? null, c.id, name === 'sms verified' ? 'phone' : 'email')
      for (const tag of tags) addTag.run(c.id, tag)
      for (const list of lists) addMember.run(list, c.id)
      for (const event of events)
        addEvent.run(event.id, c.id, event.name, event.at, event.amount, JSON.stringify(event.properties))
    }
  })()
}
