import fc from 'fast-check'
import { lineText } from '../../shared/run/replay.ts'
import { type Compared, replayStored } from '../../shared/run/replay-stored.ts'
import { begin, finish, playable, worlds } from '../../shared/testing/random-lives.ts'
import { planCache } from '../engine/runtime.ts'
import type { StoredPassage } from '../ports/passages.ts'
import { passageReader } from '../store/sqlite/enrollments/passages.ts'
import { type Interruption, ran } from './twins.ts'

/** Pauses of a journey, each after the one before. */
const interruptions: fc.Arbitrary<readonly Interruption[]> = fc
  .array(fc.integer({ min: 1, max: finish - begin - 1 }), { maxLength: 4 })
  .map((moments) => {
    const times = [...new Set(moments)].sort((a, b) => a - b).map((moment) => begin + moment)
    return times.flatMap((from, index) => {
      const to = times[index + 1]
      return index % 2 === 1 || to === undefined ? [] : [{ from, to }]
    })
  })

/** A random journey lived through by random customers, with pauses on the way, and a next version. */
export const tales = fc.record({
  journey: playable,
  world: worlds(true),
  interruptions,
  reworded: fc.option(fc.integer({ min: begin + 1, max: finish - 1 })),
})
export type Tale = typeof tales extends fc.Arbitrary<infer One> ? One : never

/** A passage that did not come out as it was, in words for whoever looks for the fault. */
function sayDifferent({ trace }: StoredPassage, compared: Compared): string {
  const at = compared.problem === null ? compared.trace.length - 1 : compared.trace.length
  const told = (line: (typeof trace)[number] | undefined) => (line === undefined ? 'nothing' : lineText(line))
  const why = compared.problem?.problem.message ?? (compared.same ? 'another end' : '')
  return `${told(trace[at])}\n  came out as ${told(compared.trace[at])} ${why}`
}

/** Lives a tale, and walks everybody again by the traces alone: how many, and what came out otherwise. */
export async function replayed({
  reworded,
  journey,
  world,
  interruptions,
}: Tale): Promise<{ passages: number; different: string[] }> {
  const driver = await ran(journey, world, interruptions, reworded)
  const passages = await passageReader(driver.db.sqlite).passagesAfter(0, 10_000)
  const planFor = planCache(driver.brand.store, driver.brand.registry)
  const different: string[] = []
  for (const passage of passages) {
    const compared = await replayStored(passage, planFor, world.brand)
    if (!compared.sameEnd || compared.byOutcome.length > 0) different.push(sayDifferent(passage, compared))
  }
  driver.db.close()
  return { passages: passages.length, different }
}
