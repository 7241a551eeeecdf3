import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { changeOf } from '../../shared/run/wording.ts'
import { playable, worlds } from '../../shared/testing/random-lives.ts'
import { faultsIn, freeze, moment, moved, pairs } from './pairs.ts'
import { lived, type Played } from './twins.ts'

// Seeds that once failed stay here.
const runs = { seed: 20_260_830, numRuns: 30, endOnFailure: true }

const inOtherWords = (node: JourneyNode): JourneyNode => {
  const { type, config } = node
  const text = config.text
  if (type !== 'send' || typeof text !== 'object' || text === null || config.body === 'json') return node
  const said = Object.fromEntries(
    Object.entries(text).map(([locale, one]) => [locale, one === '' ? one : `${String(one)}。`]),
  )
  return { ...node, config: { ...config, text: said } }
}

/** The same journey with a full stop after each text. */
const reworded = (journey: Journey): Journey => ({
  ...journey,
  nodes: Object.fromEntries(Object.entries(journey.nodes).map(([id, node]) => [id, inOtherWords(node)])),
})

const withoutMoves = ({ told }: Played) =>
  told
    .filter(({ what }) => !what.endsWith('.moved'))
    .map(({ how, ...rest }) => ({ ...rest, how: how.replaceAll(/[。 ]/g, '') }))

test('rule 21: a change of words in the midst moves everyone, and nothing comes earlier, later, twice or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(playable, worlds(true), moment, async (journey, world, at) => {
      const corrected = reworded(journey)
      const plain = await lived(journey, world)
      const reached = await lived(journey, world, {
        at,
        async act(driver) {
          freeze(driver, corrected, { fate: null, mapping: {} })
          await driver.brand.settle()
          if (changeOf(journey, corrected, registry) === 'none') return
          const left = 'select count(*) as n from enrollments where version = 1 and ended_at is null'
          expect(driver.rows(left)).toEqual([{ n: 0 }])
        },
        look: (driver) => expect(faultsIn(driver)).toEqual([]),
      })
      expect(withoutMoves(reached)).toEqual(withoutMoves(plain))
    }),
    runs,
  )
})

test('rule 21: between random pairs of versions nobody loses a message or gets one twice, whatever their fate', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, async (pair) => {
      expect(await moved(pair)).toEqual([])
    }),
    runs,
  )
})
