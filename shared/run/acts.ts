import type { Plan } from '../compile/plan.ts'
import { type Act, actEvent, isAct } from '../conditions/acts.ts'
import type { CustomerEvent } from '../conditions/customer.ts'
import { couponEvents } from '../coupons/events.ts'
import { claimedOf } from '../effects/coupon.ts'
import { type Effect, endingReasons } from '../effects/index.ts'
import { pointedOf } from '../effects/points.ts'
import type { Enrollment } from '../nodes/type.ts'
import { pointEvents } from '../points/events.ts'
import type { Step, TraceEntry } from './step.ts'

/** Whether journeys themselves bring events of a name about, so that a batch must see those that it is just saving. */
const told: ReadonlySet<string> = new Set([couponEvents.claimed, pointEvents.earned, pointEvents.spent])
export const isOwnDoing = (event: string): boolean => isAct(event) || told.has(event)

/** What somebody has done in a journey that is not saved yet. */
export interface Doings {
  readonly plan: Plan
  /** As it is by now. */
  readonly enrollment: Enrollment
  /** null: it has come in by this. */
  readonly before: number | null
  readonly effects: readonly { readonly node: string; readonly at: number; readonly effect: Effect }[]
  readonly moves: readonly { readonly trace: TraceEntry }[]
  readonly ending: string | null
}

const reasons: ReadonlySet<string> = new Set(endingReasons)

function channelAt(plan: Plan, node: string): string | null {
  const config = plan.nodes.get(node)?.config
  const told = typeof config === 'object' && config !== null && 'channel' in config ? config.channel : null
  return typeof told === 'string' ? told : null
}

/** What conditions may ask of it: the events that the store will tell of it once it is saved. */
export function actsOf({ plan, enrollment, before, effects, moves, ending }: Doings): CustomerEvent[] {
  const { journeyId: journey, id } = enrollment
  const acts: Act[] = []
  const add = (act: Omit<Act, 'enrollment' | 'journey' | 'place'>) =>
    acts.push({ ...act, enrollment: id, journey, place: acts.length })
  const endedAt = ending === null ? null : (moves.at(-1)?.trace.at ?? enrollment.arrivedAt)
  if (before === null)
    add({ kind: 'entered', at: enrollment.enteredAt, control: enrollment.control, until: endedAt })
  for (const { trace } of moves) {
    const { node, at, reason } = trace
    if (reason.code !== 'suppressed') continue
    const gate = typeof reason.gate === 'string' ? reason.gate : null
    add({ kind: 'withheld', at, node, channel: channelAt(plan, node), reason: gate })
  }
  for (const { node, at, effect } of effects) {
    if (effect.kind === 'send')
      add({ kind: 'sent', at, node, channel: effect.channel, purpose: effect.purpose })
    if (effect.kind === 'goal') add({ kind: 'goal', at, node: effect.goal, amount: effect.value })
  }
  if (ending !== null && endedAt !== null) {
    if (reasons.has(ending)) add({ kind: 'left', at: endedAt, reason: ending })
    else add({ kind: 'finished', at: endedAt, node: ending })
  }
  const given = effects.flatMap(({ node, at, effect }): CustomerEvent[] => {
    const by = { journeyId: journey, node, at }
    if (effect.kind === 'coupon') return [claimedOf(effect.coupon, by)]
    return effect.kind === 'points' ? [pointedOf(effect, by)] : []
  })
  return [...acts.map((act) => actEvent(act, false)), ...given]
}

/** One step that has been taken from a node, as what is done by it; `before` is null where somebody comes in by it. */
export function doingOf(plan: Plan, from: string, step: Step, at: number, before: number | null): Doings {
  const { enrollment, effects, trace, ending } = step
  const node = trace?.node ?? from
  return {
    ...{ plan, enrollment, before, ending },
    effects: effects.map((effect) => ({ node, at, effect })),
    moves: trace === null ? [] : [{ trace }],
  }
}
