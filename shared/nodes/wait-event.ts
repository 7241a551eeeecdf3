import { z } from 'zod'
import { addSpan, leastLength, saySpan } from '../calendar/index.ts'
import { matches } from '../conditions/compare.ts'
import { type CustomerEvent, propertyOf } from '../conditions/customer.ts'
import { filterNames } from '../conditions/filter-names.ts'
import { timesLeft } from '../conditions/history.ts'
import { comesAfter, type EventMark, markOf } from '../conditions/mark.ts'
import { ownZone } from '../conditions/own-day.ts'
import { isReceipt } from '../conditions/receipts.ts'
import { sayFilter, sayName } from '../conditions/say.ts'
import { eventFilter } from '../conditions/schema.ts'
import { isOfVisit, isOwn, isOwnReceipt } from '../journey/belonging.ts'
import { lengthSchema } from '../journey/length.ts'
import { referenceMark, waitMark } from '../journey/reference.ts'
import { limits } from '../limits.ts'
import { writtenText } from '../text.ts'
import { eventSeen } from './recall.ts'
import {
  type DecideInput,
  type Decision,
  defineNode,
  type Enrollment,
  type EventWait,
  type Port,
} from './type.ts'

const reserved = ['happened', 'timeout', 'limit']

/** An event that is waited for, and of which coupon or message it must tell. */
const wanted = {
  filter: eventFilter,
  /** The coupon node whose code the event's property `code` must be. */
  coupon: z.string().max(64).nullable().default(null),
  /** Of a report of a message: the node that sent it; null: any of this passage's messages. */
  message: z.string().max(64).nullable().default(null),
}

/** Another event that ends the wait just as well. */
const another = z.strictObject({
  ...wanted,
  /** A way out of its own; null: by `happened`. */
  port: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')
    .refine((id) => !reserved.includes(id), 'any id but happened, timeout and limit')
    .nullable()
    .default(null),
  /** What that way is called; null: as its event. */
  name: writtenText.nullable().default(null),
})

const config = z.strictObject({
  ...wanted,
  /** Any of several events: whichever comes first. None of them in time leaves by `timeout`. */
  also: z
    .array(another)
    .max(limits.eventsWaitedFor.value)
    .refine((also) => {
      const ports = also.flatMap(({ port }) => (port === null ? [] : [port]))
      return new Set(ports).size === ports.length
    }, 'ids of ways out differ')
    .default([]),
  limit: lengthSchema,
  /** Whether events between entry and this wait count too (rule 8). */
  since: z.enum(['wait', 'entry']).default('wait'),
  /** Where re-entry is keyed, only events of the passage's own key count; of a message, only its own always do. */
  bound: z.boolean().default(true),
  /** How long after the deadline an event that happened before it may still arrive. */
  graceMinutes: z.int().min(0).max(10_080).default(0),
  maxVisits: z.int().min(1).max(1000).nullable().default(null),
})
type Config = z.infer<typeof config>
type Wanted = Pick<Config, keyof typeof wanted>

/** Where the wait begins among the customer's events; `recorded`: as told from those that were there already. */
function beginning({ since }: Config, enrollment: Enrollment, recorded: boolean): EventMark {
  return since === 'entry' ? referenceMark(enrollment, recorded) : waitMark(enrollment, recorded)
}

/** A report in whole seconds belongs to the second of its message; none answers two waits in a row. */
function reportedSince(event: CustomerEvent, since: number, by: EventMark | null): boolean {
  const from = event.at % 1000 === 0 ? Math.floor(since / 1000) * 1000 : since
  return event.at >= from && !(event.id === by?.id && event.name === by.name)
}

/** Whether a report is of the message that is meant: of a node that is named, and since the wait began its last. */
function isMeant(
  { since }: Config,
  { message }: Wanted,
  enrollment: Enrollment,
  event: CustomerEvent,
): boolean {
  if (!isOwnReceipt(enrollment, event, message)) return false
  if (message === null || since === 'entry') return true
  return isOfVisit(event, timesLeft(enrollment.history, message))
}

