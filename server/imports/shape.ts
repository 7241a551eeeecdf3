import { Refusal } from './reasons.ts'

/**
 * The clean cells of a row, as many as the header has, or why they cannot be told apart. Cells beyond the
 * header that hold nothing are a separator too many at the line's end.
 */
export function shaped(cells: readonly string[], columns: number): readonly string[] | Refusal {
  if (cells.length === columns) return cells
  if (cells.length > columns && cells.slice(columns).every((cell) => cell === ''))
    return cells.slice(0, columns)
  return new Refusal('wrong-columns', { found: cells.length, expected: columns })
}
