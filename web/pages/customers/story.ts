import type { TFunction } from 'i18next'
import { z } from 'zod'
import type { StoryEntry } from '../../../shared/api/story.ts'
import type { TimelineEntry as PagedEntry } from '../../../shared/api/timeline.ts'
import { channelOf, isChannel } from '../../../shared/channels/index.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { type Chosen, chosenContents } from '../../../shared/contents/choose.ts'
import { type SharedReason, sharedReasons, tellings } from '../../../shared/effects/index.ts'
import { passedOver } from '../../../shared/effects/send.ts'
import { fill } from '../../../shared/errors/index.ts'
import { gates, passings } from '../../../shared/message/gates.ts'
import { pickedGoods, sayWhy } from '../../../shared/picks/pick.ts'
import { type Locale, say as sayText, writtenText } from '../../../shared/text.ts'
import { sayCall } from '../../ui/say-call.ts'
import { sayAllSeen, sayValue } from './seen.ts'

/** Of a passage, or of a customer's whole story, which tells of more. */
export type TimelineEntry = StoryEntry | PagedEntry
export type Reason = NonNullable<TimelineEntry['reason']>
export type Json = z.core.util.JSONType

/** How the story is worded: the page's own sayings, so that the story itself stays pure. */
export interface Sayings {
  readonly t: TFunction<'customers'>
  readonly locale: Locale
  readonly time: (at: number) => string
  /** The brand's, for words about money. */
  readonly currency: string
  /** Minor units. */
  readonly money: (minor: number) => string
  /** A port of a node in words; its id where the journey is not known. */
  readonly port: (entry: TimelineEntry) => string
  readonly audience: (key: string) => string
  /** A node of the same journey in words; its id where it is not known. */
  readonly node: (entry: TimelineEntry, id: string) => string
  /** Why the written text went out where a model was to polish it. */
  readonly fallback: (reason: string) => string
}

export type StoryTone = 'plain' | 'good' | 'held' | 'bad'

/** One step in words: what happened, and beneath it what was seen at that moment. */
export interface Said {
  readonly text: string
  readonly seen: string | null
  readonly tone: StoryTone
}

const plain = (text: string): Said => ({ text, seen: null, tone: 'plain' })
const good = (text: string): Said => ({ text, seen: null, tone: 'good' })
const held = (text: string, seen: string | null = null): Said => ({ text, seen, tone: 'held' })

const textAt = (reason: Reason, key: string): string => {
  const value = reason[key]
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value)
}
const numberAt = (reason: Reason, key: string): number | null => {
  const value = reason[key]
  return typeof value === 'number' ? value : null
}
const textsAt = (reason: Reason, key: string): string[] => {
  const value = reason[key]
  return Array.isArray(value) ? value.map(String) : []
}

type Teller = (entry: TimelineEntry, reason: Reason, say: Sayings) => Said

const when = (reason: Reason, key: string, say: Sayings): string => {
  const at = numberAt(reason, key)
  return at === null ? '' : say.time(at)
}
const eventOf = (reason: Reason, say: Sayings) => sayName(textAt(reason, 'event'), say.locale)

/** The ceiling that was reached, and how many messages counted towards it. */
function capOf(reason: Reason, t: TFunction<'customers'>): string[] {
  const [most, days, counted] = ['most', 'days', 'counted'].map((name) => numberAt(reason, name))
  if (most == null || days == null || counted == null) return []
  return [t('story.cap', { most, days, counted })]
}

/** What an event held of that for which it was asked; null where nothing was. */
function valuesOf({ values }: Reason, say: Sayings): string | null {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return null
  const said = sayProperties(values, say)
  return said === '' ? null : say.t('story.seen', { values: said })
}

/** The products that a message could show, each with why; null where it shows none. */
function pickedOf({ picked }: Reason, t: TFunction<'customers'>, locale: Locale): string | null {
  const read = pickedGoods.safeParse(picked)
  if (!read.success || read.data.length === 0) return null
  const goods = read.data.map(({ title, why }) => t('story.pickedOne', { title, why: sayWhy(why)[locale] }))
  return t('story.picked', { goods: goods.join(comma(locale)) })
}

/** Why other channels did not carry a message, in words; empty where it has but one. */
export function passedOf(passed: unknown, { t, locale }: Pick<Sayings, 't' | 'locale'>): string[] {
  return (z.array(passedOver).safeParse(passed).data ?? []).map(({ channel, gate }) => {
    const name = isChannel(channel) ? sayText(channelOf(channel).name, locale) : channel
    return t('story.passed', { channel: name, why: sayGate(gate, t) })
  })
}

