import { exitOf } from '../../shared/journey/exits.ts'
import type { AudienceExit } from '../../shared/journey/graph.ts'
import type { LoadedFacts } from '../../shared/run/step.ts'
import { Watching } from '../../shared/run/watching.ts'
import type { Theirs } from './others.ts'
import type { RehearsalWorld } from './world.ts'

/** A rule by which somebody leaves a journey now. */
export interface Out {
  readonly journey: string
  readonly exit: AudienceExit
}

/** By which audiences one customer leaves journeys (rule 18): the rehearsed one, and the other live ones. */
export class Leaving {
  readonly #all: readonly { readonly watching: Watching; readonly other: boolean }[]

  constructor({ exits, others, brand }: RehearsalWorld, theirs: Theirs | null) {
    const doors = [
      { doors: exits, other: false },
      { doors: others?.doors.exits ?? [], other: true },
    ].filter((one) => one.doors.length > 0)
    this.#all = doors.map((one) => ({
      watching: new Watching(one.doors, brand, theirs?.memberOf ?? new Set()),
      other: one.other,
    }))
  }

  /** When it is looked next; infinite where there is no such rule. */
  nextAt(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { watching } of this.#all) next = Math.min(next, watching.nextAt())
    return next
  }

  /** What is done or marked may put somebody into an audience, or take them out. */
  wake(now: number): void {
    for (const { watching } of this.#all) watching.wake(now)
  }

  /** The rules that are met by now; `factsOf` is what the rehearsed journey knows, or the others. */
  look(now: number, factsOf: (other: boolean) => LoadedFacts): Out[] {
    return this.#all.flatMap(({ watching, other }) =>
      watching.look(now, factsOf(other)).flatMap(({ plan, trigger }) => {
        const exit = exitOf(trigger)
        return exit === null ? [] : [{ journey: plan.journey.id, exit }]
      }),
    )
  }
}
