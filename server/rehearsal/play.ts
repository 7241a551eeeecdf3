import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import type { Entries } from '../../shared/run/enter.ts'
import type { MemberFacts } from '../ports/rehearsal.ts'
import { Rehearsed } from './customer.ts'
import { batchesOf, walk } from './households.ts'
import type { Given } from './standing.ts'
import type { Tally } from './tally.ts'
import type { Arrival, RehearsalWorld } from './world.ts'

export type Progress = (done: number, of: number) => void

/** Everybody who comes in, and how to learn of them. */
export interface Scene {
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>
  readonly households: readonly string[][]
  readonly load: (ids: readonly string[], needs: ConditionNeeds) => Promise<Map<string, MemberFacts>>
  readonly entriesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, Entries>>
  readonly start: number
  readonly onProgress: Progress
}

const batchSize = 2000
const nothing: ConditionNeeds = { tags: false, audiences: [], events: [] }
/** So many customers on, it is told how far the rehearsal is. */
const tellEvery = 100

/** Lets the loop breathe, so that progress is told and a cancellation heard. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function play(world: RehearsalWorld, scene: Scene): Promise<void> {
  const { arrivals, start, onProgress } = scene
  let done = 0
  onProgress(0, arrivals.size)
  for (const batch of batchesOf(scene.households, batchSize)) {
    const ids = batch.flat()
    const theirs = await world.others?.load(ids)
    const earlier = await scene.entriesOf(ids)
    const members = await scene.load(ids, world.others?.needs() ?? nothing)
    for (const household of batch) {
      const given: Given | null = household.length === 1 ? null : new Map()
      const people = household.flatMap((id) => {
        const facts = members.get(id)
        if (facts === undefined) {
          if (arrivals.has(id)) world.tally.unreadable()
          return []
        }
        const events = world.assumed === null ? facts.events : facts.events.filter(({ at }) => at <= start)
        const own = {
          events,
          arrivals: arrivals.get(id) ?? [],
          earlier: earlier.get(id) ?? null,
          theirs: theirs?.get(id) ?? null,
        }
        return [new Rehearsed(world, { ...facts, ...own }, given)]
      })
      walk(people)
      // What comes later than the breaker does not come.
      world.horizon = Math.min(world.horizon, world.tally.trip?.at ?? world.horizon)
      if (Math.floor((done + household.length) / tellEvery) > Math.floor(done / tellEvery))
        onProgress(done, arrivals.size)
      done += household.length
    }
    onProgress(done, arrivals.size)
    await breathe()
  }
}

/**
 * Plays the whole scene. Where somebody would get too many messages the journey pauses itself for all (rule
 * 11): when that is shows only after everybody has been walked, so that it is played again until then.
 */
export async function untilPaused(
  begin: (horizon: number) => RehearsalWorld,
  scene: Scene,
  latest: number,
): Promise<Tally> {
  const first = begin(latest)
  await play(first, scene)
  if (first.tally.trip === null) return first.tally
  const again = begin(first.tally.trip.at)
  await play(again, scene)
  return again.tally
}
