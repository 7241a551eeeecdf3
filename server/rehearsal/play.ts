import { batchesOf } from './households.ts'
import type { Walked, WalkedSum } from './walked.ts'
import type { Party, Walker } from './walker.ts'
import type { Arrival } from './world.ts'

export type Progress = (done: number, of: number) => void

/** Everybody who comes in. */
export interface Scene {
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>
  readonly households: readonly string[][]
  /** About so many people are walked as one party. */
  readonly partySize: number
  readonly onProgress: Progress
}

/** Lets the loop breathe, so that progress is told and a cancellation heard. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function* partiesOf({ arrivals, households, partySize }: Scene): Generator<Party> {
  for (const batch of batchesOf(households, partySize)) {
    const own = batch.flat().flatMap((id) => {
      const some = arrivals.get(id)
      return some === undefined ? [] : [[id, some] as const]
    })
    yield { households: batch, arrivals: new Map(own) }
  }
}

const sizeOf = ({ households }: Party) => households.reduce((sum, { length }) => sum + length, 0)

/**
 * Lets walkers take party after party, each as soon as it has walked one. What came of them is added up in the order
 * of the parties, whoever walked them: it is what one walker alone would have.
 */
async function play(
  walkers: readonly Walker[],
  scene: Scene,
  horizon: number,
  sum: WalkedSum,
): Promise<void> {
  const { arrivals, onProgress } = scene
  const parties = partiesOf(scene)
  const early = new Map<number, Walked>()
  const underWay = walkers.map(() => 0)
  let [taken, added, done] = [0, 0, 0]
  const tell = () => onProgress(done + underWay.reduce((all, one) => all + one, 0), arrivals.size)
  onProgress(0, arrivals.size)
  const work = async (walker: Walker, at: number) => {
    for (let next = parties.next(); !next.done; next = parties.next()) {
      const place = taken
      taken += 1
      // What comes later than the breaker does not come.
      const until = Math.min(horizon, sum.trip?.at ?? horizon)
      const walked = await walker.walk(next.value, until, (people) => {
        underWay[at] = people
        tell()
      })
      early.set(place, walked)
      for (let one = early.get(added); one !== undefined; one = early.get(added)) {
        sum.add(one)
        early.delete(added)
        added += 1
      }
      underWay[at] = 0
      done += sizeOf(next.value)
      tell()
      await breathe()
    }
  }
  await Promise.all(walkers.map(work))
}

export interface Plays {
  /** Asked whenever it is played from the start. */
  readonly walkers: () => readonly Walker[]
  readonly sum: () => WalkedSum
}

/**
 * Plays the whole scene. Where somebody would get too many messages the journey pauses itself for all (rule
 * 11): when that is shows only after everybody has been walked, so that it is played again until then.
 */
export async function untilPaused({ walkers, sum }: Plays, scene: Scene, latest: number): Promise<WalkedSum> {
  const first = sum()
  await play(walkers(), scene, latest, first)
  if (first.trip === null) return first
  const again = sum()
  await play(walkers(), scene, first.trip.at, again)
  return again
}
