import { z } from 'zod'
import { addSpan, leastLength, saySpan } from '../calendar/index.ts'
import { matches } from '../conditions/compare.ts'
import { type CustomerEvent, propertyOf } from '../conditions/customer.ts'
import { timesLeft } from '../conditions/history.ts'
import { comesAfter, type EventMark, markOf } from '../conditions/mark.ts'
import { isReceipt } from '../conditions/receipts.ts'
import { sayFilter } from '../conditions/say.ts'
import { eventFilter } from '../conditions/schema.ts'
import { isOwn, isOwnReceipt } from '../journey/belonging.ts'
import { lengthSchema } from '../journey/length.ts'
import { referenceMark, waitMark } from '../journey/reference.ts'
import { eventSeen } from './recall.ts'
import {
  type DecideInput,
  type Decision,
  defineNode,
  type Enrollment,
  type EventWait,
  type Port,
} from './type.ts'

const config = z.strictObject({
  filter: eventFilter,
  limit: lengthSchema,
  /** Whether events between entry and this wait count too (rule 8). */
  since: z.enum(['wait', 'entry']).default('wait'),
  /** The coupon node whose code the event's property `code` must be. */
  coupon: z.string().max(64).nullable().default(null),
  /** Of a report of a message: the node that sent it; null: any of this passage's messages. */
  message: z.string().max(64).nullable().default(null),
  /** Where re-entry is keyed, only events of the passage's own key count; of a message, only its own always do. */
  bound: z.boolean().default(true),
  /** How long after the deadline an event that happened before it may still arrive. */
  graceMinutes: z.int().min(0).max(10_080).default(0),
  maxVisits: z.int().min(1).max(1000).nullable().default(null),
})
type Config = z.infer<typeof config>

/** Where the wait begins among the customer's events; `recorded`: as told from those that were there already. */
function beginning({ since }: Config, enrollment: Enrollment, recorded: boolean): EventMark {
  return since === 'entry' ? referenceMark(enrollment, recorded) : waitMark(enrollment, recorded)
}

/** A report in whole seconds belongs to the second of its message; none answers two waits in a row. */
function reportedSince(event: CustomerEvent, since: number, by: EventMark | null): boolean {
  const from = event.at % 1000 === 0 ? Math.floor(since / 1000) * 1000 : since
  return event.at >= from && !(event.id === by?.id && event.name === by.name)
}

function answers(
  settings: Config,
  input: DecideInput,
  wait: EventWait,
  event: CustomerEvent,
  recorded: boolean,
): boolean {
  const { enrollment } = input
  if (event.at > wait.until || !matches(settings.filter, event, input.facts.entry)) return false
  if (isReceipt(event.name))
    return (
      isOwnReceipt(enrollment, event, settings.message) && reportedSince(event, wait.after + 1, enrollment.by)
    )
  if (event.at <= wait.after || !comesAfter(event, beginning(settings, enrollment, recorded))) return false
  if (settings.bound && !isOwn(enrollment, event, input.key)) return false
  if (settings.coupon === null) return true
  const code = input.enrollment.coupons[settings.coupon]?.code
  return code !== undefined && propertyOf(event, 'code') === code
}

function happened({ filter, bound, coupon }: Config, event: CustomerEvent, input: DecideInput): Decision {
  const asked = { key: bound ? input.key : null, coupon: coupon !== null }
  return {
    kind: 'leave',
    port: 'happened',
    reason: {
      code: 'event',
      event: event.name,
      id: event.id,
      at: event.at,
      ...eventSeen(event, filter.where, asked),
    },
    by: markOf(event),
  }
}

/** The first recorded event that answers: it came before the wait, or while the journey was paused. */
function recorded(settings: Config, input: DecideInput, wait: EventWait): CustomerEvent | undefined {
  return input.facts.events.find((one) => one.at <= input.now && answers(settings, input, wait, one, true))
}

