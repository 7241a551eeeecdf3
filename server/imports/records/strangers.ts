import { isReceipt } from '../../../shared/conditions/receipts.ts'
import { originOf } from '../../../shared/origins/kinds.ts'
import type { Act } from '../../ports/acts.ts'
import { auditWriter } from '../../store/sqlite/audit/audit.ts'
import { keyFinder } from '../../store/sqlite/customers/keys.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { readBrand } from '../../store/sqlite/settings/meta.ts'
import { customerMaker } from '../keys.ts'

interface Told {
  readonly customerId: string
  readonly name: string
}

/**
 * Makes customers of those whom nobody knows and who have done something, where the brand wants that; within the
 * caller's transaction. What a provider reports of a message makes nobody.
 */
export function strangerMaker(db: BrandDatabase): (told: readonly Told[], act: Act) => void {
  const find = keyFinder(db)
  const make = customerMaker(db, 'api')
  const note = auditWriter(db)
  return (told, act) => {
    if (readBrand(db).strangers !== 'made') return
    const ids = [...new Set(told.flatMap(({ customerId, name }) => (isReceipt(name) ? [] : [customerId])))]
    const known = find({ ids, phones: [], emails: [] }).ids
    const strangers = ids.filter((id) => !known.has(id))
    if (strangers.length === 0) return
    const { created } = make(
      strangers.map((id) => ({ id, name: null, phone: null, email: null, consentEmail: null })),
      act.at,
      originOf(act.actor),
    )
    note(act, 'records.taken', '', { kind: 'customers', imported: created })
  }
}