/** Which variants of the library a message showed, each with why; none where it shows none. */
export function contentsOf(reason: Reason | null): readonly Chosen[] {
  const read = chosenContents.safeParse(reason?.contents)
  return read.success ? read.data : []
}

/** Each reason code that nodes and the runner give, as a sentence. */
const tellers: Readonly<Record<SharedReason, Teller>> = {
  entered: (_, reason, { t }) =>
    plain(reason.control === true ? t('story.enteredControl') : t('story.entered')),
  'condition-held': (entry, reason, say) => ({
    text: say.t('story.held', { port: say.port(entry) }),
    seen: sayAllSeen(reason, entry.tests, say),
    tone: 'plain',
  }),
  'no-condition-held': (entry, reason, say) => ({
    text: say.t('story.notHeld', { port: say.port(entry) }),
    seen: sayAllSeen(reason, entry.tests, say),
    tone: 'plain',
  }),
  'time-reached': (_, reason, say) => plain(say.t('story.timeReached', { when: when(reason, 'at', say) })),
  late: (_, reason, say) => {
    const said = { when: when(reason, 'at', say) }
    if (reason.policy === 'leave') return held(say.t('story.lateLeave', said))
    return held(reason.policy === 'skip' ? say.t('story.lateSkip', said) : say.t('story.lateGoOn', said))
  },
  'no-date': (entry, reason, say) => {
    const attribute = sayName(textAt(reason, 'attribute'), say.locale)
    const said = { attribute, why: sayWhyNot(textAt(reason, 'why'), say.t) }
    return held(entry.outcome === 'no_date' ? say.t('story.noDate', said) : say.t('story.noDateLeave', said))
  },
  'visit-limit': (_, reason, { t }) => held(t('story.visitLimit', { limit: numberAt(reason, 'limit') ?? 0 })),
  event: (_, reason, say) => ({
    ...good(say.t('story.happened', { event: eventOf(reason, say) })),
    seen: valuesOf(reason, say),
  }),
  'no-event': (_, reason, say) => plain(say.t('story.notHappened', { when: when(reason, 'deadline', say) })),
  drawn: (entry, _, say) => plain(say.t('story.drawn', { port: say.port(entry) })),
  'no-weight': (_, __, { t }) => held(t('story.noWeight')),
  sent: (_, reason, { t, fallback, locale }) => {
    const told =
      reason.fallback === undefined
        ? t('story.sent')
        : t('story.sentFallback', { why: fallback(textAt(reason, 'fallback')) })
    const seen = [...passedOf(reason.passed, { t, locale }), pickedOf(reason, t, locale) ?? ''].filter(
      Boolean,
    )
    return { ...plain(told), seen: seen.length === 0 ? null : seen.join(comma(locale)) }
  },
  suppressed: (entry, reason, say) => {
    const why = sayGate(textAt(reason, 'gate'), say.t)
    const seen = [...textsAt(reason, 'words'), ...namesOf(reason.problems), ...capOf(reason, say.t)]
    const details = [...seen, ...passedOf(reason.passed, say)].join(comma(say.locale))
    return held(
      entry.outcome === 'not_issued'
        ? say.t('story.suppressedCoupon', { why })
        : say.t('story.suppressed', { why }),
      details === '' ? null : details,
    )
  },
  called: (entry, reason, say) => {
    const value = textAt(reason, 'value')
    const port = say.port(entry)
    return plain(value === '' ? say.t('story.calledPlain', { port }) : say.t('story.called', { value, port }))
  },
  'not-called': (_, reason, { t }) => held(t('story.notCalled', { why: sayCall(textAt(reason, 'why'), t) })),
  'call-failed': (_, reason, { t, locale }) => {
    const names = namesOf(reason.problems).join(comma(locale))
    const why = sayCall(textAt(reason, 'reason'), t)
    return held(t('story.callFailed', { why }), names === '' ? null : names)
  },
  decided: (entry, reason, say) => {
    const note = textAt(reason, 'note')
    const text = say.t('story.decided', { port: say.port(entry) })
    return { text, seen: note === '' ? null : say.t('story.note', { note }), tone: 'plain' }
  },
  'not-decided': (_, reason, say) =>
    held(say.t('story.notDecided', { when: when(reason, 'deadline', say) || when(reason, 'at', say) })),
  'task-done': (entry, reason, say) => {
    const [note, next] = ['note', 'next'].map((name) => textAt(reason, name))
    const seen = [
      ...(note ? [say.t('story.note', { note })] : []),
      ...(next ? [say.t('story.next', { next })] : []),
    ].join(comma(say.locale))
    return {
      text: say.t('story.taskDone', { port: say.port(entry) }),
      seen: seen === '' ? null : seen,
      tone: 'plain',
    }
  },
  'task-overdue': (_, reason, say) =>
    held(say.t('story.taskOverdue', { when: when(reason, 'deadline', say) || when(reason, 'at', say) })),
  'not-asked': (entry, reason, say) => {
    const names = namesOf(reason.problems).join(comma(say.locale))
    const said = { why: sayWhyNot(textAt(reason, 'why'), say.t), port: say.port(entry) }
    return held(say.t('story.notAsked', said), names === '' ? null : names)
  },
  'coupon-issued': (_, reason, say) =>
    good(say.t('story.coupon', { code: textAt(reason, 'coupon'), when: when(reason, 'expiresAt', say) })),
  tagged: (_, reason, { t, locale }) => {
    const quoted = (key: string) =>
      textsAt(reason, key).map((tag) => (locale === 'en' ? `“${tag}”` : `「${tag}」`))
    const added = quoted('add').join('')
    const removed = quoted('remove').join('')
    const parts = [
      ...(added === '' ? [] : [t('story.tagged', { tags: added })]),
      ...(removed === '' ? [] : [t('story.untagged', { tags: removed })]),
    ]
    return plain(parts.join(comma(locale)))
  },
  saved: (_, reason, say) =>
    good(say.t('story.saved', { audience: say.audience(textAt(reason, 'audience')) })),
  'goal-reached': (_, reason, say) => {
    const value = numberAt(reason, 'value')
    const event = eventOf(reason, say)
    const text =
      value === null
        ? say.t('story.goal', { event })
        : say.t('story.goalValue', { event, amount: say.money(value) })
    return { ...good(text), seen: valuesOf(reason, say) }
  },
  'goal-lessened': (_, reason, say) => {
    const value = numberAt(reason, 'value')
    return plain(say.t('story.goalLessened', { amount: value === null ? '' : say.money(value) }))
  },
  'goal-lost': (_, __, { t }) => held(t('story.goalLost')),
  moved: (entry, reason, say) => {
    const version = numberAt(reason, 'to') ?? 0
    const node = textAt(reason, 'node')
    if (reason.from === reason.to) return plain(say.t('story.movedHere', { node: say.node(entry, node) }))
    if (node === entry.node) return plain(say.t('story.movedStays', { version }))
    return plain(say.t('story.movedTo', { version, node: say.node(entry, node) }))
  },
  exit_rule: (_, reason, say) =>
    held(say.t('story.exitRule', { event: eventOf(reason, say) }), valuesOf(reason, say)),
  exit_audience: (_, reason, { t, audience }) =>
    held(
      t(reason.on === 'join' ? 'story.exitAudience.join' : 'story.exitAudience.leave', {
        audience: audience(textAt(reason, 'audience')),
      }),
    ),
  stopped: (_, __, { t }) => held(t('story.stopped')),
  journey_changed: (_, reason, { t }) =>
    held(t('story.journeyChanged', { version: numberAt(reason, 'to') ?? 0 })),
  removed: (_, __, { t }) => held(t('story.removed')),
  unsubscribed: (_, __, { t }) => held(t('story.unsubscribed')),
  erased: (_, __, { t }) => held(t('story.erased')),
  merged: (_, __, { t }) => held(t('story.merged')),
}

