import type { Plan } from '../compile/plan.ts'
import { namedBy, type SavedAudience } from '../conditions/audiences.ts'
import type { Brand } from '../journey/brand.ts'
import { exitKey } from '../journey/exits.ts'
import type { MembershipEntrance } from '../nodes/entrance.ts'
import type { Entry } from '../nodes/type.ts'
import { anchorsAt, belongs } from './enter.ts'
import { asWatched, exitsOf } from './exits.ts'
import type { LoadedFacts } from './facts.ts'

/** What is opened by joining or leaving an audience: a trigger, or the way out of a journey. */
export interface WatchDoor {
  readonly plan: Plan
  readonly trigger: string
  readonly entrance: MembershipEntrance
  /** From when it is looked. */
  readonly from: number
  /** Whether the first look finds out who is of it, or that is known already. */
  readonly state: 'published' | 'resumed' | 'going'
}

/** Whether anybody can say who is of an audience: of one that is gone or in a circle nobody joins or leaves. */
export const canTell = ({ audience }: MembershipEntrance, saved: SavedAudience): boolean =>
  namedBy([audience], saved).unknown.size === 0

/** The exit rules by audience of a version that is looked at from a moment on. */
export function exitDoors(plan: Plan, saved: SavedAudience, from: number): WatchDoor[] {
  return exitsOf(plan).flatMap((exit) => {
    const entrance = asWatched(exit)
    if (!canTell(entrance, saved)) return []
    return [{ plan, trigger: exitKey(exit), entrance, from, state: 'published' as const }]
  })
}

const hourMs = 3_600_000
/** For what time alone changes it is looked a day ahead; the hour is found where the day makes a difference. */
const aheadMs = 24 * hourMs

/** What opens as somebody has just joined its audience, or left it. */
export interface Changed {
  readonly plan: Plan
  readonly trigger: string
  readonly anchors: Entry['anchors']
}

interface One {
  readonly door: WatchDoor
  /** As of the last look; null before the first. */
  member: boolean | null
  nextAt: number
}

const hourAfter = (at: number) => Math.floor(at / hourMs + 1) * hourMs

/** Whether one customer joins or leaves audiences, in the course of a rehearsal or a preview. */
export class Watching {
  readonly #brand: Brand
  readonly #all: readonly One[]

  constructor(doors: readonly WatchDoor[], brand: Brand, memberOf: ReadonlySet<string>) {
    this.#brand = brand
    this.#all = doors.map((door) => ({
      door,
      member: door.state === 'going' ? memberOf.has(`${door.plan.journey.id} ${door.trigger}`) : null,
      nextAt: door.from,
    }))
  }

  nextAt(): number {
    return this.#all.reduce((next, one) => Math.min(next, one.nextAt), Number.POSITIVE_INFINITY)
  }

  /** Something was done or marked that may make a difference, if it is looked already. */
  wake(now: number): void {
    for (const one of this.#all) if (now >= one.door.from) one.nextAt = Math.min(one.nextAt, now)
  }

  /** Looks where it is time; answers what opens by what has changed. */
  look(now: number, facts: LoadedFacts): Changed[] {
    return this.#all.flatMap((one) => {
      if (one.nextAt > now) return []
      const { plan, trigger, entrance } = one.door
      const before = one.member
      const member = this.#isOf(one, now, facts)
      one.member = member
      one.nextAt = this.#nextLook(one, now, facts)
      const opens =
        before === null ? this.#isPresent(one) : member !== before && member === (entrance.on === 'join')
      return opens ? [{ plan, trigger, anchors: anchorsAt(plan, null, now, this.#brand) }] : []
    })
  }

  /** At the first look those come in who are of it already, where the marketer wants that. */
  #isPresent({ door: { state, entrance }, member }: One): boolean {
    return state === 'published' && entrance.present && member === true
  }

  #isOf({ door: { plan, entrance } }: One, now: number, facts: LoadedFacts): boolean {
    const brand = this.#brand
    return belongs(plan, entrance.audience, null, facts, {
      now,
      brand,
      anchors: anchorsAt(plan, null, now, brand),
    })
  }

  /** The hour at which time alone changes it within a day; where nothing does, in a day. */
  #nextLook(one: One, now: number, facts: LoadedFacts): number {
    const last = hourAfter(now + aheadMs - hourMs)
    if (this.#isOf(one, last, facts) === one.member) return last
    for (let at = hourAfter(now); at < last; at += hourMs)
      if (this.#isOf(one, at, facts) !== one.member) return at
    return last
  }
}
