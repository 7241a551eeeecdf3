import { randomUUID } from 'node:crypto'
import { countRecords, type RecordResult, type RecordsAnswer } from '../../shared/api/records.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import { isSoundText } from '../../shared/sound.ts'
import type { Desk } from '../ports/desk.ts'
import type { IncomingRecord, RecordKind, RecordMode, TakeRecords } from '../ports/records.ts'

export interface RecordDesk extends Desk {
  readonly take: TakeRecords
}

/** A row as it came over the wire: read as JSON, or refused for what it is. */
export type ReadRow = IncomingRecord | { readonly line: number; readonly refused: RecordResult }

/** So many rows are one transaction: a long call holds up neither who else writes nor who reads a page. */
const atOnce = 500

function* parts(rows: readonly ReadRow[]): Generator<readonly ReadRow[]> {
  for (let from = 0; from < rows.length; from += atOnce) yield rows.slice(from, from + atOnce)
}

/** A call that brings rows, as a list or as a stream; the log gathers what it changed under its id. */
export class RecordCall {
  readonly #desk: RecordDesk
  readonly #batch: { kind: RecordKind; mode: RecordMode; call: string; act: ReturnType<Desk['act']> }

  constructor(desk: RecordDesk, actor: Actor, kind: RecordKind) {
    this.#desk = desk
    this.#batch = { kind, mode: 'merge', call: randomUUID(), act: desk.act(actor) }
  }

  /** What became of each row, in their order. */
  async take(rows: readonly ReadRow[]): Promise<RecordResult[]> {
    const all: RecordResult[] = []
    for (const part of parts(rows)) {
      const records = part.flatMap((row) => ('refused' in row ? [] : [row]))
      const taken = records.length === 0 ? [] : await this.#desk.take({ ...this.#batch, records })
      const refused = part.flatMap((row) => ('refused' in row ? [row.refused] : []))
      all.push(...[...taken, ...refused].sort((one, other) => one.line - other.line))
    }
    return all
  }
}

/** A call of which nothing could be taken is refused for the first reason; its rows' reasons go along. */
class NoneTaken extends Problem {
  readonly extension: { readonly results: readonly RecordResult[] }

  constructor(results: readonly RecordResult[]) {
    const [first] = results
    const reason = inBoth('reason', first?.message)
    super('records-refused', { count: results.length, ...reason }, first?.place)
    this.extension = { results }
  }
}

/** Takes a list of rows. Problems `records-missing`, `records-refused` where none of them could be taken. */
export async function takeRecords(
  desk: RecordDesk,
  actor: Actor,
  { kind, rows }: { readonly kind: RecordKind; readonly rows: readonly ReadRow[] },
): Promise<RecordsAnswer> {
  return recordsAnswerOf(rows.length === 0 ? [] : await new RecordCall(desk, actor, kind).take(rows))
}

/** What became of a list. Problems `records-missing`, `records-refused` where none of it could be taken. */
export function recordsAnswerOf(results: RecordResult[]): RecordsAnswer {
  if (results.length === 0) throw new Problem('records-missing')
  const counts = countRecords(results)
  if (counts.refused === results.length) throw new NoneTaken(results)
  return { ...counts, results }
}

/** One customer, under the id that the address names. */
export interface SaveCustomer {
  readonly id: string
  /** `replace`: the record is all there is; `change`: what it leaves out stays, and there must be such a customer. */
  readonly mode: 'replace' | 'change'
  readonly record: Readonly<Record<string, unknown>>
}

/** Problems `text-broken`, `record-id-differs`, `record-refused`, and `not-found` where a customer who is to be changed is not there. */
export async function saveCustomer(
  desk: RecordDesk,
  actor: Actor,
  { id, mode, record }: SaveCustomer,
): Promise<RecordResult> {
  if (!isSoundText(id)) throw new Problem('text-broken', {}, 'id')
  const { id: said = id, ...rest } = record
  if (said !== id) throw new Problem('record-id-differs', { id: String(said).slice(0, 200) }, 'id')
  const records = [{ line: 1, value: { id, ...rest } }]
  const batch = { kind: 'customers', mode, call: null, act: desk.act(actor), records } as const
  const [result] = await desk.take(batch)
  if (result === undefined) throw new Error('a row without a result')
  if (result.code === 'unknown-customer') throw new Problem('not-found', { what: id }, 'id')
  if (result.status === 'refused')
    throw new Problem('record-refused', inBoth('reason', result.message), result.place)
  return result
}
