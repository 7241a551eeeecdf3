import type { z } from 'zod'
import type { Assets } from '../assets/asset.ts'
import type { FestivalId } from '../calendar/index.ts'
import type { SmsTerms } from '../channels/sms/register.ts'
import type { CustomerEvent, Properties } from '../conditions/customer.ts'
import type { ConditionFacts } from '../conditions/evaluate.ts'
import type { History } from '../conditions/history.ts'
import type { EventMark } from '../conditions/mark.ts'
import type { Condition, EventFilter } from '../conditions/schema.ts'
import type { Library } from '../contents/content.ts'
import type { Coupon, Effect, EndingReason, Reason, WaitingCode } from '../effects/index.ts'
import type { Reply, RequestKind } from '../effects/requests/index.ts'
import type { PassedOver } from '../effects/send.ts'
import type { Brand } from '../journey/brand.ts'
import type { Reentry } from '../journey/graph.ts'
import type { MessageToOther } from '../message/gates.ts'
import type { Picked } from '../picks/pick.ts'
import type { Locale, LocalText, WrittenText } from '../text.ts'
import type { Entrance } from './entrance.ts'

export type { Entrance } from './entrance.ts'

/** The palette's groups; each has a colour of its own. */
export const categories = ['entry', 'time', 'choice', 'touch', 'customer', 'ending'] as const
export type Category = (typeof categories)[number]

/** A named way out of a node. */
export interface Port {
  readonly id: string
  readonly name: WrittenText
}

/** What a node must know of a customer to decide; loaded in one query per group and need. */
export interface FactNeeds {
  readonly customer?: boolean
  readonly tags?: boolean
  readonly audiences?: readonly string[]
  readonly events?: readonly string[]
  /** Whether of events that none of its conditions asks for, it looks at those since the entry alone. */
  readonly sinceEntry?: boolean
  /** Of the customer: since when their addresses have consented, and whether they are verified. */
  readonly addresses?: boolean
  /** When the customer's addresses got messages within the caps' windows. */
  readonly touches?: boolean
  /** Those of the last day too where the brand has no caps: the channel has one of its own. */
  readonly quota?: boolean
  /** Which channels a person has paused. */
  readonly paused?: boolean
  /** Messages that other records have been given to an address which the customer bears too. */
  readonly doubles?: boolean
  /** The stored reply for this visit, where somebody outside was asked. */
  readonly reply?: boolean
  /** What of the brand's products to show the customer. */
  readonly picks?: boolean
  /** The brand's coupons, by their keys, of which the customer may get a code. */
  readonly coupons?: readonly string[]
}

/** One of the brand's coupons, as it stands for a customer. */
export interface CouponOffer {
  /** The code that is theirs if they take it; null: none is left. */
  readonly code: string | null
  /** How many of it they have got already. */
  readonly held: number
}

/** A message that counts towards the caps. */
export interface Touch {
  readonly channel: string
  /** When it was sent or will be. */
  readonly at: number
  /** Of a message to another record that bears the same address: what it was of. */
  readonly other?: MessageToOther
}

export interface Facts extends ConditionFacts {
  readonly touches: readonly Touch[]
  readonly reply: Reply | null
  /** The best first; empty where the node does not ask for them. */
  readonly picks: readonly Picked[]
  /** By the keys of coupons; null where nothing is handed out: in rehearsal and preview. */
  readonly coupons: Readonly<Record<string, CouponOffer>> | null
  /** Channels that a person has paused; absent where the node does not ask, in rehearsal and in preview. */
  readonly paused?: ReadonlySet<string> | undefined
}

/** What waiting for an event means until it is answered. */
export interface EventWait {
  readonly event: string
  /** Names of further events of which any will do. */
  readonly others?: readonly string[]
  /** Events of this time or before do not count. */
  readonly after: number
  /** Events after this time do not count. */
  readonly until: number
}

export type WaitCause = 'quiet_hours' | 'cap' | 'reply'

export interface Wait {
  /** When the node decides again if nothing else happens; null: never. */
  readonly until: number | null
  readonly event: EventWait | null
  /** Why it waits, where the node must know it again. */
  readonly cause: WaitCause | null
}

/** What has reached a goal; a refund finds by it what it undoes. */
export interface ReachedGoal {
  /** The event's name and id. */
  readonly name: string
  readonly id: string
  /** When it was counted, which is later than the event's own time where that came in late. */
  readonly at: number
  /** Minor units, less what has been given back since. */
  readonly value: number
}

/** One customer's passage through one version. */
export interface Enrollment {
  readonly id: number
  readonly journeyId: string
  readonly version: number
  readonly customerId: string
  /** The node where it stands; `start` before the first step, `left` or an exit's id at the end. */
  readonly state: string
  readonly enteredAt: number
  readonly arrivedAt: number
  readonly control: boolean
  readonly entry: Entry
  /** How often it has left by each port, by `node.port`. */
  readonly history: History
  readonly coupons: Readonly<Record<string, Coupon>>
  /** The goals that it has reached, by id. */
  readonly goals: Readonly<Record<string, ReachedGoal>>
  readonly wait: Wait | null
  /** The event that has brought it where it stands, by coming in or by ending a wait; null: time has. */
  readonly by: EventMark | null
  /** Steps taken so far: the number of its trace's entries. */
  readonly steps: number
}