function arrive(settings: Config, input: DecideInput): Decision {
  const { enrollment, zone } = input
  const visit = timesLeft(enrollment.history, input.node) + 1
  if (settings.maxVisits !== null && visit > settings.maxVisits)
    return { kind: 'leave', port: 'limit', reason: { code: 'visit-limit', visit, limit: settings.maxVisits } }
  const deadline = addSpan(enrollment.arrivedAt, settings.limit, enrollment.entry.timezone ?? zone)
  const after = beginning(settings, enrollment, false).at - 1
  const event: EventWait = { event: settings.filter.event, after, until: deadline }
  const earlier = recorded(settings, input, event)
  if (earlier !== undefined) return happened(settings, earlier, input)
  const until = deadline + settings.graceMinutes * 60_000
  return { kind: 'wait', wait: { until, event, cause: null }, reason: { code: 'waiting', until: deadline } }
}

function decide(settings: Config, input: DecideInput): Decision {
  const { wake, now } = input
  const wait = input.enrollment.wait
  if (wake.kind === 'arrive' || wait === null || wait.event === null) return arrive(settings, input)
  const event = wake.kind === 'event' ? wake.event : undefined
  const answer =
    event && answers(settings, input, wait.event, event, false)
      ? event
      : recorded(settings, input, wait.event)
  if (answer !== undefined) return happened(settings, answer, input)
  if (wait.until !== null && wait.until <= now && wake.kind !== 'event')
    return { kind: 'leave', port: 'timeout', reason: { code: 'no-event', deadline: wait.event.until } }
  return { kind: 'wait', wait, reason: { code: 'waiting', until: wait.event.until } }
}

function portsOf({ maxVisits }: Config): Port[] {
  const ports: Port[] = [
    { id: 'happened', name: { 'zh-CN': '发生了', en: 'It happened' } },
    { id: 'timeout', name: { 'zh-CN': '超时未发生', en: 'Not in time' } },
  ]
  if (maxVisits !== null) ports.push({ id: 'limit', name: { 'zh-CN': '次数用完', en: 'Visits used up' } })
  return ports
}

/** Rules 5 and 8: for an event with a filter, with a time limit. */
export const waitEvent = defineNode<Config>({
  type: 'wait_event',
  role: 'step',
  category: 'time',
  name: { 'zh-CN': '等待行为', en: 'Wait for an event' },
  help: {
    'zh-CN': '等客户做某件事，最多等到期限',
    en: 'Wait for a customer to do something, up to a time limit',
  },
  config,
  defaults: () => ({
    filter: { event: 'order', where: [] },
    limit: { amount: 7, unit: 'day' },
    since: 'wait',
    coupon: null,
    message: null,
    bound: true,
    graceMinutes: 0,
    maxVisits: null,
  }),
  ports: portsOf,
  // Another event is needed at each visit, and may come in the next moment; since entry it may have come already.
  leastStay: ({ limit, since }, { port }) => {
    if (port === 'timeout') return leastLength(limit)
    return port === 'happened' && since === 'wait' ? 1 : 0
  },
  maxVisits: (settings) => settings.maxVisits,
  passage: ({ limit, graceMinutes }, { arrivedAt, port, zone }) => {
    if (port === 'limit') return [arrivedAt, arrivedAt]
    const end = addSpan(arrivedAt, limit, zone) + graceMinutes * 60_000
    return [port === 'timeout' ? end : arrivedAt, end]
  },
  refers: ({ coupon, message, filter }) => [
    ...(coupon === null ? [] : [{ field: 'coupon', node: coupon, gives: 'coupon.code' }]),
    ...(message === null || !isReceipt(filter.event)
      ? []
      : [{ field: 'message', node: message, gives: 'message' }]),
  ],
  names: ({ filter }) => [{ kind: 'event', field: 'filter', name: filter.event }],
  needs: ({ filter }) => ({ events: [filter.event] }),
  describe: ({ filter, limit }, { locale, currency }) => {
    const what = sayFilter(filter, locale, currency)
    const span = saySpan(limit, locale)
    return locale === 'en' ? `${what}, within ${span}` : `${span}内${what}`
  },
  decide,
})
