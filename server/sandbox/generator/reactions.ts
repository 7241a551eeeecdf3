import { hour, hourOfDay, minute } from './calendar.ts'
import type { Random } from './random.ts'
import { readiness } from './seasons.ts'
import type { Traits } from './traits.ts'

/** A message as it reached a member. */
export interface DemoMessage {
  id: string
  journeyId: string
  enrollmentId: string
  node: string
  channel: string
  text: string
  sentAt: number
  /** the code that the text carries, if it does */
  couponCode: string | null
}

/** When a member does what on a message; null: not at all. */
export interface Reactions {
  deliveredAt: number
  openedAt: number | null
  clickedAt: number | null
  boughtAt: number | null
  repliedAt: number | null
}

/** What an average member does on a message of a channel, as probabilities. */
interface Manners {
  /** null: the channel does not tell */
  opens: number | null
  clicks: number
  buys: number
  replies: number
}

const manners = new Map<string, Manners>([
  ['sms', { opens: null, clicks: 0.07, buys: 0.018, replies: 0.006 }],
  ['email', { opens: 0.24, clicks: 0.05, buys: 0.012, replies: 0.001 }],
  ['in_app', { opens: 0.34, clicks: 0.1, buys: 0.018, replies: 0.008 }],
  ['wecom', { opens: null, clicks: 0.12, buys: 0.025, replies: 0.04 }],
])

/** A channel that leads to a system (a webhook), or that the demo does not know: delivered, and no more. */
const unheard: Manners = { opens: null, clicks: 0, buys: 0, replies: 0 }

/** A coupon triples the purchases. */
const couponLift = { clicks: 1.6, buys: 3.2 }

/** Somebody whom the brand has lost may still come back, though less often. */
const lostShare = 0.4

/** Few react at night: what would fall between midnight and seven happens eight hours later. */
function awake(at: number): number {
  return hourOfDay(at) < 7 ? at + 8 * hour : at
}

/** Most see a message within the half hour, others when they next take up the phone. */
function seenAfter(random: Random): number {
  const mean = random.chance(0.6) ? 12 * minute : 3 * hour
  return minute + Math.ceil(random.exponential(mean))
}

/** Most who buy do so in the same visit, some in the evening, a few a day or two later. */
function purchaseAfter(random: Random): number {
  const kind = random.next()
  if (kind < 0.7) return Math.ceil(random.between(3, 45) * minute)
  return Math.ceil(random.between(kind < 0.92 ? 1 : 20, kind < 0.92 ? 9 : 50) * hour)
}

/** Draws what a member with these traits does on a message, and when. */
export function react(random: Random, message: DemoMessage, traits: Traits): Reactions {
  const { opens, clicks, buys, replies } = manners.get(message.channel) ?? unheard
  const { attention } = traits
  const lift = message.couponCode === null ? { clicks: 1, buys: 1 } : couponLift
  const faith = message.sentAt < traits.leavesAt ? 1 : lostShare
  const buying = buys * lift.buys * faith * traits.persuadable * readiness(message.sentAt)
  const willBuy = random.chance(Math.min(0.6, buying))
  // Three buyers of four come by the link, the others by themselves.
  const willClick = random.chance(willBuy ? 0.75 : Math.min(0.7, clicks * lift.clicks * faith * attention))
  const willOpen = opens !== null && (random.chance(Math.min(0.9, opens * faith * attention)) || willClick)
  const willReply = random.chance(Math.min(0.3, replies * attention))
  const deliveredAt = message.sentAt + 1000 + (Math.floor(random.exponential(6000)) % 59_000)
  const seenAt = awake(message.sentAt + seenAfter(random))
  const clickedAt = willClick ? seenAt + Math.ceil(random.between(4, 90) * 1000) : null
  return {
    deliveredAt,
    openedAt: willOpen ? seenAt : null,
    clickedAt,
    boughtAt: willBuy ? awake((clickedAt ?? seenAt) + purchaseAfter(random)) : null,
    repliedAt: willReply ? seenAt + Math.ceil(random.between(1, 20) * minute) : null,
  }
}
