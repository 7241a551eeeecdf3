import { type AttributeTypes, declaredOf, isColumn } from '../conditions/customer.ts'
import { sayName, sayOperator } from '../conditions/say.ts'
import { type Condition, type Leaf, leavesOf, type Operator, type Scalar } from '../conditions/schema.ts'
import { type Declared, readAs, types } from '../conditions/types/index.ts'
import type { Journey } from '../journey/graph.ts'
import type { Registry } from '../nodes/type.ts'
import type { Locale } from '../text.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import { type ReadJourney, readJourney } from './read.ts'

/** What is known of the brand's attributes and of how many customers have them. */
export interface KnownAttributes extends AttributeTypes {
  readonly customers: number
  /** By name: how many customers have a value, and of how many it cannot be read. */
  readonly filled: Readonly<Record<string, { readonly filled: number; readonly unreadable: number }>>
}

/** A date that fewer of the customers have is hardly what a trigger is meant to go by. */
const fewCustomers = 0.05
/** So many of the values that cannot be read are more than slips. */
const manyUnreadable = 0.1

/** A column by its word; a brand's own attribute as the brand calls it. */
const spoken = (name: string, locale: Locale) => (isColumn(name) ? sayName(name, locale) : name)

type Words = (locale: Locale) => Readonly<Record<string, string | number>>

/** A diagnostic whose details differ between the languages. */
function told(
  code: string,
  place: { readonly node: string | null; readonly field: string },
  words: Words,
): Diagnostic {
  return diagnose(code, { ...place, zh: words('zh-CN') }, words('en'))
}

/** The first value of an operand that the type cannot read. */
function unfit(
  declared: Declared,
  operand: Scalar | readonly Scalar[],
  known: AttributeTypes,
): Scalar | null {
  const values = [operand].flat() as Scalar[]
  return (
    values.find((value) => {
      if (value === '') return false
      // Times are also asked for by epoch milliseconds.
      if (declared.type === 'time' && typeof value === 'number') return false
      return !readAs(declared, value, known).ok
    }) ?? null
  )
}

function typeFault(leaf: Leaf, known: AttributeTypes): { code: string; words: Words } | null {
  if (leaf.kind !== 'attribute') return null
  const { name, op, value } = leaf
  const declared = declaredOf(known, name)
  if (declared === null) return null
  const { operators, name: typeName } = types[declared.type]
  const about = (locale: Locale) => ({ attribute: spoken(name, locale), type: typeName[locale] })
  const allowed: readonly Operator[] = operators
  if (!allowed.includes(op))
    return { code: 'operator-unfit', words: (locale) => ({ ...about(locale), op: sayOperator(op, locale) }) }
  const wrong = value === undefined ? null : unfit(declared, value, known)
  if (wrong === null) return null
  return { code: 'operand-unfit', words: (locale) => ({ ...about(locale), value: String(wrong) }) }
}

/** The tests of a condition on attributes whose type knows no such comparison, or cannot read the value. */
export function checkTypesOf(
  condition: Condition,
  place: { readonly node: string | null; readonly field: string },
  known: AttributeTypes,
): Diagnostic[] {
  return leavesOf(condition).flatMap((leaf) => {
    const fault = typeFault(leaf, known)
    return fault === null ? [] : [told(fault.code, place, fault.words)]
  })
}

/** The same for all conditions of a journey. */
export function checkTypes(read: ReadJourney, known: KnownAttributes | undefined): Diagnostic[] {
  if (known === undefined) return []
  return [...read.nodes.values()].flatMap(({ id, type, config }) =>
    (type.conditions?.(config) ?? []).flatMap(({ field, condition }) =>
      checkTypesOf(condition, { node: id, field }, known),
    ),
  )
}

/** The tests of a running journey that ask of one attribute what its type does not know, or cannot read. */
export function unfitTests(
  journey: Journey,
  registry: Registry,
  { name, known }: { readonly name: string; readonly known: AttributeTypes },
): Diagnostic[] {
  return [...readJourney(journey, registry).nodes.values()].flatMap(({ id, type, config }) =>
    (type.conditions?.(config) ?? []).flatMap(({ field, condition }) =>
      leavesOf(condition)
        .filter((leaf) => leaf.kind === 'attribute' && leaf.name === name)
        .flatMap((leaf) => checkTypesOf(leaf, { node: id, field }, known)),
    ),
  )
}

/** How many customers have a date under a name that can be read. */
function readableDates(name: string, known: KnownAttributes): { readable: number; unreadable: number } {
  const declared = declaredOf(known, name)
  const { filled, unreadable } = (Object.hasOwn(known.filled, name) ? known.filled[name] : undefined) ?? {
    filled: 0,
    unreadable: 0,
  }
  const dated = declared?.type === 'date' || declared?.type === 'time'
  return dated ? { readable: filled - unreadable, unreadable } : { readable: 0, unreadable: filled }
}

/** Triggers by a date that hardly anybody has, or that cannot be read of many. */
export function checkDates(read: ReadJourney, known: KnownAttributes | undefined): Diagnostic[] {
  if (known === undefined || known.customers === 0) return []
  return [...read.nodes.values()].flatMap(({ id, type, config }) =>
    (type.dates?.(config) ?? []).flatMap(({ field, attribute }) => {
      const { readable, unreadable } = readableDates(attribute, known)
      const enough = readable >= known.customers * fewCustomers && readable > 0
      if (enough && unreadable <= (readable + unreadable) * manyUnreadable) return []
      const of = known.customers
      const words: Words = (locale) => ({ attribute: spoken(attribute, locale), readable, of })
      return [told('date-scarce', { node: id, field }, words)]
    }),
  )
}
