import { canonicalIdentifier } from '../../shared/api/identified.ts'
import type { IdentifierRef } from '../../shared/api/persons.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'

/** The customer of an identifier; Problems `not-found`, `identifier-shared`. */
export async function customerBy({ stores }: Desk, given: IdentifierRef): Promise<string> {
  const identifier = canonicalIdentifier(given)
  const [found = 'unknown'] = await stores.persons.find([identifier])
  if (found === 'unknown') throw new Problem('not-found', { what: given.value }, 'value')
  if (found === 'shared')
    throw new Problem('identifier-shared', { kind: given.kind, hint: given.value }, 'value')
  return found.id
}
