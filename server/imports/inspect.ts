import type { InspectAnswer } from '../../shared/api/imports.ts'
import { guessKind, guessMapping, type ImportKind } from './columns.ts'
import type { Source } from './source.ts'
import { openTable } from './table.ts'

/** Rows shown before an import. */
const sampled = 5

/**
 * What a file holds, before anything is written; the kind and the mapping are guessed from the header.
 * Problems of `openTable`.
 */
export async function inspectFile(source: Source, kind?: ImportKind): Promise<InspectAnswer> {
  const { encoding, columns, rows } = await openTable(source)
  const of = kind ?? guessKind(columns)
  const sample: Record<string, string>[] = []
  let count = 0
  for await (const some of rows()) {
    count += some.length
    for (const { cells } of some) {
      if (sample.length >= sampled) break
      if (cells?.length === columns.length)
        sample.push(Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])))
    }
  }
  return {
    kind: of,
    encoding,
    columns: [...columns],
    mapping: guessMapping(of, columns),
    sample,
    rows: count,
  }
}
