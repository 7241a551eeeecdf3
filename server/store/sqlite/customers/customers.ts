import type { BrandDatabase } from '../database.ts'
import { shardOf } from '../enrollments/shard.ts'
import { RowSet } from '../row-set.ts'
import { valueOr } from '../stored-json.ts'
import { addressCloser, addressesOn } from './closing.ts'
import { type ConsentStatement, consentKeeper, stateKey, toldAddresses } from './consents.ts'
import { type AddressRefusal, refusalKeeper } from './refusals.ts'
import { readAttributes } from './stored.ts'

/** What a file says of a customer. What it leaves out stays as it is known. */
export interface CustomerPatch {
  readonly id: string
  readonly name?: string
  readonly phone?: string
  readonly email?: string
  readonly gender?: string
  readonly birthday?: string
  readonly city?: string
  readonly registeredAt?: number
  readonly timezone?: string
  readonly language?: string
  readonly consentSms?: boolean
  readonly consentEmail?: boolean
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  /** Added to those that the customer has. */
  readonly tags?: readonly string[]
  /** Channels whose address the file says is closed: a later file's yes does not undo it. */
  readonly closed?: readonly ClosedChannel[]
}

export interface ClosedChannel {
  readonly channel: 'sms' | 'email'
  readonly why: 'opted_out' | 'hard_bounce'
  /** When, where the source says so. */
  readonly at?: number
}

/** A patch whose source says more of a consent than that it was given. */
export interface ProvenPatch extends CustomerPatch {
  /** When each consent was given or refused, where the source says so. */
  readonly consentSmsAt?: number
  readonly consentEmailAt?: number
  /** What proves it, such as the form where it was given. */
  readonly consentProof?: string
}

/** `conflict`: the same saver has taken this customer before, with other values. */
export type SavedCustomer = 'imported' | 'updated' | 'unchanged' | 'conflict'

const columns = [
  'name',
  'phone',
  'email',
  'gender',
  'birthday',
  'city',
  'registered_at',
  'timezone',
  'language',
  'consent_sms',
  'consent_email',
  'attributes',
] as const
type Column = (typeof columns)[number]
type Values = Record<Column, string | number | null>
interface Known extends Values {
  rowid: number
  id: string
}

/** What is known before a batch, and what it has added. */
interface Batch {
  readonly known: Map<string, Known>
  /** Addresses of which somebody has said something, by `stateKey`. */
  readonly told: Set<string>
}

const flag = (value: boolean | undefined) => (value === undefined ? undefined : value ? 1 : 0)

/** What cannot be read stays as it is until a file says something; then there is nothing to add it to. */
function patchedAttributes(said: CustomerPatch['attributes'], known: Values | undefined): string {
  const before = String(known?.attributes ?? '{}')
  const read = readAttributes(before)
  if (!read.readable && Object.keys(said).length === 0) return before
  return JSON.stringify({ ...valueOr(read, {}), ...said })
}

function patched(patch: CustomerPatch, known: Values | undefined): Values {
  const before = (column: Column) => known?.[column] ?? null
  return {
    name: patch.name ?? before('name'),
    phone: patch.phone ?? before('phone'),
    email: patch.email ?? before('email'),
    gender: patch.gender ?? before('gender'),
    birthday: patch.birthday ?? before('birthday'),
    city: patch.city ?? before('city'),
    registered_at: patch.registeredAt ?? before('registered_at'),
    timezone: patch.timezone ?? before('timezone'),
    language: patch.language ?? before('language'),
    consent_sms: flag(patch.consentSms) ?? before('consent_sms'),
    consent_email: flag(patch.consentEmail) ?? before('consent_email'),
    attributes: patchedAttributes(patch.attributes, known),
  }
}

/** Told of each customer whose attributes a file changes: what it says, and all that they were, as JSON. */
export type AttributesChanged = (said: CustomerPatch['attributes'], before: string | null) => void

/**
 * Saves customers, a batch in one transaction, and answers what became of each. One saver stands for one
 * file: the first row of a customer counts, and one that says otherwise later is a conflict.
 */