const isShared = (code: string): code is SharedReason => sharedReasons.some((known) => known === code)

/** A reason that belongs to one effect, in the words that stand with it. */
function sayOwn(code: string, reason: Reason, { locale }: Sayings): Said | null {
  const telling = tellings.get(code)
  if (telling === undefined) return null
  const { words, tone } = telling
  const values = Object.entries(reason).map(([name, value]) => [name, sayValue(value, locale)] as const)
  return { text: fill(words[locale], Object.fromEntries(values)), seen: null, tone }
}

/** A step of a journey in words. A code that is not known here is shown as it is, with the port taken. */
export function sayStep(entry: TimelineEntry, say: Sayings): Said {
  const reason = entry.reason ?? {}
  const code = textAt(reason, 'code')
  if (isShared(code)) return tellers[code](entry, reason, say)
  const own = sayOwn(code, reason, say)
  if (own !== null) return own
  if (entry.outcome !== null) return plain(say.t('story.stepPort', { port: say.port(entry) }))
  return plain(say.t('story.other', { code }))
}

const whyNotWords = [
  'missing',
  'unreadable',
  'no-year',
  'too-far',
  'control_group',
  'rehearsal',
  'render',
] as const

/** Why a date could not be waited for, or a colleague was not asked. */
function sayWhyNot(why: string, t: TFunction<'customers'>): string {
  const known = whyNotWords.find((word) => word === why)
  return known === undefined ? why : t(`whyNot.${known}`)
}

