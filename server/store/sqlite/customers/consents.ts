import type { BrandDatabase } from '../database.ts'
import { wholly } from '../span.ts'
import { type AddressOn, wordKeeper } from './words.ts'

/** What somebody says of an address's consent. */
export interface ConsentStatement extends AddressOn {
  readonly consent: boolean
  /** `file`, `api`, `person`, or `reply`: its owner wrote so. */
  readonly source: string
  /** What proves it: a form, a double opt-in; null where the source has none. */
  readonly proof: string | null
  /** When it was given, where the source says so; null: it is only known when it was heard of. */
  readonly given: number | null
  /** When it was heard of. */
  readonly heard: number
}

interface Known {
  consent: number | null
  at: number | null
  /** The last yes that said when it was given. */
  yesAt: number | null
  /** Whether more was said of the address than consent. */
  said: number
}

/**
 * Keeps what is said of consent. The later statement stands, and of two at one time the refusal. What a
 * person has closed stays closed: a "yes" opens an opt-out again only if it says itself that it was given
 * later; complaints, blocks and dead addresses it never opens. Within the caller's transaction or one of its own;
 * answers whether anything has changed. Who knows that nothing has been said of the address yet says so: `fresh`.
 */
export function consentKeeper(db: BrandDatabase): (statement: ConsentStatement, fresh?: boolean) => boolean {
  const { sqlite } = db
  const words = wordKeeper(db)
  const read = sqlite.prepare<[string, string, string], Known>(
    `select consent, consent_at as at, coalesce(yes_at, iif(consent = 1 and consent_dated = 1, consent_at, null)) as yesAt,
       coalesce(words, closed_why, held_at) is not null as said from address_states
     where kind = ? and address = ? and channel = ?`,
  )
  const write = sqlite.prepare(
    `insert into address_states (kind, address, channel, consent, consent_source, consent_proof, consent_at,
       consent_dated, yes_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set consent = excluded.consent, consent_source = excluded.consent_source,
       consent_proof = excluded.consent_proof, consent_at = excluded.consent_at,
       consent_dated = excluded.consent_dated, yes_at = excluded.yes_at`,
  )
  const keep = (statement: ConsentStatement, fresh = false): boolean => {
    const { kind, address, channel, consent, source, proof, given, heard } = statement
    const place = { kind, address, channel }
    const known = fresh ? undefined : read.get(kind, address, channel)
    const at = given ?? heard
    const value = consent ? 1 : 0
    const before = known?.at ?? Number.NEGATIVE_INFINITY
    const yesAt = known?.yesAt ?? null
    const newest = consent && given !== null && given > (yesAt ?? Number.NEGATIVE_INFINITY)
    const lastYes = newest ? given : yesAt
    const overrules = known?.consent == null || at > before || (at === before && value < known.consent)
    const same = known?.consent === value && given === null
    const writes = overrules && !same
    if (writes) write.run(kind, address, channel, value, source, proof, at, given === null ? 0 : 1, lastYes)
    // What was closed or held before it is open again; said before an opt-out that is still to come in, it counts too.
    if (newest && (known?.said === 1 || !writes)) words.yes(place, given)
    return writes
  }
  return wholly(db, keep)
}

/** Which of some addresses somebody has said something of: a key of each, by `stateKey`. */
export function toldAddresses({ sqlite }: BrandDatabase): (addresses: readonly string[]) => Set<string> {
  const of = (kind: 'phone' | 'email') =>
    sqlite.prepare<[string], AddressOn>(
      `select kind, address, channel from address_states
       where kind = '${kind}' and address in (select value from json_each(?))`,
    )
  const queries = [of('phone'), of('email')]
  return (addresses) => {
    const list = JSON.stringify(addresses)
    return new Set(queries.flatMap((query) => query.all(list).map(stateKey)))
  }
}

export const stateKey = ({ kind, address, channel }: AddressOn): string => `${kind} ${channel} ${address}`
