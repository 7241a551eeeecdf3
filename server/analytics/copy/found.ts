import type { DuckDBValue, JS } from '@duckdb/node-api'
import type { CopyBase } from './condition.ts'

/** The copy as a question finds it. */
export interface Found {
  readonly base: CopyBase
  rows(sql: string, values?: readonly DuckDBValue[]): Promise<readonly (readonly JS[])[]>
}

export const textOf = (value: JS | undefined): string | null => (typeof value === 'string' ? value : null)

/** Counts come as whole numbers of 64 bits. */
export const numberOf = (value: JS | undefined): number => Number(value ?? 0)