const told = [...gates, ...passings]
const isTold = (gate: string): gate is (typeof told)[number] => told.some((known) => known === gate)

/** Why a gate held a message back, or a channel was passed over. */
export function sayGate(gate: string, t: TFunction<'customers'>): string {
  return isTold(gate) ? t(`gates.${gate}`) : t('gates.unknown', { gate })
}

const comma = (locale: Locale) => (locale === 'en' ? ', ' : '，')

function namesOf(problems: Json | undefined): string[] {
  if (!Array.isArray(problems)) return []
  return problems.flatMap((problem) =>
    typeof problem === 'object' &&
    problem !== null &&
    !Array.isArray(problem) &&
    typeof problem.name === 'string'
      ? [problem.name]
      : [],
  )
}

/** By which message an event came about; ids for machines, which tell a reader nothing. */
const attribution: readonly string[] = [
  'message_id',
  'journey_id',
  'enrollment_id',
  'node',
  'visit',
  'channel',
]

/** What an event or order carried, besides its name: `amount` and `price` as money. */
export function sayProperties(reason: Reason | null, say: Pick<Sayings, 't' | 'locale' | 'money'>): string {
  const entries = Object.entries(reason ?? {})
  const ofMessage = entries.some(([name]) => name === 'message_id')
  const parts = entries.flatMap(([name, value]) => {
    if (value === null || value === undefined || (ofMessage && attribution.includes(name))) return []
    const money = (name === 'amount' || name === 'price') && typeof value === 'number'
    const said = money ? say.money(value) : sayValue(value, say.locale)
    // An order as what is redeemed or returned is a thing; the word for the event means the doing.
    const word = name === 'order' ? say.t('orderNumber') : sayName(name, say.locale)
    return said === '' ? [] : [`${word} ${said}`]
  })
  return parts.join(' · ')
}

/** A step that only says that a message was sent, where the message itself stands in the story. */
function isEcho(entry: TimelineEntry, timeline: readonly TimelineEntry[]): boolean {
  const { reason } = entry
  if (reason?.code !== 'sent' || reason.fallback !== undefined) return false
  if (reason.contents !== undefined || reason.passed !== undefined) return false
  return timeline.some(
    ({ kind, journeyId, node }) => kind === 'message' && journeyId === entry.journeyId && node === entry.node,
  )
}

/** A story without what it would tell twice, in its order. */
export function storyOf(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  return timeline.filter((entry) => !isEcho(entry, timeline))
}

/** Entries by their days, as they come; `day` names the day of a moment. */
export function byDay(
  entries: readonly TimelineEntry[],
  day: (at: number) => string,
): { day: string; entries: TimelineEntry[] }[] {
  const days: { day: string; entries: TimelineEntry[] }[] = []
  for (const entry of entries) {
    const named = day(entry.at)
    const last = days.at(-1)
    if (last?.day === named) last.entries.push(entry)
    else days.push({ day: named, entries: [entry] })
  }
  return days
}

/** What colleagues and staff are asked, and what came of what was given by hand; what came of a journey's is a step. */
export function sayTask(
  { outcome, reason, title }: TimelineEntry,
  say: Sayings,
): Pick<Said, 'text' | 'seen'> {
  if (outcome === 'cancelled') return { text: say.t('story.handCancelled'), seen: null }
  if (outcome !== 'done')
    return { text: say.t(outcome === 'staff' ? 'story.assigned' : 'story.asked'), seen: null }
  const name = writtenText.safeParse(reason?.name).data
  const next = textAt(reason ?? {}, 'next')
  return {
    text: say.t('story.handDone', { result: name === undefined ? title : sayText(name, say.locale) }),
    seen: next === '' ? null : say.t('story.next', { next }),
  }
}
