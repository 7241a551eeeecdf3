import type { InspectAnswer } from '../../shared/api/imports.ts'
import { cleanRow } from './clean.ts'
import type { Head } from './head.ts'
import { type FileRequest, planOf, surveyPlan, typesOf } from './plan.ts'
import { programOf } from './programs.ts'
import type { CsvTable } from './table.ts'
import { warningsOf } from './warnings.ts'

/** Rows shown before an import, and lines from which the header may be chosen. */
const sampled = 5
const headLines = 12
const longestLine = 160

async function sampleOf({ columns, rows }: CsvTable, noData: ReadonlySet<number>) {
  const sample: Record<string, string>[] = []
  for await (const some of rows())
    for (const { cells, line } of some) {
      if (cells === null || cells.length < columns.length || noData.has(line)) continue
      const clean = cleanRow(cells)
      sample.push(Object.fromEntries(columns.map((column, index) => [column, clean[index] ?? ''])))
      if (sample.length >= sampled) return sample
    }
  return sample
}

function headText({ lines }: Head): InspectAnswer['head'] {
  return lines.slice(0, headLines).map(({ line, cells }) => {
    const text = (cells ?? [])
      .map((cell) => cell.trim())
      .join('  ')
      .trim()
    return { line, text: text.length > longestLine ? `${text.slice(0, longestLine)}…` : text }
  })
}

/**
 * What a file holds, before anything is written; what is not said of it is guessed. Problems of `openTable`.
 */
export async function inspectFile(request: FileRequest): Promise<InspectAnswer> {
  const plan = await planOf(request)
  const { kind, sure, table, mapping, membership } = plan
  const survey = await surveyPlan(plan)
  const empty = new Set(survey.empty)
  const unnamed = (column: string) => /^column_\d+$/.test(column) && empty.has(column)
  return {
    kind,
    sure: request.kind !== undefined || sure,
    program: programOf(table.columns)?.name ?? null,
    encoding: table.encoding,
    delimiter: table.delimiter,
    header: table.head.header.line,
    head: headText(table.head),
    columns: [...table.columns],
    mapping: Object.fromEntries(
      Object.entries(mapping).map(([column, field]) => [column, unnamed(column) ? 'ignore' : field]),
    ),
    types: { ...typesOf(survey, request.types) },
    membership,
    sample: await sampleOf(table, new Set(survey.noData.map(({ line }) => line))),
    rows: survey.rows,
    noData: survey.noData.map((one) => ({ ...one, reason: { ...one.reason } })),
    warnings: warningsOf(plan, survey, request.kind !== undefined || sure),
  }
}
