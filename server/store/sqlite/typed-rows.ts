import type Database from 'better-sqlite3'

/**
 * SQLite keeps in a column whatever it is given. What an older release, another program or a hand has written there
 * must not fail those who read the other rows, so every row that is read has values of its columns' kinds: a number of
 * text is 0, bytes are the text that they spell, and a number beyond what JavaScript counts exactly stands at its end.
 * Which cells that befalls is told by `unreadable`, where they can be mended.
 */
export type Kind = 'text' | 'integer' | 'blob' | 'any'

/** Beyond it numbers are no longer exact. */
const greatest = Number.MAX_SAFE_INTEGER

function kindOf(declared: string | null): Kind {
  const type = (declared ?? '').toLowerCase()
  return type === 'text' || type === 'integer' || type === 'blob' ? type : 'any'
}

const isWhole = (value: number) => Number.isInteger(value) && value >= -greatest && value <= greatest

function asNumber(value: unknown): number {
  const number = typeof value === 'number' ? Math.trunc(value) : 0
  return Math.max(-greatest, Math.min(greatest, number))
}

const asText = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('utf8') : String(value))

/** The value as its column's kind has it; nearly always the value itself. */
function asKind(value: unknown, kind: Kind): unknown {
  if (value === null) return value
  if (kind === 'text') return typeof value === 'string' ? value : asText(value)
  if (kind === 'blob') return Buffer.isBuffer(value) ? value : Buffer.from(String(value))
  if (kind === 'integer') return typeof value === 'number' && isWhole(value) ? value : asNumber(value)
  if (Buffer.isBuffer(value)) return asText(value)
  return typeof value === 'number' && Math.abs(value) > greatest ? asNumber(value) : value
}

type Row = Record<string, unknown>

/** Puts the values of a row right, in place. */
function fitterOf(columns: readonly Database.ColumnDefinition[]): {
  object(row: Row): void
  array(row: unknown[]): void
  value(value: unknown): unknown
} {
  const kinds = columns.map(({ name, type }) => ({ name, kind: kindOf(type) }))
  return {
    object(row) {
      for (const { name, kind } of kinds) {
        const value = row[name]
        const fitting = asKind(value, kind)
        if (fitting !== value) row[name] = fitting
      }
    },
    array(row) {
      for (let at = 0; at < kinds.length; at += 1) {
        const value = row[at]
        const fitting = asKind(value, kinds[at]?.kind ?? 'any')
        if (fitting !== value) row[at] = fitting
      }
    },
    value: (value) => asKind(value, kinds[0]?.kind ?? 'any'),
  }
}

type Mode = 'object' | 'array' | 'value' | 'exact'

function typed(statement: Database.Statement<unknown[], unknown>): Database.Statement<unknown[], unknown> {
  if (!statement.reader) return statement
  let mode: Mode = 'object'
  let known: ReturnType<typeof fitterOf> | null = null
  const fitted = <T>(row: T): T => {
    if (row === undefined || mode === 'exact') return row
    known ??= fitterOf(statement.columns())
    if (mode === 'array') known.array(row as unknown[])
    else if (mode === 'object') known.object(row as Row)
    else return known.value(row) as T
    return row
  }
  const { all, get, iterate, raw, pluck, safeIntegers } = statement
  const set = (next: Mode, on: boolean) => {
    mode = on ? next : 'object'
    return statement
  }
  return Object.assign(statement, {
    all: (...values: unknown[]) => {
      // The names of the columns are known to a statement only while it does not run.
      known ??= fitterOf(statement.columns())
      const rows = all.apply(statement, values)
      if (mode === 'value') return rows.map(fitted)
      for (const row of rows) fitted(row)
      return rows
    },
    get: (...values: unknown[]) => {
      known ??= fitterOf(statement.columns())
      return fitted(get.apply(statement, values))
    },
    *iterate(...values: unknown[]) {
      known ??= fitterOf(statement.columns())
      for (const row of iterate.apply(statement, values)) yield fitted(row)
    },
    raw: (on = true) => {
      raw.call(statement, on)
      return set('array', on)
    },
    pluck: (on = true) => {
      pluck.call(statement, on)
      return set('value', on)
    },
    safeIntegers: (on = true) => {
      safeIntegers.call(statement, on)
      return set('exact', on)
    },
  })
}

/** Lets all statements of a connection, drizzle's among them, read rows whose values are of their columns' kinds. */
export function readTyped(sqlite: Database.Database): void {
  const { prepare } = sqlite
  Object.assign(sqlite, {
    prepare: (source: string) =>
      typed(prepare.call(sqlite, source) as Database.Statement<unknown[], unknown>),
  })
}
