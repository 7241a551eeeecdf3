import type { AttributeList } from '../../shared/api/attributes.ts'
import { type VocabularyAnswer, vocabularySize } from '../../shared/api/customers.ts'
import type { StaffList } from '../../shared/api/staff.ts'
import type { KnownAttributes, KnownNames } from '../../shared/compile/index.ts'
import { declaredOf } from '../../shared/conditions/customer.ts'
import type { Declared } from '../../shared/conditions/types/index.ts'
import { useConditionServices } from './context.ts'

/** What the check and the condition editor know of the brand's fields. */
export function knownAttributesOf(
  { customers, attributes }: AttributeList,
  brand: { readonly zone: string; readonly currency: string },
): KnownAttributes {
  const own = attributes.flatMap(({ name, type, format, builtIn }) =>
    builtIn || type === null ? [] : [[name, { type, format }] as const],
  )
  return {
    zone: brand.zone,
    currency: brand.currency,
    of: Object.fromEntries(own),
    customers,
    filled: Object.fromEntries(
      attributes.map(({ name, filled, unreadable }) => [name, { filled, unreadable }]),
    ),
  }
}

/** Which names the brand's customers have, have done or bear, and who works for it; nobody can say of what a list was too long for. */
export function knownNamesOf(
  { customers, attributes }: AttributeList,
  { events, tags }: VocabularyAnswer,
  who: Pick<StaffList, 'staff' | 'teams'> | null,
): KnownNames {
  const known = {
    attribute: { names: new Set(attributes.map(({ name }) => name)), whole: true },
    event: { names: new Set(events.map(({ name }) => name)), whole: events.length < vocabularySize.events },
    tag: { names: new Set(tags), whole: tags.length < vocabularySize.tags },
    staff: {
      names: new Set(who?.staff.flatMap(({ id, active }) => (active ? [id] : []))),
      whole: who !== null,
    },
    team: { names: new Set(who?.teams.map(({ id }) => id)), whole: who !== null },
  }
  return {
    customers,
    has(kind, name) {
      const { names, whole } = known[kind]
      return names.has(name) || (whole ? false : null)
    },
  }
}

/** The type of a column or an attribute; null where nobody has declared one. */
export function useDeclared(name: string): Declared | null {
  const { attributes } = useConditionServices()
  return declaredOf(attributes ?? undefined, name)
}