/** The event by which a customer came in; earlier releases kept neither its name nor its own time. */
export interface EntryEvent {
  readonly id: string
  readonly properties: Properties
  readonly name?: string
  readonly at?: number
  readonly seq?: number
}

/** Rule 4: the facts at entry, kept with the enrollment. */
export interface Entry {
  readonly trigger: string
  /** The customer's own zone at entry; null: the journey's. */
  readonly timezone: string | null
  readonly event: EntryEvent | null
  readonly anchors: Readonly<Partial<Record<FestivalId, string>>>
}

/** Why a node decides now. */
export type Wake =
  | { readonly kind: 'arrive' }
  | { readonly kind: 'timer' }
  | { readonly kind: 'event'; readonly event: CustomerEvent }
  | { readonly kind: 'reply' }

/** What a node decides; nothing has been done yet. */
export type Decision =
  | {
      readonly kind: 'leave'
      readonly port: string
      readonly reason: Reason
      readonly effects?: readonly Effect[]
      /** The event that ended a wait. */
      readonly by?: EventMark
    }
  | {
      readonly kind: 'wait'
      readonly wait: Wait
      readonly reason: Reason<WaitingCode>
      readonly effects?: readonly Effect[]
    }
  /** Out of the journey at once, by `journey.left`. */
  | { readonly kind: 'left'; readonly reason: Reason<EndingReason> }

export interface DecideInput {
  readonly node: string
  readonly now: number
  /** The journey's zone, else the brand's. */
  readonly zone: string
  readonly brand: Brand
  readonly journey: {
    readonly id: string
    readonly name: WrittenText
    readonly values?: Readonly<Record<string, unknown>>
  }
  readonly enrollment: Enrollment
  /** The property that tells a customer's passages apart; null where there is but one. */
  readonly key: string | null
  readonly wake: Wake
  readonly facts: Facts
  /** No model is asked: rehearsal and preview use the written text. */
  readonly askModel: boolean
  /** No other system is called: rehearsal and preview do nothing to the world. */
  readonly mayCall: boolean
  /**
   * In a replay, what the trace says of this very decision: what is not the enrollment's own is taken from there
   * and asked of nobody (rule 27).
   */
  readonly recalled?: Reason | undefined
}

/** A goal, as the runner watches it. */
export interface GoalWatch {
  readonly filter: EventFilter
  /** Whether only what belongs to the passage counts (rule 4). */
  readonly bound: boolean
  readonly ends: boolean
  /** Epoch milliseconds between which an event counts (rule: start included, end excluded). */
  readonly window: (enrollment: Enrollment, zone: string) => readonly [from: number, to: number]
}

/** Tries in vain by other channels, before this decision. */
export interface TriedBefore {
  /** The channels that were passed over, each with its reason. */
  readonly passed: readonly PassedOver[]
  /** Those that have had their turn. */
  readonly channels: readonly string[]
  /** Until when a next one may be tried (epoch milliseconds). */
  readonly until: number
}

/** A problem that a node's own check finds; code and texts are in compile/diagnostics. */
export interface Finding {
  readonly code: string
  readonly field: string
  readonly details?: Readonly<Record<string, string | number>>
  /** Details that read otherwise in Chinese. */
  readonly zh?: Readonly<Record<string, string>>
}

export interface CheckInput {
  readonly now: number
  readonly zone: string
  /** The brand's library; without it nothing is known of the contents that texts show. */
  readonly contents?: Library | undefined
  /** The brand's pictures; without it nothing is said of those that are shown. */
  readonly assets?: Assets | undefined
  /** How text messages may be written; null: freely. Without it nothing is known of them. */
  readonly sms?: SmsTerms | null | undefined
}

/** What is known when a passage is reckoned beforehand, without any customer. */
export interface PassageInput {
  readonly enteredAt: number
  readonly arrivedAt: number
  readonly zone: string
  /** The festival's occurrence that the trigger belongs to. */
  readonly anchor: { readonly festival: FestivalId; readonly date: string } | null
  /** False where customers enter at any time, so that a date says nothing of how long it is away. */
  readonly fixedEntry: boolean
  readonly port: string
}

/** How a node is left, and the last moment at which anybody comes to it; null where that is not known. */
export interface StayInput {
  readonly port: string
  readonly latest: Omit<PassageInput, 'port'> | null
}

/** A text with variables that the node will render, and the field where it stands. */
export interface TemplateText {
  readonly field: string
  readonly text: string
}

export interface DescribeInput {
  readonly locale: Locale
  readonly currency: string
  /** What another journey of the brand is called, null where it is gone; without it journeys are told by their ids. */
  readonly journeyName?: ((id: string) => WrittenText | null) | undefined
  /** What one of the brand's coupons is called, null where it is gone; without it coupons are told by their keys. */
  readonly couponName?: ((key: string) => WrittenText | null) | undefined
}

