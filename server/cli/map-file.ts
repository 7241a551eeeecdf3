import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  type ColumnType,
  columnType,
  type ImportKind,
  type InspectAnswer,
  importKinds,
} from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'

/** A column is a field, `attribute` or `ignore`, or an attribute of a type. */
const columnMap = z.record(
  z.string(),
  z.union([z.string(), columnType.extend({ as: z.string().default('attribute') })]),
)
type ColumnMap = z.infer<typeof columnMap>
const byKind = z.strictObject({
  customers: columnMap.optional(),
  orders: columnMap.optional(),
  products: columnMap.optional(),
})

/** What a map says of the files of each kind. */
export type Maps = Readonly<Partial<Record<ImportKind, ColumnMap>>>

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Problem('map-unreadable', { file: path, detail: String(error) })
  }
}

/**
 * Reads a file of column → field, or of that by kind: {"orders": {…}}. Problem `map-unreadable`.
 */
export function readMaps(path: string, kinds: readonly ImportKind[]): Maps {
  const json = read(path)
  const divided = byKind.safeParse(json)
  if (divided.success && importKinds.some((kind) => typeof divided.data[kind] === 'object')) {
    const { customers, orders, products } = divided.data
    return {
      ...(customers ? { customers } : {}),
      ...(orders ? { orders } : {}),
      ...(products ? { products } : {}),
    }
  }
  const flat = columnMap.safeParse(json)
  if (!flat.success) throw new Problem('map-unreadable', { file: path, detail: z.prettifyError(flat.error) })
  return Object.fromEntries(kinds.map((kind) => [kind, flat.data]))
}

/**
 * The guessed mapping with what a map says in its place. A field that the map gives to another column is
 * taken from the one that was guessed.
 */
export function mapped(
  guessed: InspectAnswer['mapping'],
  map: ColumnMap,
): { mapping: Record<string, string>; types: Record<string, ColumnType> } {
  const said = Object.entries(map).map(
    ([column, entry]) => [column, typeof entry === 'string' ? entry : entry.as] as const,
  )
  const taken = new Set(said.map(([, field]) => field).filter((field) => field !== 'ignore'))
  const rest = Object.entries(guessed).map(
    ([column, field]) => [column, taken.has(field) ? 'attribute' : field] as const,
  )
  const types = Object.entries(map).flatMap(([column, entry]) =>
    typeof entry === 'string' ? [] : [[column, { type: entry.type, format: entry.format }] as const],
  )
  return {
    mapping: { ...Object.fromEntries(rest), ...Object.fromEntries(said) },
    types: Object.fromEntries(types),
  }
}
