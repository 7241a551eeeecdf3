import type { z } from 'zod'
import { type RedemptionRecord, redemptionRecord } from '../../shared/api/coupons.ts'
import { readIdentifier } from '../../shared/api/identified.ts'
import type { RecordResult } from '../../shared/api/records.ts'
import { parseInstant } from '../../shared/calendar/index.ts'
import { isInstant } from '../../shared/calendar/instant.ts'
import { couponEvents } from '../../shared/coupons/events.ts'
import { type ErrorCode, errors, Problem, textsOf } from '../../shared/errors/index.ts'
import { fillIn } from '../../shared/errors/say.ts'
import { placedIssues, sayIssue, sayPath } from '../../shared/journey/issue.ts'
import type { Act } from '../ports/acts.ts'
import type { Desk } from '../ports/desk.ts'
import type { EventFault, EventOutcome, IncomingEvent, NamedEvent, TakenEvents } from '../ports/events.ts'

export interface RedemptionDesk extends Desk {
  ingest(events: readonly (IncomingEvent | NamedEvent)[], act: Act): Promise<Pick<TakenEvents, 'outcomes'>>
}

type Row =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly refused: RecordResult }

function refused(line: number, id: string | null, problem: Problem): RecordResult {
  const { message, mend } = textsOf(problem)
  const place = problem.place === undefined || problem.place === '' ? {} : { place: problem.place }
  return { line, id, status: 'refused', code: problem.code, ...place, message, mend }
}

/** What of a row is not well formed, at its first fault. */
function malformed(error: z.ZodError): Problem {
  const [first] = placedIssues(error)
  if (first === undefined) return new Problem('invalid-request', { detail: '' })
  const place = sayPath(first.path)
  const { en, 'zh-CN': zh } = sayIssue(first.issue)
  return new Problem('invalid-request', { detail: `${place}: ${en}`, detail_zh: `${place}：${zh}` }, place)
}

function faultOf(line: number, id: string, { code, details }: EventFault): RecordResult {
  const { message, mend }: (typeof errors)[ErrorCode] = errors[code]
  const both = (text: { 'zh-CN': string; en: string }) => ({
    'zh-CN': fillIn('zh-CN', text, details),
    en: fillIn('en', text, details),
  })
  return { line, id, status: 'refused', code, message: both(message), mend: both(mend) }
}

type Given = ReadonlyMap<string, { readonly code: string; readonly customerId: string }>

/** A redemption as the event that it is; a Problem where it can be none. */
function eventOf(record: RedemptionRecord, given: Given, { now, brand }: Desk): IncomingEvent | NamedEvent {
  const { code: told, customerId, by, orderId, at } = record
  const found = given.get(told)
  if (found === undefined) throw new Problem('coupon-code-unknown', { code: told }, 'code')
  const time = at === undefined ? now() : typeof at === 'number' ? at : parseInstant(at, brand().zone)
  if (time === null || !isInstant(time))
    throw new Problem('invalid-request', { detail: `at: ${String(at)}` }, 'at')
  const { code } = found
  const event = {
    // The same order, told again, is the same redemption; at another time a code without one is used again.
    id: orderId === undefined ? `use:${code}:${time}` : `${orderId}:${code}`,
    ...{ name: couponEvents.redeemed, at: time, amount: null },
    properties: { code, ...(orderId === undefined ? {} : { order_id: orderId }) },
  }
  if (by === undefined) return { customerId: customerId ?? found.customerId, event }
  const named = readIdentifier(by)
  if (named instanceof Problem) throw named
  return { by: named, event }
}

const statusOf = ({ status }: EventOutcome): RecordResult['status'] =>
  status === 'accepted' ? 'created' : status === 'duplicate' ? 'unchanged' : 'refused'

/** Takes codes that were used, each by itself: what does not count is refused with its reason. */
export async function redeem(desk: RedemptionDesk, act: Act, rows: readonly Row[]): Promise<RecordResult[]> {
  const results = new Map<number, RecordResult>()
  const read: { readonly line: number; readonly record: RedemptionRecord }[] = []
  for (const row of rows) {
    if ('refused' in row) {
      results.set(row.line, row.refused)
      continue
    }
    const parsed = redemptionRecord.safeParse(row.value)
    if (parsed.success) read.push({ line: row.line, record: parsed.data })
    else results.set(row.line, refused(row.line, null, malformed(parsed.error)))
  }
  const given = await desk.stores.coupons.ownersOf(read.map(({ record }) => record.code))
  const events: {
    readonly line: number
    readonly code: string
    readonly event: IncomingEvent | NamedEvent
  }[] = []
  for (const { line, record } of read) {
    try {
      events.push({ line, code: record.code, event: eventOf(record, given, desk) })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      results.set(line, refused(line, record.code, error))
    }
  }
  const taken =
    events.length === 0
      ? []
      : (
          await desk.ingest(
            events.map(({ event }) => event),
            act,
          )
        ).outcomes
  for (const [at, { line, code }] of events.entries()) {
    const outcome = taken[at]
    if (outcome === undefined) continue
    const fault = outcome.status === 'refused' ? outcome.fault : 'note' in outcome ? outcome.note : undefined
    results.set(
      line,
      fault === undefined ? { line, id: code, status: statusOf(outcome) } : faultOf(line, code, fault),
    )
  }
  return [...results.values()].sort((one, other) => one.line - other.line)
}
