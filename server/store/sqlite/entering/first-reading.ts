import { z } from 'zod'
import type { Declared } from '../../../../shared/conditions/types/index.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'

/** What a watch keeps of its audience's meaning: its condition, those it names, and how attributes are read. */
const meaning = z.tuple([z.unknown(), z.unknown(), z.array(z.tuple([z.string(), z.unknown()]))])

/**
 * Tells the watches that an attribute is read for the first time, where nobody but `bearers` customers of this very
 * change has it: then it is no other meaning of their audiences, and whoever joins by it comes in. Within the caller's
 * transaction.
 */
export function firstReading(
  { sqlite }: BrandDatabase,
  name: string,
  { type, format }: Declared,
  bearers: number,
): void {
  const unread = `[${JSON.stringify(name)},null]`
  const watches = sqlite
    .prepare<[string], { id: number; definition: string }>(
      'select rowid as id, definition from watches where instr(definition, ?) > 0',
    )
    .all(unread)
  if (watches.length === 0) return
  const all = sqlite
    .prepare<[string], number>(
      `select count(*) from customers where instr(attributes, ?) > 0 and json_valid(attributes)`,
    )
    .pluck()
    .get(`${JSON.stringify(name)}:`)
  if (all !== bearers) return
  const write = sqlite.prepare('update watches set definition = ? where rowid = ?')
  for (const { id, definition } of watches) {
    const read = readColumn(definition, meaning)
    if (!read.readable) continue
    const [condition, named, types] = read.value
    const told = types.map(([one, as]) => [one, one === name && as === null ? { type, format } : as])
    write.run(JSON.stringify([condition, named, told]), id)
  }
}
