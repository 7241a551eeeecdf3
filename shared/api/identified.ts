import { canonicalAddress } from '../channels/address/canonical.ts'
import { Problem } from '../errors/index.ts'
import { isAddress, ruleOf } from '../persons/kinds.ts'
import type { IdentifierRef } from './persons.ts'

/** An identifier in its one form, or why it can be none: `not-an-address`, `identifier-scope`. */
export function readIdentifier({ kind, scope, value }: IdentifierRef): IdentifierRef | Problem {
  if ((scope !== '') !== ruleOf(kind).scoped) return new Problem('identifier-scope', { kind }, 'scope')
  if (!isAddress(kind)) return { kind, scope, value: value.normalize('NFKC').trim() }
  const read = canonicalAddress(kind, value)
  if (!read.ok) return new Problem('not-an-address', { address: value, kind, why: read.fault }, 'value')
  return { kind, scope, value: read.address }
}

/** An identifier in its one form; Problems `not-an-address`, `identifier-scope`. */
export function canonicalIdentifier(given: IdentifierRef): IdentifierRef {
  const read = readIdentifier(given)
  if (read instanceof Problem) throw read
  return read
}