function fits(
  settings: Config,
  one: Wanted,
  input: DecideInput,
  wait: EventWait,
  { event, recorded }: Candidate,
): boolean {
  const { enrollment } = input
  if (!matches(one.filter, event, input.facts.entry)) return false
  if (isReceipt(event.name))
    return isMeant(settings, one, enrollment, event) && reportedSince(event, wait.after + 1, enrollment.by)
  if (event.at <= wait.after || !comesAfter(event, beginning(settings, enrollment, recorded))) return false
  if (settings.bound && !isOwn(enrollment, event, input.key)) return false
  if (one.coupon === null) return true
  const code = input.enrollment.coupons[one.coupon]?.code
  return code !== undefined && propertyOf(event, 'code') === code
}

/** An event that may answer; `recorded`: it was there already. */
interface Candidate {
  readonly event: CustomerEvent
  readonly recorded: boolean
}

/** The way out by which an event ends the wait; null where it is not what is waited for. */
function wayOf(settings: Config, input: DecideInput, wait: EventWait, candidate: Candidate): string | null {
  if (candidate.event.at > wait.until) return null
  if (fits(settings, settings, input, wait, candidate)) return 'happened'
  for (const one of settings.also)
    if (fits(settings, one, input, wait, candidate)) return one.port ?? 'happened'
  return null
}

/** What may have been asked of an event: the tests of all that wait for one of its name. */
function asked(settings: Config, { name }: CustomerEvent, { key }: DecideInput) {
  const ways = [settings, ...settings.also].filter(({ filter }) => filter.event === name)
  return {
    tests: ways.flatMap(({ filter }) => filter.where),
    bound: { key: settings.bound ? key : null, coupon: ways.some(({ coupon }) => coupon !== null) },
  }
}

function happened(settings: Config, event: CustomerEvent, port: string, input: DecideInput): Decision {
  const { tests, bound } = asked(settings, event, input)
  return {
    kind: 'leave',
    port,
    reason: {
      code: 'event',
      event: event.name,
      id: event.id,
      at: event.at,
      ...eventSeen(event, tests, bound),
    },
    by: markOf(event),
  }
}

/** The first recorded event that answers: it came before the wait, or while the journey was paused. */
function recorded(settings: Config, input: DecideInput, wait: EventWait): Decision | null {
  for (const event of input.facts.events) {
    const port = event.at > input.now ? null : wayOf(settings, input, wait, { event, recorded: true })
    if (port !== null) return happened(settings, event, port, input)
  }
  return null
}

/** What is heard of until the wait is over. */
function listening({ filter, also }: Config, after: number, until: number): EventWait {
  const own = { event: filter.event, after, until }
  return also.length === 0 ? own : { ...own, others: also.map((one) => one.filter.event) }
}

function arrive(settings: Config, input: DecideInput): Decision {
  const { enrollment, zone } = input
  const visit = timesLeft(enrollment.history, input.node) + 1
  if (settings.maxVisits !== null && visit > settings.maxVisits)
    return { kind: 'leave', port: 'limit', reason: { code: 'visit-limit', visit, limit: settings.maxVisits } }
  const local = ownZone(enrollment.entry.timezone, zone)
  const deadline = addSpan(enrollment.arrivedAt, settings.limit, local)
  const event = listening(settings, beginning(settings, enrollment, false).at - 1, deadline)
  const earlier = recorded(settings, input, event)
  if (earlier !== null) return earlier
  const until = deadline + settings.graceMinutes * 60_000
  return { kind: 'wait', wait: { until, event, cause: null }, reason: { code: 'waiting', until: deadline } }
}

