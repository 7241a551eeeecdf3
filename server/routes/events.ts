import { setImmediate as breath } from 'node:timers/promises'
import { z } from 'zod'
import {
  type EventAnswer,
  type EventInput,
  eventInput,
  eventsAnswer,
  eventsRequest,
  faultOf,
  propertiesOf,
} from '../../shared/api/events.ts'
import { readIdentifier } from '../../shared/api/identified.ts'
import { type RecordResult, recordsAnswer } from '../../shared/api/records.ts'
import { parseInstant } from '../../shared/calendar/index.ts'
import { isInstant } from '../../shared/calendar/instant.ts'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import { errors, Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import { fillIn, inBoth } from '../../shared/errors/say.ts'
import { placedIssues, sayIssue, sayPath } from '../../shared/journey/issue.ts'
import { limits } from '../../shared/limits.ts'
import { reportTimeFault } from '../../shared/message/report-time.ts'
import { type Unsound, unsoundPart } from '../../shared/sound.ts'
import type { LocalText } from '../../shared/text.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type ReadRow, recordsAnswerOf } from '../customers/records.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { unsoundCodes } from '../http/json-body.ts'
import { answerStream, isStream, recordTypes, rowsOf } from '../http/records.ts'
import { brandParams } from '../http/route.ts'
import type { Act } from '../ports/acts.ts'
import type { EventFault, IncomingEvent, NamedEvent } from '../ports/events.ts'
import type { RouteContext } from './context.ts'
import { recordProblems } from './records.ts'

/** What is wrong with an event, with the words for details that differ between languages. */
interface Fault extends EventFault {
  readonly zh?: EventFault['details']
  readonly field?: string
}

const idOnly = z.looseObject({ id: z.string() })

/** What of an event is not well formed, at its first fault. */
function malformed(error: z.ZodError): Fault {
  const [first] = placedIssues(error)
  if (first === undefined) return { code: 'invalid-event', details: { detail: '' } }
  const place = sayPath(first.path)
  const said = sayIssue(first.issue)
  const at = place === '' ? '' : place
  return {
    code: 'invalid-event',
    details: { detail: at === '' ? said.en : `${at}: ${said.en}` },
    zh: { detail: at === '' ? said['zh-CN'] : `${at}：${said['zh-CN']}` },
  }
}

/** An event of which a part is not sound costs none of the others. */
function unsound({ kind, path }: Unsound): Fault {
  const { message } = errors[unsoundCodes[kind]]
  const field = sayPath(path.slice(0, 12))
  return {
    code: 'invalid-event',
    details: { detail: `${field}: ${message.en}` },
    zh: { detail: `${field}：${message['zh-CN']}` },
    field,
  }
}

/** What is no time, or on no day of the calendar. */
function noTime(at: string): Fault {
  const said = `${at} is no moment of the calendar; write it like 2026-08-19T10:00:00+08:00`
  const zh = `at：“${at}”不是日历上的时间，请写成 2026-08-19T10:00:00+08:00 的样子`
  return { code: 'invalid-event', details: { detail: `at: ${said}`, detail_zh: zh }, field: 'at' }
}

/** Times of other ages are a mistake of whoever wrote them. */
function timeOutside(at: string): Fault {
  const { firstYear, lastYear } = limits
  const zh = `at：${at} 不在 ${firstYear.value} 年到 ${lastYear.value} 年之间`
  const en = `at: ${at} lies outside the years ${firstYear.value} to ${lastYear.value}`
  return { code: 'invalid-event', details: { detail: en, detail_zh: zh }, zh: { detail: zh }, field: 'at' }
}

/** An event as it is kept, or why it cannot be. */
function read(input: EventInput, { now, brand }: BrandRuntime): IncomingEvent | NamedEvent | Fault {
  const { id, customerId, by, name, at, amount = null } = input
  const broken = unsoundPart(input, { depth: limits.jsonDepth.value, looseNumbers: true })
  if (broken !== null) return unsound(broken)
  const large = faultOf(input)
  if (large !== null) return { code: 'properties-too-large', details: { id, ...inBoth('detail', large) } }
  const time = at === undefined ? now() : parseInstant(at, brand().zone)
  if (time === null) return noTime(String(at))
  if (!isInstant(time)) return timeOutside(String(at))
  const wrong = isReceipt(name) ? reportTimeFault(time, now(), null) : null
  if (wrong !== null) {
    const told = { id, at: new Date(time).toISOString() }
    return { code: 'report-time', details: { ...told, why: wrong.en }, zh: { ...told, why: wrong['zh-CN'] } }
  }
  const event = { id, name, at: time, amount, properties: propertiesOf(input) }
  // Of both the schema lets one through.
  if (by === undefined) return { customerId: String(customerId), event }
  const named = readIdentifier(by)
  return named instanceof Problem ? { code: named.code, details: named.details } : { by: named, event }
}

const idOf = (raw: unknown): string | null => idOnly.safeParse(raw).data?.id ?? null

function toldOf(index: number, raw: unknown, status: EventAnswer['status'], fault?: Fault): EventAnswer {
  const answer = { index, id: idOf(raw), status }
  if (fault === undefined) return answer
  const { message, mend } = errors[fault.code]
  const both = (text: LocalText) => ({
    'zh-CN': fillIn('zh-CN', text, { ...fault.details, ...fault.zh }),
    en: fillIn('en', text, fault.details),
  })
  return { ...answer, code: fault.code, message: both(message), mend: both(mend) }
}

/** Nothing at all could be taken: the call as a whole is refused, for the first reason. */
function refuseAll(raw: readonly unknown[], faults: ReadonlyMap<number, Fault>): never {
  const [index, fault] = [...faults].sort(([a], [b]) => a - b)[0] ?? [0, undefined]
  const strict = z.object({ events: z.array(eventInput) }).safeParse({ events: raw.slice(0, index + 1) })
  if (!strict.success) throw new InvalidInput(strict.error)
  if (fault === undefined) throw new Problem('internal', { id: 'events' })
  const { field } = fault
  if (field !== undefined)
    throw new Problem('invalid-request', { ...fault.details }, `events.${index}.${field}`)
  throw new Problem(fault.code, { ...fault.details }, `events.${index}`)
}

/** So many events are read before others get their turn. */
const readAtOnce = 500

/** What became of events; of those that were simply taken nothing is told. */
async function taken(runtime: BrandRuntime, act: Act, raw: readonly unknown[]) {
  const faults = new Map<number, Fault>()
  const events: (IncomingEvent | NamedEvent)[] = []
  const places: number[] = []
  for (const [index, one] of raw.entries()) {
    if (index > 0 && index % readAtOnce === 0) await breath()
    const parsed = eventInput.safeParse(one)
    const event = parsed.success ? read(parsed.data, runtime) : malformed(parsed.error)
    if ('code' in event) faults.set(index, event)
    else {
      events.push(event)
      places.push(index)
    }
  }
  const none = { accepted: 0, duplicates: 0, outcomes: [] }
  const { accepted, duplicates, outcomes } = events.length === 0 ? none : await runtime.ingest(events, act)
  const answers: EventAnswer[] = []
  for (const [at, outcome] of outcomes.entries()) {
    const index = places[at] ?? 0
    if (outcome.status === 'refused') faults.set(index, outcome.fault)
    else if (outcome.status === 'duplicate') answers.push(toldOf(index, raw[index], 'duplicate'))
    else if (outcome.note !== undefined) answers.push(toldOf(index, raw[index], 'noted', outcome.note))
  }
  for (const [index, fault] of faults) answers.push(toldOf(index, raw[index], 'refused', fault))
  answers.sort((a, b) => a.index - b.index)
  if (faults.size > 0)
    await runtime.stores.quality.noteRefused(
      act,
      'events',
      [...faults.values()].map(({ code }) => code),
    )
  return { accepted, duplicates, refused: faults.size, answers, faults }
}

async function take(runtime: BrandRuntime, act: Act, raw: readonly unknown[]) {
  const { faults, ...answer } = await taken(runtime, act, raw)
  if (answer.accepted + answer.duplicates === 0) refuseAll(raw, faults)
  return answer
}

/** What became of the events of some rows, each with its result, in their order. */
async function takeRows(runtime: BrandRuntime, act: Act, rows: readonly ReadRow[]): Promise<RecordResult[]> {
  const raw = rows.map((row) => ('refused' in row ? null : row.value))
  const told = new Map<number, EventAnswer>()
  const places = rows.flatMap((row, index) => ('refused' in row ? [] : [index]))
  const { answers } = await taken(
    runtime,
    act,
    places.map((place) => raw[place]),
  )
  for (const answer of answers) told.set(places[answer.index] ?? 0, answer)
  return rows.map((row, index): RecordResult => {
    if ('refused' in row) return row.refused
    const { status = 'accepted', index: _place, id = idOf(row.value), ...why } = told.get(index) ?? {}
    return { line: row.line, id, status: statuses[status], ...why }
  })
}

/** A number too long to be held is kept, and the event noted. */
const loose = { looseNumbers: true } as const

const statuses = {
  accepted: 'created',
  noted: 'created',
  duplicate: 'unchanged',
  refused: 'refused',
} as const satisfies Record<EventAnswer['status'] | 'accepted', RecordResult['status']>

export function eventRoutes(app: App, context: RouteContext): void {
  app.post(
    '/events',
    {
      config: { records: true, textsLater: true },
      bodyLimit: limits.eventsBodySize.value,
      schema: {
        summary: 'Tell what customers did',
        description:
          'Up to 10,000 at once, taken in the order of their own time. Each is taken by itself: one that cannot be is refused in `answers`, with its reason, and keeps no other out; where none at all can be, the call is refused for the first reason. An id seen before for that customer and name is a `duplicate` and ignored. A purchase is the event `order`, with its amount in minor units, and an order’s number belongs to one customer. Money given back is the event `refund`, with the `order_id` among its properties and an amount above zero: it takes back from goals and sums what it undoes. A `coupon_redeemed` counts for whom the coupon was given to. Waits and goals wake within a tick. A list by itself, or one event a line as application/x-ndjson, is answered with a result for each as POST /customers does; `created` is an event that was taken. A time lies between the years 1900 and 2200. Who it is of says `customerId`, or `by` with any identifier of theirs (`{"kind": "phone", "value": "…"}`); one that several have is refused. A customer whom nobody knows is refused or made, as the brand’s settings say.',
        tags: ['events'],
        params: brandParams,
        consumes: recordTypes,
        record: z.union([eventInput, eventsRequest]),
        response: { 200: z.union([eventsAnswer, recordsAnswer]) },
        problems: [
          ...recordProblems,
          'unknown-customer',
          'identifier-unknown',
          'identifier-shared',
          'order-claimed',
          'negative-order',
        ],
      },
    },
    async (request, reply) => {
      const { body } = request
      const runtime = brandOf(context, request.params.brand)
      const act = runtime.act(actorOf(context, request))
      if (isStream(request))
        return answerStream(request, reply, {
          folder: runtime.importsFolder,
          take: (rows) => takeRows(runtime, act, rows),
          rules: loose,
        })
      if (Array.isArray(body)) return recordsAnswerOf(await takeRows(runtime, act, rowsOf(body, loose)))
      const asked = eventsRequest.safeParse(body)
      if (!asked.success) throw new InvalidInput(asked.error)
      return take(runtime, act, asked.data.events)
    },
  )
}
