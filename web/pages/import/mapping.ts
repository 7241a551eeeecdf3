import {
  fieldsOf,
  type ImportField,
  type ImportKind,
  type InspectAnswer,
  neededFields,
  reservedNames,
} from '../../../shared/api/imports.ts'

export type { ImportKind } from '../../../shared/api/imports.ts'
export type Mapping = Readonly<Record<string, string>>
export type Choice = ImportField | 'attribute' | 'ignore'

export interface MappingProblems {
  /** Of each group one field is needed, and no column holds any. */
  readonly missing: readonly (readonly ImportField[])[]
  /** Fields that two columns hold. */
  readonly twice: readonly ImportField[]
}

/** What still keeps a file from being imported. */
export function mappingProblems(kind: ImportKind, mapping: Mapping): MappingProblems {
  const targets = Object.values(mapping)
  const count = (field: ImportField) => targets.filter((target) => target === field).length
  return {
    missing: neededFields[kind].filter((group) => group.every((field) => count(field) === 0)),
    twice: fieldsOf[kind].filter((field) => count(field) > 1),
  }
}

/** The choices for one column. A column of a field's own name cannot be an attribute beside that field. */
export function choicesFor(kind: ImportKind, column: string): Choice[] {
  const hidden = reservedNames[kind].includes(column)
  return [...fieldsOf[kind], ...(hidden ? [] : (['attribute'] as const)), 'ignore']
}

/** The first values of a column that are not empty, each once. */
export function examplesOf(sample: InspectAnswer['sample'], column: string, count = 2): string[] {
  const values = sample.map((row) => row[column] ?? '').filter((value) => value.trim() !== '')
  return [...new Set(values)].slice(0, count)
}
