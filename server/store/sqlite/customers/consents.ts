import type { BrandDatabase } from '../database.ts'
import type { AddressOn } from './closing.ts'

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
  closedWhy: string | null
  closedAt: number | null
}

/**
 * Keeps what is said of consent. The later statement stands, and of two at one time the refusal. What a
 * person has closed stays closed: a "yes" opens an opt-out again only if it says itself that it was given
 * later; complaints, blocks and dead addresses it never opens. Within the caller's transaction or one of its own;
 * answers whether anything has changed. Who knows that nothing has been said of the address yet says so: `fresh`.
 */
export function consentKeeper({
  sqlite,
}: BrandDatabase): (statement: ConsentStatement, fresh?: boolean) => boolean {
  const read = sqlite.prepare<[string, string, string], Known>(
    `select consent, consent_at as at, closed_why as closedWhy, closed_at as closedAt from address_states
     where kind = ? and address = ? and channel = ?`,
  )
  const write = sqlite.prepare(
    `insert into address_states (kind, address, channel, consent, consent_source, consent_proof, consent_at,
       consent_dated)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set consent = excluded.consent, consent_source = excluded.consent_source,
       consent_proof = excluded.consent_proof, consent_at = excluded.consent_at,
       consent_dated = excluded.consent_dated`,
  )
  const reopen = sqlite.prepare(
    `update address_states set closed_why = null, closed_at = null, closed_source = null, closed_by = null,
       note = null, held_at = null where kind = @kind and address = @address and channel = @channel`,
  )
  const keep = (statement: ConsentStatement, fresh = false): boolean => {
    const { kind, address, channel, consent, source, proof, given, heard } = statement
    const place = { kind, address, channel }
    const known = fresh ? undefined : read.get(kind, address, channel)
    const at = given ?? heard
    const value = consent ? 1 : 0
    const before = known?.at ?? Number.NEGATIVE_INFINITY
    const overrules = known?.consent == null || at > before || (at === before && value < known.consent)
    if (!overrules) return false
    const same = known?.consent === value && given === null
    if (!same) write.run(kind, address, channel, value, source, proof, at, given === null ? 0 : 1)
    const later = consent && given !== null && given > (known?.closedAt ?? 0)
    if (later && known?.closedWhy === 'opted_out') reopen.run(place)
    return !same
  }
  const alone = sqlite.transaction(keep).immediate
  return (statement, fresh) => (sqlite.inTransaction ? keep : alone)(statement, fresh)
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
