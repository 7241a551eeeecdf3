import { readIdentifier } from '../../../shared/api/identified.ts'
import { type IdentifierRef, identifierRef } from '../../../shared/api/persons.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { originOf } from '../../../shared/origins/kinds.ts'
import { isAddress } from '../../../shared/persons/kinds.ts'
import type { Act } from '../../ports/acts.ts'
import type { EventFault } from '../../ports/events.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { hintOf } from '../../store/sqlite/persons/bearers.ts'
import { identifierKeeper } from '../../store/sqlite/persons/identifiers.ts'
import { customerMaker } from '../keys.ts'
import { invalidRecord, isObject, type Why } from './results.ts'

/** Why nobody can say who is meant, in the words of a problem. */
type Fault = EventFault & { readonly place: string }

const whyOf = ({ code, details, place }: Problem): Fault => ({
  code,
  details,
  place: place === undefined || place === '' ? 'by' : `by.${place}`,
})

/** The identifier by which a row names its customer, in its one form; null: it names them by none. */
export function namedBy(by: unknown): IdentifierRef | Why | null {
  if (!isObject(by)) return null
  const parsed = identifierRef.safeParse(by)
  if (!parsed.success) return invalidRecord(parsed.error, 'by')
  const read = readIdentifier(parsed.data)
  return read instanceof Problem ? whyOf(read) : read
}

/** A row says who is meant once. */
export const namedTwice: Why = { code: 'customer-named-twice', details: {}, place: 'by' }

/** Whoever an identifier is of; `unknown` where nobody has it. */
export type Meant = { readonly id: string } | 'unknown' | Fault

/** Under which id somebody is made of whom only an identifier is known: an address by itself, as everywhere. */
const idOf = ({ kind, scope, value }: IdentifierRef): string =>
  isAddress(kind) ? value : [kind, scope, value].filter((part) => part !== '').join(':')

const addressOf = ({ kind, value }: IdentifierRef): { phone?: string; email?: string } =>
  isAddress(kind) ? { [kind]: value } : {}

/** When something is told, and by whom. */
type Told = Pick<Act, 'at' | 'actor'>

/** Who is meant by identifiers, within the caller's transaction. */
export function identifierNamer(db: BrandDatabase) {
  const keeper = identifierKeeper(db)
  const make = customerMaker(db, 'api')
  /** What a system tells of whoever it has just told of is not verified. */
  const keep = (ref: IdentifierRef, customerId: string, { at, actor }: Told): void => {
    if (isAddress(ref.kind)) return
    const claim = { ...ref, customerId, verified: false, at, source: 'key' }
    keeper.keep(claim, keeper.meet(claim, {}), originOf(actor))
  }
  return {
    find(ref: IdentifierRef): Meant {
      const found = keeper.find(ref)
      const { kind } = ref
      if (found === 'shared')
        return { code: 'identifier-shared', details: { kind, hint: hintOf(ref) }, place: 'by' }
      return found
    },
    unknown: (ref: IdentifierRef): Fault => ({
      ...{ code: 'identifier-unknown', details: { kind: ref.kind, hint: hintOf(ref) }, place: 'by' },
    }),
    idOf,
    addressOf,
    keep,
    /** Makes a customer of whom nothing but the identifier is known; answers the id. */
    make(ref: IdentifierRef, told: Told): string {
      const id = idOf(ref)
      make(
        [{ id, name: null, phone: null, email: null, consentEmail: null, ...addressOf(ref) }],
        told.at,
        originOf(told.actor),
      )
      keep(ref, id, told)
      return id
    },
  }
}
