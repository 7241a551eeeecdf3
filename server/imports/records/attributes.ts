import { reservedNames } from '../../../shared/api/imports.ts'
import { ColumnSample, type Declared, readAs } from '../../../shared/conditions/types/index.ts'
import { separators } from '../../../shared/conditions/types/type.ts'
import { limits } from '../../../shared/limits.ts'
import type { CellFault } from '../cells.ts'
import { attributeOf, attributeReasons } from '../extras.ts'
import { Refusal } from '../reasons.ts'
import { refused } from '../values.ts'
import { fieldNamed, isTold } from './fields.ts'
import { cellOf, isScalar, shown } from './written.ts'

export type AttributeValue = string | number | boolean | null

/** The types of attributes: those that the brand knows, and for new ones what the values that come in speak for. */
export class AttributeTypes {
  readonly #known: Readonly<Record<string, Declared>>
  readonly #samples = new Map<string, ColumnSample>()
  readonly #fresh = new Map<string, Declared>()

  constructor(known: Readonly<Record<string, Declared>>) {
    this.#known = known
  }

  see(name: string, value: unknown): void {
    if (Object.hasOwn(this.#known, name)) return
    const sample = this.#samples.get(name) ?? new ColumnSample()
    this.#samples.set(name, sample)
    if (isScalar(value)) sample.see(value)
    else if (Array.isArray(value)) sample.see(value.filter(isScalar).map(String))
  }

  of(name: string): Declared {
    const known = Object.hasOwn(this.#known, name) ? this.#known[name] : this.#fresh.get(name)
    if (known !== undefined) return known
    const fresh = this.#samples.get(name)?.declared(name) ?? { type: 'text', format: null }
    this.#fresh.set(name, fresh)
    return fresh
  }

  /** Of all names that were seen, known ones among them. */
  all(): Record<string, Declared> {
    const seen = [...this.#samples.keys()].map((name) => [name, this.of(name)] as const)
    return { ...this.#known, ...Object.fromEntries(seen) }
  }
}

export interface AttributePlace {
  readonly zone: string
  readonly currency: string
  readonly types: AttributeTypes
}

/** Why nothing can be an attribute of that name; null where it can. */
export function nameFault(name: string): Refusal | null {
  const column = shown(name)
  if (isTold(name)) return new Refusal('told-field', { column })
  if (reservedNames.customers.includes(name) || fieldNamed(name) !== undefined)
    return new Refusal('reserved-name', { column })
  const empty = name.trim() === ''
  return empty || name.length > limits.nameLength.value ? new Refusal('long-name', { column }) : null
}

/** The members of a list as the one text that an attribute keeps of them. */
function listed(members: readonly unknown[], { format }: Declared): string | null {
  const mark = separators.find((one) => one === format) ?? '|'
  const texts = members.filter(isScalar).map(cellOf)
  if (texts.length < members.length || texts.some((text) => text.includes(mark))) return null
  return texts.filter((text) => text !== '').join(mark)
}

/**
 * What an attribute keeps of a value of JSON, as of a cell: what cannot be read by its type is kept and told. null
 * takes it away; undefined says nothing.
 */
export function attributeFrom(
  column: string,
  value: unknown,
  { types, ...place }: AttributePlace,
  faults: CellFault[],
): AttributeValue | undefined {
  if (value === null) return null
  const declared = types.of(column)
  const plain = Array.isArray(value) ? listed(value, declared) : value
  if (!isScalar(plain)) {
    faults.push({ column, value: shown(value), refusal: new Refusal('no-value', { column }) })
    return undefined
  }
  if (typeof plain === 'string') {
    const written = cellOf(plain)
    if (written === '') return undefined
    const kept = attributeOf(written, { column, declared }, place, faults)
    return isScalar(kept) ? kept : undefined
  }
  const reading = readAs(declared, plain, place)
  if (!reading.ok) {
    const refusal = refused(attributeReasons[reading.reason], String(plain), column, {
      currency: place.currency,
    })
    faults.push({ column, value: String(plain), refusal })
  }
  return plain
}
