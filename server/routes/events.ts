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
import { parseInstant } from '../../shared/calendar/index.ts'
import { isInstant } from '../../shared/calendar/instant.ts'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import { errors, fill, Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import { placedIssues, sayIssue, sayPath } from '../../shared/journey/issue.ts'
import { limits } from '../../shared/limits.ts'
import { reportTimeFault } from '../../shared/message/report-time.ts'
import { unsoundPart } from '../../shared/sound.ts'
import type { LocalText } from '../../shared/text.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import type { EventFault, IncomingEvent } from '../ports/events.ts'
import type { RouteContext } from './context.ts'

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

/** An event of which a text is broken costs none of the others. */
function brokenText(path: readonly PropertyKey[]): Fault {
  const { message } = errors['text-broken']
  const field = sayPath(path)
  return {
    code: 'invalid-event',
    details: { detail: `${field}: ${message.en}` },
    zh: { detail: `${field}：${message['zh-CN']}` },
    field,
  }
}

/** An event as it is kept, or why it cannot be. */
function read(input: EventInput, { now, brand }: BrandRuntime): IncomingEvent | Fault {
  const { id, customerId, name, at, amount = null } = input
  const broken = unsoundPart(input, { depth: limits.jsonDepth.value, looseNumbers: true })
  if (broken !== null) return brokenText(broken.path)
  const large = faultOf(input)
  if (large !== null) return { code: 'properties-too-large', details: { id, detail: large } }
  const time = at === undefined ? now() : parseInstant(at, brand().zone)
  if (time === null || !isInstant(time))
    return { code: 'invalid-event', details: { detail: `at: ${at}` }, field: 'at' }
  const wrong = isReceipt(name) ? reportTimeFault(time, now(), null) : null
  if (wrong !== null) {
    const told = { id, at: new Date(time).toISOString() }
    return { code: 'report-time', details: { ...told, why: wrong.en }, zh: { ...told, why: wrong['zh-CN'] } }
  }
  return { customerId, event: { id, name, at: time, amount, properties: propertiesOf(input) } }
}

function answerOf(index: number, raw: unknown, status: EventAnswer['status'], fault?: Fault): EventAnswer {
  const answer = { index, id: idOnly.safeParse(raw).data?.id ?? null, status }
  if (fault === undefined) return answer
  const { message, mend } = errors[fault.code]
  const both = (text: LocalText) => ({
    'zh-CN': fill(text['zh-CN'], { ...fault.details, ...fault.zh }),
    en: fill(text.en, fault.details),
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

async function take(runtime: BrandRuntime, raw: readonly unknown[]) {
  const faults = new Map<number, Fault>()
  const events: IncomingEvent[] = []
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
  if (events.length === 0) refuseAll(raw, faults)
  const { accepted, duplicates, outcomes } = await runtime.ingest(events)
  const answers: EventAnswer[] = []
  for (const [at, outcome] of outcomes.entries()) {
    const index = places[at] ?? 0
    if (outcome.status === 'refused') faults.set(index, outcome.fault)
    else if (outcome.status === 'duplicate') answers.push(answerOf(index, raw[index], 'duplicate'))
    else if (outcome.note !== undefined) answers.push(answerOf(index, raw[index], 'noted', outcome.note))
  }
  if (accepted + duplicates === 0) refuseAll(raw, faults)
  for (const [index, fault] of faults) answers.push(answerOf(index, raw[index], 'refused', fault))
  answers.sort((a, b) => a.index - b.index)
  return { accepted, duplicates, refused: faults.size, answers }
}

export function eventRoutes(app: App, context: RouteContext): void {
  app.post(
    '/events',
    {
      config: { textsLater: true },
      bodyLimit: limits.eventsBodySize.value,
      schema: {
        summary: 'Tell what customers did',
        description:
          'Up to 10,000 at once, taken in the order of their own time. Each is taken by itself: one that cannot be is refused in `answers`, with its reason, and keeps no other out; where none at all can be, the call is refused for the first reason. An id seen before for that customer and name is a `duplicate` and ignored. A purchase is the event `order`, with its amount in minor units, and an order’s number belongs to one customer. Money given back is the event `refund`, with the `order_id` among its properties and an amount above zero: it takes back from goals and sums what it undoes. A `coupon_redeemed` counts for whom the coupon was given to. Waits and goals wake within a tick.',
        tags: ['events'],
        params: brandParams,
        body: eventsRequest,
        response: { 200: eventsAnswer },
        problems: ['not-found', 'unknown-customer', 'order-claimed', 'negative-order', 'body-too-large'],
      },
    },
    async ({ params, body }) => take(brandOf(context, params.brand), body.events),
  )
}
