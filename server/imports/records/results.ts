import type { z } from 'zod'
import type { RecordFault, RecordResult } from '../../../shared/api/records.ts'
import { type ErrorCode, errors } from '../../../shared/errors/index.ts'
import { fillIn, inBoth } from '../../../shared/errors/say.ts'
import { placedIssues, sayIssue, sayPath } from '../../../shared/journey/issue.ts'
import type { LocalText } from '../../../shared/text.ts'
import type { CellFault } from '../cells.ts'
import { Refusal } from '../reasons.ts'

interface Row {
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
  readonly faults: readonly CellFault[]
}

/** Why a row is not taken: a reason of the import, or a problem of the API. */
export type Why =
  | Refusal
  | {
      readonly code: ErrorCode
      readonly details: Readonly<Record<string, string | number>>
      readonly place?: string
    }

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const longestEcho = 200

/** What a row itself says that it is called. */
function saidId({ id, customer_id }: Readonly<Record<string, unknown>>): string | null {
  const said = id ?? customer_id
  if (typeof said === 'number') return String(said)
  return typeof said === 'string' && said !== '' ? said.slice(0, longestEcho) : null
}

const told = ({ column, value, refusal }: CellFault): RecordFault => ({
  field: column,
  value,
  code: refusal.code,
  message: refusal.reason,
})

const faultsOf = ({ faults }: Pick<Row, 'faults'>) =>
  faults.length === 0 ? {} : { faults: faults.map(told) }

export function takenRecord(row: Row, id: string, status: 'created' | 'updated' | 'unchanged'): RecordResult {
  return { line: row.line, id, status, ...faultsOf(row) }
}

/** Why a record, or the field of it that is told, is not of the shape that is asked for, at its first fault. */
export function invalidRecord(error: z.ZodError, field?: string): Why {
  const [first] = placedIssues(error)
  if (first === undefined) throw error
  const place = sayPath(field === undefined ? first.path : [field, ...first.path])
  const detail = sayIssue(first.issue)
  const at = (mark: string) => (place === '' ? '' : `${place}${mark}`)
  const both = { 'zh-CN': `${at('：')}${detail['zh-CN']}`, en: `${at(': ')}${detail.en}` }
  return { code: 'record-invalid', details: inBoth('detail', both), place }
}

function textsOf(why: Why): { place: string | undefined; message: LocalText; mend: LocalText } {
  if (why instanceof Refusal) {
    const { column } = why.details
    const place = typeof column === 'string' ? column : undefined
    return { place, message: why.reason, mend: errors['record-refused'].mend }
  }
  const { message, mend } = errors[why.code]
  const both = (text: LocalText) => ({
    'zh-CN': fillIn('zh-CN', text, why.details),
    en: fillIn('en', text, why.details),
  })
  return { place: why.place === '' ? undefined : why.place, message: both(message), mend: both(mend) }
}

export function refusedRecord(row: Row, why: Why): RecordResult {
  const { place, message, mend } = textsOf(why)
  return {
    ...{ line: row.line, id: saidId(row.value), status: 'refused', code: why.code },
    ...(place === undefined ? {} : { place }),
    ...{ message, mend },
    ...faultsOf(row),
  }
}