/** Everything that one node type is, written with its own configuration's type. */
export interface NodeSpec<C> {
  readonly type: string
  readonly role: 'trigger' | 'step' | 'goal' | 'exit'
  readonly category: Category
  readonly name: LocalText
  /** One sentence for the palette and the reference. */
  readonly help: LocalText
  readonly config: z.ZodType<C>
  /** A configuration that passes the schema, for a node fresh from the palette. */
  readonly defaults: () => C
  readonly ports: (config: C) => readonly Port[]
  /**
   * Rule 11: the least time (ms, a day taken as 24 hours) that surely passes at every visit that ends by a
   * port, whenever anybody comes before `latest`; without it a node may be left at once.
   */
  readonly leastStay?: (config: C, input: StayInput) => number
  /**
   * Of what opens again and again, and lets nobody out twice for one opening: the least time from one to the next
   * (ms, a day taken as 24 hours); 0 where it does not.
   */
  readonly recurs?: (config: C) => number
  /** The most visits, after which it leaves by `limit`; null: no limit. */
  readonly maxVisits?: (config: C) => number | null
  readonly needs?: (config: C) => FactNeeds
  /**
   * The earliest and the latest moment at which somebody who arrives at a moment leaves by a port; null
   * where it cannot be known beforehand. Without it a node is left at once. Later arrivals never leave
   * earlier.
   */
  readonly passage?: (config: C, input: PassageInput) => readonly [earliest: number, latest: number] | null
  /** The most messages that one visit sends; without it none. */
  readonly messages?: (config: C) => number
  /** The marketing messages of one visit, each by the channels of which one carries it. */
  readonly promotes?: (config: C) => readonly (readonly string[])[]
  /** The channels by which it sends; without it none. */
  readonly channels?: (config: C) => readonly string[]
  readonly check?: (config: C, input: CheckInput) => readonly Finding[]
  readonly texts?: (config: C) => readonly TemplateText[]
  /** Conditions and events it refers to, with the field where each stands. */
  readonly conditions?: (config: C) => readonly { readonly field: string; readonly condition: Condition }[]
  /** Other nodes that it names, the variable that such a node must give, and the field where each stands. */
  readonly refers?: (
    config: C,
  ) => readonly { readonly field: string; readonly node: string; readonly gives: string }[]
  /** Audiences that it fills: they are there, if empty, once the journey is published. */
  readonly fills?: (config: C) => readonly { readonly audience: string; readonly name: WrittenText }[]
  /** What it names beside its conditions, such as events; `makes`: it is there by this node. */
  readonly names?: (config: C) => readonly {
    readonly kind: 'event' | 'tag' | 'attribute' | 'asset' | 'coupon' | 'journey' | 'staff' | 'team'
    readonly field: string
    readonly name: string
    readonly makes?: boolean
  }[]
  /** Variables that messages further down may use because of it, such as `coupon.code`. */
  readonly gives?: (config: C) => readonly string[]
  readonly entrance?: (config: C) => Entrance
  /** Of a trigger that comes again for the same customer: the re-entry that lets it; null where it comes once. */
  readonly again?: (config: C) => Reentry | null
  /** Whether whoever comes too late for a moment of their own goes on at once. */
  readonly goesOnLate?: (config: C) => boolean
  /** Columns or attributes that must hold dates, and the field where each stands. */
  readonly dates?: (config: C) => readonly { readonly field: string; readonly attribute: string }[]
  readonly goal?: (config: C) => GoalWatch
  /** The sentence on the card. */
  readonly describe: (config: C, input: DescribeInput) => string
  readonly decide?: (config: C, input: DecideInput) => Decision
  /** Whom it asks and waits for; its questions are answered by `facts.reply`. */
  readonly asks?: RequestKind
  /**
   * Of what sends: a message of an earlier version that nobody has been handed yet, in the words of this one, or
   * why it is not sent any more. To the same address by the same channel, without its gates, which are asked before it leaves.
   */
  readonly reword?: (
    config: C,
    input: DecideInput,
    said: { readonly to: string; readonly channel: string },
  ) => Decision
  /** Of what sends by several channels: the next try after those that have failed, with its gates. */
  readonly tryNext?: (config: C, input: DecideInput, tried: TriedBefore) => Decision
  /**
   * Of what asks: the question as it is put by other words, to whoever has not answered it yet; without it what was
   * asked stands. Its gates have been passed.
   */
  readonly askAnew?: (config: C, input: DecideInput) => Decision
}

/**
 * A node type with its configuration's type forgotten, as a registry holds it. `config` given to its
 * functions must have passed the type's own schema.
 */
export type NodeType = NodeSpec<unknown>

/** Types by name; a value, so that a test or an extension can add one. */
export type Registry = ReadonlyMap<string, NodeType>

/**
 * Forgets a configuration's type. The one boundary where that is done: all callers pass configurations
 * that came out of `config.parse`.
 */
export function defineNode<C>(spec: NodeSpec<C>): NodeSpec<C> & { readonly erased: NodeType } {
  return { ...spec, erased: spec as unknown as NodeType }
}

export function registryOf(types: readonly { readonly erased: NodeType }[]): Registry {
  return new Map(types.map(({ erased }) => [erased.type, erased]))
}
