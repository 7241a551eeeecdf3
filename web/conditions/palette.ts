import {
  AtSign,
  Ban,
  Boxes,
  CalendarDays,
  ChartNoAxesColumn,
  CircleDollarSign,
  DoorOpen,
  Flag,
  Footprints,
  Group as GroupIcon,
  ListOrdered,
  LogIn,
  type LucideIcon,
  MailOpen,
  MailX,
  MousePointerClick,
  Package,
  ReceiptText,
  Route,
  Send,
  ShieldCheck,
  Tag,
  Target,
  ThumbsUp,
  TimerReset,
  UserRound,
  UsersRound,
} from 'lucide-react'
import { actEvents, currentEvent } from '../../shared/conditions/acts.ts'
import { lineEvent } from '../../shared/conditions/lines.ts'
import type { Condition, EventsTest } from '../../shared/conditions/schema.ts'
import { newLeaf } from './edit.ts'

/** The headings of the palette, in their order. */
export const sections = [
  'who',
  'orders',
  'behaviour',
  'journeys',
  'membership',
  'journey',
  'structure',
] as const
export type Section = (typeof sections)[number]

export interface PaletteItem {
  readonly section: Section
  readonly icon: LucideIcon
  /** The part as it begins. */
  readonly make: () => Condition
}

const events = (change: Partial<EventsTest>): Condition => {
  const leaf = newLeaf('events')
  return leaf.kind === 'events' ? { ...leaf, ...change } : leaf
}

/** What some journey has done to somebody at any time; which one is to be said. */
const ofJourney = (event: string): Condition =>
  events({ event, where: [{ property: 'journey_id', op: 'eq', value: '' }], window: { kind: 'ever' } })

/** All that can be asked about, each as a part to begin with; several may begin the same kind of test. */
export const palette = {
  attribute: { section: 'who', icon: UserRound, make: () => newLeaf('attribute') },
  tag: { section: 'who', icon: Tag, make: () => newLeaf('tag') },
  score: {
    section: 'who',
    icon: ChartNoAxesColumn,
    make: () => ({ kind: 'attribute', name: 'score_rfm_segment', op: 'in', value: [] }),
  },
  consent: { section: 'who', icon: ShieldCheck, make: () => newLeaf('contact') },
  reach: {
    section: 'who',
    icon: AtSign,
    make: () => ({ kind: 'contact', channel: 'email', state: 'open' }),
  },
  anniversary: { section: 'who', icon: CalendarDays, make: () => newLeaf('anniversary') },
  orders: { section: 'orders', icon: ReceiptText, make: () => events({}) },
  spent: {
    section: 'orders',
    icon: CircleDollarSign,
    make: () => events({ measure: 'sum', property: 'amount', op: 'gte', value: 10_000 }),
  },
  bought: {
    section: 'orders',
    icon: Package,
    make: () => events({ event: lineEvent, where: [{ property: 'category', op: 'eq', value: '' }] }),
  },
  quantity: {
    section: 'orders',
    icon: Boxes,
    make: () => events({ event: lineEvent, measure: 'sum', property: 'quantity', op: 'gte', value: 3 }),
  },
  last_order: {
    section: 'orders',
    icon: TimerReset,
    make: () =>
      events({ measure: 'last', property: 'days_ago', op: 'gte', value: 90, window: { kind: 'ever' } }),
  },
  picks: { section: 'orders', icon: ThumbsUp, make: () => newLeaf('picks') },
  event: { section: 'behaviour', icon: MousePointerClick, make: () => events({ event: 'page_view' }) },
  sequence: { section: 'behaviour', icon: ListOrdered, make: () => newLeaf('sequence') },
  abandoned: {
    section: 'behaviour',
    icon: Ban,
    make: () => ({
      kind: 'sequence',
      first: { event: 'add_to_cart', where: [] },
      next: [],
      without: { event: 'order', where: [], within: { amount: 1, unit: 'day' } },
      window: { kind: 'last', span: { amount: 30, unit: 'day' }, wholeDays: false },
    }),
  },
  message_sent: { section: 'journeys', icon: Send, make: () => events({ event: actEvents.sent }) },
  message: { section: 'journeys', icon: MailOpen, make: () => events({ event: 'message_opened' }) },
  message_withheld: { section: 'journeys', icon: MailX, make: () => events({ event: actEvents.withheld }) },
  in_journey: { section: 'journeys', icon: Route, make: () => ofJourney(currentEvent) },
  entered: { section: 'journeys', icon: LogIn, make: () => ofJourney(actEvents.entered) },
  finished: { section: 'journeys', icon: Flag, make: () => ofJourney(actEvents.finished) },
  goal: { section: 'journeys', icon: Target, make: () => ofJourney(actEvents.goal) },
  audience: { section: 'membership', icon: UsersRound, make: () => newLeaf('audience') },
  history: { section: 'journey', icon: Footprints, make: () => newLeaf('history') },
  entry: { section: 'journey', icon: DoorOpen, make: () => newLeaf('entry') },
  group: { section: 'structure', icon: GroupIcon, make: () => ({ kind: 'any', of: [] }) },
} as const satisfies Record<string, PaletteItem>
export type PaletteKey = keyof typeof palette

const isKey = (key: string): key is PaletteKey => Object.hasOwn(palette, key)
const keys = Object.keys(palette).filter(isKey)

/** What is offered under each heading; what asks of a journey itself only within one. */
export function offered(inJourney: boolean): readonly { section: Section; keys: readonly PaletteKey[] }[] {
  return sections
    .filter((section) => section !== 'journey' || inJourney)
    .map((section) => ({ section, keys: keys.filter((key) => palette[key].section === section) }))
}
