import {
  attributeKey,
  type Change,
  type OriginEntry,
  originsOfAll,
  type ProfileValue,
} from '../../../../shared/origins/held.ts'
import type { Origin } from '../../../../shared/origins/kinds.ts'
import type { BrandDatabase } from '../database.ts'
import { shardOf } from '../enrollments/shard.ts'
import { aliasReader } from '../persons/aliases.ts'
import { RowSet } from '../row-set.ts'
import { wholly } from '../span.ts'
import { valueOr } from '../stored-json.ts'
import { addressCloser, addressesOn } from './closing.ts'
import { type ConsentStatement, consentKeeper, stateKey, toldAddresses } from './consents.ts'
import { originWriter, sourceKeeper, valuesOf } from './origins.ts'
import { type AddressRefusal, refusalKeeper } from './refusals.ts'
import { readAttributes } from './stored.ts'

/** What a file or a call says of a customer. What it leaves out, or is undefined, stays as it is known; null takes it away. */
export interface CustomerPatch {
  readonly id: string
  readonly name?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly email?: string | null | undefined
  readonly gender?: string | null | undefined
  readonly birthday?: string | null | undefined
  readonly city?: string | null | undefined
  readonly registeredAt?: number | null | undefined
  readonly timezone?: string | null | undefined
  readonly language?: string | null | undefined
  readonly consentSms?: boolean | undefined
  readonly consentEmail?: boolean | undefined
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>
  /** The attributes are all that there are. */
  readonly onlyAttributes?: boolean
  /** Added to those that the customer has. */
  readonly tags?: readonly string[]
  /** Taken from the customer; `others`: all that are not added. */
  readonly withoutTags?: readonly string[] | 'others'
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
  readonly consentSmsAt?: number | undefined
  readonly consentEmailAt?: number | undefined
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
type Values = Record<Column, Value>
interface Known extends Values {
  rowid: number
  id: string
  origins: string | null
}

/** What is known before a batch, and what it has added. */
interface Batch {
  readonly known: Map<string, Known>
  /** Addresses of which somebody has said something, by `stateKey`. */
  readonly told: Set<string>
  /** Where what it says comes from: the number of its source, and what stands with each value of it. */
  readonly source: number
  readonly origin: OriginEntry
  /** Of somebody new, as the column has it. */
  readonly originOfAll: string
}

const flag = (value: boolean | undefined) => (value === undefined ? undefined : value ? 1 : 0)

/** What cannot be read stays as it is until something is said; then there is nothing to add it to. */
function patchedAttributes(
  { attributes: said, onlyAttributes = false }: CustomerPatch,
  known: Values | undefined,
): string {
  const before = known === undefined || onlyAttributes ? null : String(known.attributes)
  const read = before === null ? null : readAttributes(before)
  if (before !== null && read?.readable === false && Object.keys(said).length === 0) return before
  const all = { ...(read === null ? {} : valueOr(read, {})), ...said }
  for (const name in all) if (all[name] === null) delete all[name]
  return JSON.stringify(all)
}

type Value = string | number | null

const either = (said: Value | undefined, known: Value | undefined): Value =>
  said === undefined ? (known ?? null) : said

function patched(patch: CustomerPatch, known: Values | undefined): Values {
  return {
    name: either(patch.name, known?.name),
    phone: either(patch.phone, known?.phone),
    email: either(patch.email, known?.email),
    gender: either(patch.gender, known?.gender),
    birthday: either(patch.birthday, known?.birthday),
    city: either(patch.city, known?.city),
    registered_at: either(patch.registeredAt, known?.registered_at),
    timezone: either(patch.timezone, known?.timezone),
    language: either(patch.language, known?.language),
    consent_sms: either(flag(patch.consentSms), known?.consent_sms),
    consent_email: either(flag(patch.consentEmail), known?.consent_email),
    attributes: patchedAttributes(patch, known),
  }
}

/** Told of each customer whose attributes change: what is said, and all that they were, as JSON. */
export type AttributesChanged = (said: CustomerPatch['attributes'], before: string | null) => void

const named = ({ registered_at, consent_sms, consent_email, attributes, ...values }: Values) => ({
  ...values,
  ...{ registeredAt: registered_at, consentSms: consent_sms, consentEmail: consent_email },
  attributes: String(attributes),
})

/** Columns of a value each, with the names that origins have for them. */
const originNames = [
  ['name', 'name'],
  ['phone', 'phone'],
  ['email', 'email'],
  ['gender', 'gender'],
  ['birthday', 'birthday'],
  ['city', 'city'],
  ['registered_at', 'registeredAt'],
  ['timezone', 'timezone'],
  ['language', 'language'],
  ['consent_sms', 'consentSms'],
  ['consent_email', 'consentEmail'],
] as const satisfies readonly (readonly [Column, ProfileValue])[]

function differenceOf(patch: CustomerPatch, row: Values, next: Values): Change {
  const changed: string[] = []
  const gone: string[] = []
  for (const [column, name] of originNames)
    if (row[column] !== next[column]) (next[column] === null ? gone : changed).push(name)
  if (row.attributes === next.attributes) return { changed, gone }
  const { attributes: said, onlyAttributes = false } = patch
  const before: CustomerPatch['attributes'] = valueOr(readAttributes(String(row.attributes)), {})
  for (const name in said)
    if (said[name] === null) gone.push(attributeKey(name))
    else if (said[name] !== before[name]) changed.push(attributeKey(name))
  if (onlyAttributes) for (const name in before) if (!Object.hasOwn(said, name)) gone.push(attributeKey(name))
  return { changed, gone }
}

export interface SaverOptions {
  readonly changed?: AttributesChanged | undefined
  /** By which way it comes, as the addresses' consents remember it. */
  readonly source?: 'file' | 'api'
}

/** Of attributes that are all there are, those that go are said too. */
function toldAttributes({ attributes, onlyAttributes = false }: CustomerPatch, before: string) {
  if (!onlyAttributes) return attributes
  const known = Object.keys(valueOr(readAttributes(before), {}))
  return { ...Object.fromEntries(known.map((name) => [name, null])), ...attributes }
}

/**
 * Saves customers, a batch in one transaction, and answers what became of each. One saver stands for one
 * file: the first row of a customer counts, and one that says otherwise later is a conflict. Over the API each row
 * is a change of its own, made in their order.
 */
export function customerSaver(
  db: BrandDatabase,
  { changed, source = 'file' }: SaverOptions = {},
): (patches: readonly ProvenPatch[], now: number, origin: Origin) => SavedCustomer[] {
  const { sqlite } = db
  const sources = sourceKeeper(db)
  const writeOrigins = originWriter()
  const keep = consentKeeper(db)
  const toldOf = toldAddresses(db)
  const find = sqlite.prepare<[string], Known>(
    `select rowid, id, origins, ${columns.join(', ')} from customers where id in (select value from json_each(?))`,
  )
  const insert = sqlite.prepare(
    `insert into customers (id, shard, updated_at, origins, ${columns.join(', ')})
     values (?, ?, ?, ?, ${columns.map(() => '?').join(', ')})`,
  )
  const update = sqlite.prepare(
    `update customers set updated_at = ?, origins = ?, ${columns.map((column) => `${column} = ?`).join(', ')}
     where rowid = ?`,
  )
  const addTag = sqlite.prepare(
    'insert or ignore into tags (customer_id, tag, at, source) values (?, ?, ?, ?)',
  )
  const removeTag = sqlite.prepare('delete from tags where customer_id = ? and tag = ?')
  const removeOthers = sqlite.prepare(
    'delete from tags where customer_id = ? and tag not in (select value from json_each(?))',
  )
  const touch = sqlite.prepare('update customers set updated_at = ? where id = ?')
  const close = addressCloser(db)
  const addresses = addressesOn(db)
  const refuse = refusalKeeper(db)
  const taken = new RowSet()
  const aliases = aliasReader(db)

  /** Adds what is a row of its own; answers whether any of it is new. */
  const addRows = ({ id, tags = [], closed = [] }: CustomerPatch, batch: Batch, now: number): boolean => {
    if (tags.length === 0 && closed.length === 0) return false
    const { told, source: from } = batch
    const added = tags.map((tag) => addTag.run(id, tag, now, from).changes > 0)
    const shut = closed.flatMap(({ channel, why, at = now }) =>
      addresses(id, channel).map((place) => {
        told.add(stateKey(place))
        return close({ ...place, why, at: Math.min(at, now), source })
      }),
    )
    return [...added, ...shut].includes(true)
  }

  /** Takes tags away; whoever loses one is looked at again by the audiences that ask for it. */
  const takeTags = ({ id, tags = [], withoutTags = [] }: CustomerPatch, now: number): boolean => {
    if (withoutTags.length === 0) return false
    const gone =
      withoutTags === 'others'
        ? removeOthers.run(id, JSON.stringify(tags)).changes
        : withoutTags.reduce((sum, tag) => sum + removeTag.run(id, tag).changes, 0)
    if (gone > 0) touch.run(now, id)
    return gone > 0
  }

  /** Consent is the address's: what a file says of it is kept there, beside its proof. */
  const keepConsents = (
    patch: ProvenPatch,
    { phone, email }: Values,
    heard: number,
    told: Set<string>,
  ): void => {
    const { consentSms, consentEmail } = patch
    if (consentSms === undefined && consentEmail === undefined) return
    const say = (statement: ConsentStatement): void => {
      const key = stateKey(statement)
      keep(statement, !told.has(key))
      told.add(key)
    }
    const shared = { source, proof: patch.consentProof ?? null, heard }
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
    const of = (
      channel: ClosedChannel['channel'],
      own: string | null | undefined,
      consent: boolean | undefined,
    ) => {
      if (consent !== false) return []
      const { why = null, at = null } = closed.find((one) => one.channel === channel) ?? {}
      const kind = channel === 'sms' ? ('phone' as const) : ('email' as const)
      const places = addresses(id, channel)
      const known = typeof own !== 'string' || places.some(({ address }) => address === own)
      return [...places, ...(known ? [] : [{ kind, address: own, channel }])].map(
        (place): AddressRefusal => ({ ...place, why, at }),
      )
    }
    const refusals = [...of('sms', phone, consentSms), ...of('email', email, consentEmail)]
    for (const refusal of refusals) told.add(stateKey(refusal))
    refuse(refusals, { heard: now })
  }

  const saveOne = (patch: ProvenPatch, batch: Batch, now: number): SavedCustomer => {
    const { known, told, originOfAll } = batch
    const row = known.get(patch.id)
    const next = patched(patch, row)
    const values = columns.map((column) => next[column])
    if (row === undefined) {
      keepConsents(patch, next, now, told)
      const rowid = Number(
        insert.run(patch.id, shardOf(patch.id), now, originOfAll, ...values).lastInsertRowid,
      )
      known.set(patch.id, { rowid, id: patch.id, origins: originOfAll, ...next })
      taken.add(rowid)
      addRows(patch, batch, now)
      changed?.(patch.attributes, null)
      return 'imported'
    }
    const before = source === 'file' && taken.has(row.rowid)
    taken.add(row.rowid)
    const same = columns.every((column) => row[column] === next[column])
    if (before && !same) {
      keepRefusals(patch, batch, now)
      return 'conflict'
    }
    keepConsents(patch, next, now, told)
    const untagged = takeTags(patch, now)
    if (same) return addRows(patch, batch, now) || untagged ? 'updated' : 'unchanged'
    const origins = writeOrigins(row.origins, differenceOf(patch, row, next), batch.origin, () =>
      valuesOf(named(next)),
    )
    update.run(now, origins, ...values, row.rowid)
    known.set(patch.id, { ...row, ...next, origins })
    addRows(patch, batch, now)
    if (row.attributes !== next.attributes)
      changed?.(toldAttributes(patch, String(row.attributes)), String(row.attributes))
    return 'updated'
  }

  return wholly(db, (said: readonly ProvenPatch[], now: number, origin: Origin) => {
    const merged = aliases(said.map(({ id }) => id))
    const patches =
      merged.size === 0 ? said : said.map((patch) => ({ ...patch, id: merged.get(patch.id) ?? patch.id }))
    const rows = find.all(JSON.stringify(patches.map(({ id }) => id)))
    const known = new Map(rows.map((row) => [row.id, row]))
    const speaking = patches.filter(
      ({ consentSms, consentEmail }) => (consentSms ?? consentEmail) !== undefined,
    )
    const addresses = speaking.flatMap(({ id, phone, email }) => {
      const before = known.get(id)
      return [phone ?? before?.phone, email ?? before?.email].filter((one) => typeof one === 'string')
    })
    const entry = sources.entryOf(origin, now)
    const batch = {
      ...{ known, told: toldOf(addresses), origin: entry },
      source: typeof entry === 'number' ? entry : entry[0],
      originOfAll: JSON.stringify(originsOfAll(entry)),
    }
    return patches.map((patch) => saveOne(patch, batch, now))
  })
}
