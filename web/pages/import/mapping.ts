import { customerFields, type InspectAnswer, orderFields } from '../../../shared/api/imports.ts'

export type ImportKind = InspectAnswer['kind']
export type Mapping = Readonly<Record<string, string>>

export const fields = { customers: customerFields, orders: orderFields } as const
export type Field = (typeof customerFields)[number] | (typeof orderFields)[number]

/** Without these a file cannot be imported. */
const required: Readonly<Record<ImportKind, readonly Field[]>> = {
  customers: ['customer_id'],
  orders: ['order_id', 'customer_id', 'ordered_at', 'amount'],
}

const isField = (kind: ImportKind, target: string): target is Field =>
  fields[kind].some((field) => field === target)

/** What still keeps a file from being imported: fields that no column holds, and those that two do. */
export function mappingProblems(kind: ImportKind, mapping: Mapping): { missing: Field[]; twice: Field[] } {
  const targets = Object.values(mapping)
  const count = (field: Field) => targets.filter((target) => target === field).length
  return {
    missing: required[kind].filter((field) => count(field) === 0),
    twice: fields[kind].filter((field) => count(field) > 1),
  }
}

/** The choices for one column. A column of a field's own name cannot be an attribute beside that field. */
export function choicesFor(kind: ImportKind, column: string): (Field | 'attribute' | 'ignore')[] {
  return [...fields[kind], ...(isField(kind, column) ? [] : (['attribute'] as const)), 'ignore']
}

/** The first value of a column that is not empty. */
export function exampleOf(sample: InspectAnswer['sample'], column: string): string {
  return sample.map((row) => row[column] ?? '').find((value) => value.trim() !== '') ?? ''
}
