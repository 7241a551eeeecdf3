import { categoriesIn, linesProperty } from '../models/habits.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** By what a line names its good: its number, else its title. */
export const lineNames = ['sku', 'title'] as const

function named(line: unknown): string[] {
  const name = (isRecord(line) ? lineNames.map((field) => line[field]) : [line]).find(
    (one) => typeof one === 'string' || typeof one === 'number',
  )
  return name === undefined ? [] : [String(name)]
}

/**
 * What was bought with an order, each once: its lines by number, else by title; of an order without lines the categories
 * that it names, which are goods of a coarse kind.
 */
export function goodsOf(properties: Readonly<Record<string, unknown>>): readonly string[] {
  const lines = properties[linesProperty]
  const goods = Array.isArray(lines) ? lines.flatMap(named) : []
  return [...new Set(goods.length > 0 ? goods : categoriesIn(properties))]
}