export function customerSaver(
  db: BrandDatabase,
  changed?: AttributesChanged,
): (patches: readonly ProvenPatch[], now: number) => SavedCustomer[] {
  const { sqlite } = db
  const keep = consentKeeper(db)
  const toldOf = toldAddresses(db)
  const find = sqlite.prepare<[string], Known>(
    `select rowid, id, ${columns.join(', ')} from customers where id in (select value from json_each(?))`,
  )
  const insert = sqlite.prepare(
    `insert into customers (id, shard, updated_at, ${columns.join(', ')})
     values (?, ?, ?, ${columns.map(() => '?').join(', ')})`,
  )
  const update = sqlite.prepare(
    `update customers set updated_at = ?, ${columns.map((column) => `${column} = ?`).join(', ')} where rowid = ?`,
  )
  const addTag = sqlite.prepare('insert or ignore into tags (customer_id, tag, at) values (?, ?, ?)')
  const close = addressCloser(db)
  const addresses = addressesOn(db)
  const refuse = refusalKeeper(db)
  const taken = new RowSet()

  /** Adds what is a row of its own; answers whether any of it is new. */
  const addRows = ({ id, tags = [], closed = [] }: CustomerPatch, { told }: Batch, now: number): boolean => {
    const added = tags.map((tag) => addTag.run(id, tag, now).changes > 0)
    const shut = closed.flatMap(({ channel, why, at = now }) =>
      addresses(id, channel).map((place) => {
        told.add(stateKey(place))
        return close({ ...place, why, at: Math.min(at, now), source: 'file' })
      }),
    )
    return [...added, ...shut].includes(true)
  }

  /** Consent is the address's: what a file says of it is kept there, beside its proof. */
  const keepConsents = (
    patch: ProvenPatch,
    { phone, email }: Values,
    heard: number,
    told: Set<string>,
  ): void => {
    const say = (statement: ConsentStatement): void => {
      const key = stateKey(statement)
      keep(statement, !told.has(key))
      told.add(key)
    }
    const shared = { source: 'file', proof: patch.consentProof ?? null, heard }
    const { consentSms, consentEmail } = patch
    // Nobody has agreed at a time that is still to come.
    const given = (at: number | undefined) => (at === undefined || at > heard ? null : at)
    if (consentSms !== undefined && typeof phone === 'string')
      say({
        ...shared,
        kind: 'phone',
        address: phone,
        channel: 'sms',
        consent: consentSms,
        given: given(patch.consentSmsAt),
      })
    if (consentEmail !== undefined && typeof email === 'string')
      say({
        ...shared,
        kind: 'email',
        address: email,
        channel: 'email',
        consent: consentEmail,
        given: given(patch.consentEmailAt),
      })
  }

  /** Of a row that does not count, only what it refuses: at all addresses of the customer, and at its own. */
  const keepRefusals = (patch: ProvenPatch, { told }: Batch, now: number): void => {
    const { id, phone, email, consentSms, consentEmail, closed = [] } = patch
    const of = (channel: ClosedChannel['channel'], own: string | undefined, consent: boolean | undefined) => {
      if (consent !== false) return []
      const { why = null, at = null } = closed.find((one) => one.channel === channel) ?? {}
      const kind = channel === 'sms' ? ('phone' as const) : ('email' as const)
      const places = addresses(id, channel)
      const known = own === undefined || places.some(({ address }) => address === own)
      return [...places, ...(known ? [] : [{ kind, address: own, channel }])].map(
        (place): AddressRefusal => ({ ...place, why, at }),
      )
    }
    const refusals = [...of('sms', phone, consentSms), ...of('email', email, consentEmail)]
    for (const refusal of refusals) told.add(stateKey(refusal))
    refuse(refusals, { heard: now })
  }

  const saveOne = (patch: ProvenPatch, batch: Batch, now: number): SavedCustomer => {
    const { known, told } = batch
    const row = known.get(patch.id)
    const next = patched(patch, row)
    const values = columns.map((column) => next[column])
    if (row === undefined) {
      keepConsents(patch, next, now, told)
      const rowid = Number(insert.run(patch.id, shardOf(patch.id), now, ...values).lastInsertRowid)
      known.set(patch.id, { rowid, id: patch.id, ...next })
      taken.add(rowid)
      addRows(patch, batch, now)
      changed?.(patch.attributes, null)
      return 'imported'
    }
    const before = taken.has(row.rowid)
    taken.add(row.rowid)
    const same = columns.every((column) => row[column] === next[column])
    if (before && !same) {
      keepRefusals(patch, batch, now)
      return 'conflict'
    }
    keepConsents(patch, next, now, told)
    if (same) return addRows(patch, batch, now) ? 'updated' : 'unchanged'
    update.run(now, ...values, row.rowid)
    known.set(patch.id, { ...row, ...next })
    addRows(patch, batch, now)
    if (row.attributes !== next.attributes) changed?.(patch.attributes, String(row.attributes))
    return 'updated'
  }

  return sqlite.transaction((patches: readonly ProvenPatch[], now: number) => {
    const rows = find.all(JSON.stringify(patches.map(({ id }) => id)))
    const known = new Map(rows.map((row) => [row.id, row]))
    const speaking = patches.filter(
      ({ consentSms, consentEmail }) => (consentSms ?? consentEmail) !== undefined,
    )
    const addresses = speaking.flatMap(({ id, phone, email }) => {
      const before = known.get(id)
      return [phone ?? before?.phone, email ?? before?.email].filter((one) => typeof one === 'string')
    })
    const batch = { known, told: toldOf(addresses) }
    return patches.map((patch) => saveOne(patch, batch, now))
  }).immediate
}
