import type { IdentifierRef } from '../../shared/api/persons.ts'
import { canonicalAddress } from '../../shared/channels/address/canonical.ts'
import { Problem } from '../../shared/errors/index.ts'
import { isAddress, ruleOf } from '../../shared/persons/kinds.ts'
import type { Desk } from '../ports/desk.ts'

/** An identifier in its one form; Problems `not-an-address`, `identifier-scope`. */
export function canonicalIdentifier({ kind, scope, value }: IdentifierRef): IdentifierRef {
  if ((scope !== '') !== ruleOf(kind).scoped) throw new Problem('identifier-scope', { kind }, 'scope')
  if (!isAddress(kind)) return { kind, scope, value: value.normalize('NFKC').trim() }
  const read = canonicalAddress(kind, value)
  if (!read.ok) throw new Problem('not-an-address', { address: value, kind, why: read.fault }, 'value')
  return { kind, scope, value: read.address }
}

/** The customer of an identifier; Problems `not-found`, `identifier-shared`. */
export async function customerBy({ stores }: Desk, given: IdentifierRef): Promise<string> {
  const identifier = canonicalIdentifier(given)
  const [found = 'unknown'] = await stores.persons.find([identifier])
  if (found === 'unknown') throw new Problem('not-found', { what: given.value }, 'value')
  if (found === 'shared')
    throw new Problem('identifier-shared', { kind: given.kind, hint: given.value }, 'value')
  return found.id
}
