import type { BrandDatabase } from '../database.ts'
import { wholly } from '../span.ts'
import { addressCloser } from './closing.ts'
import { consentKeeper } from './consents.ts'
import type { AddressOn } from './words.ts'

/** That an address wants no marketing, whoever bears it. */
export interface AddressRefusal extends AddressOn {
  /** null: no more than that it has not agreed. */
  readonly why: 'opted_out' | 'hard_bounce' | null
  /** When, where the source says so. */
  readonly at: number | null
}

export interface RefusalOptions {
  /** When the refusals are heard of. */
  readonly heard: number
  /** Only where nothing is known of the address yet, as an order says no more of consent than how it was then. */
  readonly ifUnknown?: boolean
  /** By which way they come. */
  readonly source?: 'file' | 'api'
}

/**
 * Keeps what addresses refuse, also those of rows that cannot enter otherwise: within the caller's transaction or one of
 * its own.
 */
export function refusalKeeper(
  db: BrandDatabase,
): (refusals: readonly AddressRefusal[], options: RefusalOptions) => void {
  const close = addressCloser(db)
  const keep = consentKeeper(db)
  const known = db.sqlite
    .prepare<AddressOn, 1>(
      `select 1 from address_states where kind = @kind and address = @address and channel = @channel
         and consent is not null
       union all select 1 from customers where @kind = 'email' and email = @address and consent_email is not null
       union all select 1 from customers where @kind = 'phone' and phone = @address and consent_sms is not null`,
    )
    .pluck()
  return wholly(
    db,
    (refusals: readonly AddressRefusal[], { heard, ifUnknown = false, source = 'file' }: RefusalOptions) => {
      for (const { kind, address, channel, why, at } of refusals) {
        const place = { kind, address, channel }
        if (ifUnknown && why === null && known.get(place) === 1) continue
        const given = at === null || at > heard ? null : at
        keep({ ...place, consent: false, source, proof: null, given, heard })
        if (why !== null) close({ ...place, why, at: given ?? heard, source })
      }
    },
  )
}