function decide(settings: Config, input: DecideInput): Decision {
  const { wake, now } = input
  const wait = input.enrollment.wait
  if (wake.kind === 'arrive' || wait === null || wait.event === null) return arrive(settings, input)
  const event = wake.kind === 'event' ? wake.event : null
  const way = event === null ? null : wayOf(settings, input, wait.event, { event, recorded: false })
  if (event !== null && way !== null) return happened(settings, event, way, input)
  const known = recorded(settings, input, wait.event)
  if (known !== null) return known
  if (wait.until !== null && wait.until <= now && wake.kind !== 'event')
    return { kind: 'leave', port: 'timeout', reason: { code: 'no-event', deadline: wait.event.until } }
  return { kind: 'wait', wait, reason: { code: 'waiting', until: wait.event.until } }
}

/** A way out by the name that it was given, else by its event's. */
function portOf({ port, name, filter: { event } }: Config['also'][number]): Port[] {
  if (port === null) return []
  return [{ id: port, name: name ?? { 'zh-CN': sayName(event, 'zh-CN'), en: sayName(event, 'en') } }]
}

function portsOf({ also, maxVisits }: Config): Port[] {
  const ports: Port[] = [
    { id: 'happened', name: { 'zh-CN': '发生了', en: 'It happened' } },
    ...also.flatMap(portOf),
    { id: 'timeout', name: { 'zh-CN': '超时未发生', en: 'Not in time' } },
  ]
  if (maxVisits !== null) ports.push({ id: 'limit', name: { 'zh-CN': '次数用完', en: 'Visits used up' } })
  return ports
}

/** The nodes that a filter speaks of, under the field where it stands. */
function refersIn({ filter, coupon, message }: Wanted, at: string) {
  return [
    ...(coupon === null ? [] : [{ field: `${at}coupon`, node: coupon, gives: 'coupon.code' }]),
    ...(message === null || !isReceipt(filter.event)
      ? []
      : [{ field: `${at}message`, node: message, gives: 'message' }]),
  ]
}

/** Rules 5 and 8: for an event with a filter, or for any of several, with a time limit. */
export const waitEvent = defineNode<Config>({
  type: 'wait_event',
  role: 'step',
  category: 'time',
  name: { 'zh-CN': '等待行为', en: 'Wait for an event' },
  help: {
    'zh-CN': '等客户做某件事（或几件事之一），最多等到期限',
    en: 'Wait for a customer to do something, or one of several things, up to a time limit',
  },
  config,
  defaults: () => ({
    filter: { event: 'order', where: [] },
    also: [],
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
    return port !== 'limit' && since === 'wait' ? 1 : 0
  },
  maxVisits: (settings) => settings.maxVisits,
  passage: ({ limit, graceMinutes }, { arrivedAt, port, zone }) => {
    if (port === 'limit') return [arrivedAt, arrivedAt]
    const end = addSpan(arrivedAt, limit, zone) + graceMinutes * 60_000
    return [port === 'timeout' ? end : arrivedAt, end]
  },
  refers: (settings) => [
    ...refersIn(settings, ''),
    ...settings.also.flatMap((one, at) => refersIn(one, `also.${at}.`)),
  ],
  names: ({ filter, also }) => [
    ...filterNames(filter).map((name) => ({ ...name, field: 'filter' })),
    ...also.flatMap((one, at) =>
      filterNames(one.filter).map((name) => ({ ...name, field: `also.${at}.filter` })),
    ),
  ],
  needs: ({ filter, also }) => ({
    events: [...new Set([filter, ...also.map((one) => one.filter)].map(({ event }) => event))],
    sinceEntry: true,
  }),
  describe: ({ filter, also, limit }, { locale, currency }) => {
    const named = [filter, ...also.map((one) => one.filter)].map((one) => sayFilter(one, locale, currency))
    const what = [...new Set(named)].join(locale === 'en' ? ' or ' : '或')
    const span = saySpan(limit, locale)
    return locale === 'en' ? `${what}, within ${span}` : `${span}内${what}`
  },
  decide,
})
