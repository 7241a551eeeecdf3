import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import { asksForMore, readReply } from '../../../../shared/message/opt-out.ts'
import { type ClosedWhy, keptKindOf } from '../../../../shared/message/standing.ts'
import type { AddressReport } from '../../../ports/receipts.ts'
import { addressCloser, addressesOn } from '../customers/closing.ts'
import { consentKeeper } from '../customers/consents.ts'
import { doubtKeeper } from '../customers/doubts.ts'
import type { AddressOn } from '../customers/words.ts'
import type { BrandDatabase } from '../database.ts'
import { readBrand } from '../settings/meta.ts'

/** Events by which a channel or a customer says that an address is to be written to no more, and why. */
const closingEvents: ReadonlyMap<string, ClosedWhy> = new Map([
  ['message_complained', 'complaint'],
  ['message_blocked', 'block'],
  ['message_unsubscribed', 'opted_out'],
])

/** What a failure says of the address; a mailbox that is full or a phone that is off says nothing. */
const closingFailures: ReadonlyMap<string, ClosedWhy> = new Map([
  ['hard_bounce', 'hard_bounce'],
  ['invalid', 'invalid'],
  ['blocked', 'block'],
])

/** Rules 12 and 20: heeds what is heard of addresses at once, within the caller's transaction. */
export function addressReporter(db: BrandDatabase): (report: AddressReport) => void {
  const close = addressCloser(db)
  const doubt = doubtKeeper(db)
  const consent = consentKeeper(db)
  const addresses = addressesOn(db)

  const placesOf = ({ channel, address, customerId }: AddressReport): AddressOn[] => {
    const kind = keptKindOf(channel)
    const told = address === null || kind === 'customer' ? null : canonicalOrNull(kind, address)
    if (told !== null) return [{ kind, address: told, channel }]
    return customerId === null ? [] : addresses(customerId, channel)
  }

  const takeReply = (report: AddressReport): void => {
    const { text, customerId, channel, at } = report
    if (text !== null && asksForMore(text)) {
      // It is the owner's own word, with its own time: a later one than the opt-out takes that back.
      const said = { consent: true, source: 'reply', proof: text, given: at, heard: at } as const
      for (const place of placesOf(report)) consent({ ...place, ...said })
      return
    }
    const verdict = readReply(text ?? '', readBrand(db).optOut)
    if (verdict.kind === 'none') return
    for (const place of placesOf(report)) {
      if (verdict.kind === 'opt_out') close({ ...place, why: 'opted_out', at, source: 'reply', note: text })
      else doubt({ ...place, channel, customerId, text: text ?? '', reason: verdict.reason, at })
    }
  }

  return (report) => {
    if (report.name === 'message_replied') {
      takeReply(report)
      return
    }
    const why =
      report.name === 'message_failed'
        ? closingFailures.get(report.failure ?? '')
        : closingEvents.get(report.name)
    if (why === undefined) return
    const source = 'report'
    for (const place of placesOf(report)) close({ ...place, why, at: report.at, source, note: report.text })
  }
}
