import { type DuckDBValue, listValue } from '@duckdb/node-api'

/** From so many texts on they are looked up in a list instead of being compared one by one. */
const fewTexts = 12

/** The parameters of one query: texts, each written once. Numbers stand in the query, where the planner sees them. */
export class Parameters {
  readonly values: DuckDBValue[] = []
  readonly #known = new Map<string, string>()

  text(value: string): string {
    return this.#of(JSON.stringify(value), value, 'VARCHAR')
  }

  texts(values: readonly string[]): string {
    return this.#of(JSON.stringify(values), listValue(values), 'VARCHAR[]')
  }

  #of(key: string, value: DuckDBValue, type: string): string {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.values.push(value)
    const made = `$${this.values.length}::${type}`
    this.#known.set(key, made)
    return made
  }
}

/** A number of JavaScript's as DuckDB reads the very same: without an exponent it would read a decimal. */
export function numberSql(value: number): string {
  if (Number.isFinite(value)) return value.toExponential()
  return `'${value > 0 ? 'infinity' : '-infinity'}'::DOUBLE`
}

/** A column of customers, which is no name within another expression: its values are looked up by their hash. */
const isColumn = (sql: string): boolean => /^c\.\w+$/.test(sql)

const amongList = (sql: string, list: string): string =>
  isColumn(sql) ? `${sql} in (select unnest(${list}))` : `list_contains(${list}, ${sql})`

/** Whether a text is one of some. */
export function amongTexts(sql: string, texts: readonly string[], parameters: Parameters): string {
  if (texts.length === 0) return 'false'
  if (texts.length > fewTexts) return amongList(sql, parameters.texts(texts))
  return `${sql} in (${texts.map((text) => parameters.text(text)).join(', ')})`
}

export function amongNumbers(sql: string, numbers: readonly number[]): string {
  if (numbers.length === 0) return 'false'
  const written = numbers.map(numberSql).join(', ')
  return numbers.length > fewTexts ? amongList(sql, `[${written}]`) : `${sql} in (${written})`
}

/** Pieces of which one at least, or all, must hold. */
export const anyOf = (parts: readonly string[]): string =>
  parts.length === 0 ? 'false' : parts.length === 1 ? (parts[0] ?? 'false') : `(${parts.join(' or ')})`
export const allOf = (parts: readonly string[]): string =>
  parts.length === 0 ? 'true' : parts.length === 1 ? (parts[0] ?? 'true') : `(${parts.join(' and ')})`

/** SQL that names a value once and uses it often: it is worked out once for each row. */
export function bound(sql: string, use: (name: string) => string, name = 'v'): string {
  return `list_transform([${sql}], lambda ${name}: ${use(name)})[1]`
}

/** The path of a member of a JSON object by its name, whatever stands in the name. */
export function memberSql(object: string, name: string, parameters: Parameters): string {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return `json_extract(${object}, ${parameters.text(pointer)})::VARCHAR`
}
