import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { canStand, fates, groundOf, type Mapping } from '../../shared/run/move.ts'
import { changeOf } from '../../shared/run/wording.ts'
import { begin, finish, playable, worlds } from '../../shared/testing/random-lives.ts'
import { fatesIn } from '../store/sqlite/journeys/fates.ts'
import { getJourney, publish, saveDraft } from '../store/sqlite/journeys/journeys.ts'
import type { JourneyDriver } from './journey-driver.ts'
import { lived, type Played } from './twins.ts'

// Seeds that once failed stay here.
const runs = { seed: 20_260_830, numRuns: 30, endOnFailure: true }

/** A moment in the midst of the run. */
const moment = fc.integer({ min: begin + 3_600_000, max: finish - 3_600_000 })

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

function freeze(
  { db, brand }: JourneyDriver,
  journey: Journey,
  choice: { fate: (typeof fates)[number] | null; mapping: Mapping },
): void {
  const now = brand.now()
  const { revision } = getJourney(db, journey.id)
  const saved = saveDraft(db, journey.id, { journey, revision, now })
  publish(db, journey.id, { revision: saved.revision, now, choice, brand: brand.brand(), registry })
}

/** What holds however a journey was changed in the midst of its run. */
function expectWhole(driver: JourneyDriver): void {
  const count = (sql: string) => driver.rows<{ n: number }>(sql)[0]?.n
  expect(count('select count(*) as n from moves where done_at is null'), 'moves under way').toBe(0)
  expect(driver.rows(`select customer_id, state, error from enrollments where status = 'stuck'`)).toEqual([])
  const gaps = `select count(*) as n from enrollments e
    where e.steps <> (select count(*) from traces t where t.enrollment_id = e.id)
       or e.steps <> (select max(t.seq) + 1 from traces t where t.enrollment_id = e.id)`
  expect(count(gaps), 'stories with gaps').toBe(0)
  const sent = count(
    `select count(*) as n from traces where outcome = 'sent' and reason like '%"code":"sent"%'`,
  )
  expect(count('select count(*) as n from messages'), 'one message for each sending').toBe(sent)
  const standing = driver.rows(
    `select version, state as node, count(*) as n from enrollments where ended_at is null group by 1, 2 order by 1, 2`,
  )
  const counted = driver.rows(
    `select version, node, count as n from figures where kind = 'waiting' and count <> 0 order by 1, 2`,
  )
  expect(counted, 'who waits, by the figures').toEqual(standing)
}

const withoutMoves = ({ told }: Played) =>
  told
    .filter(({ what }) => !what.endsWith('.moved'))
    .map(({ how, ...rest }) => ({ ...rest, how: how.replaceAll(/[。 ]/g, '') }))

test('rule 21: a change of words in the midst moves everyone, and nothing comes earlier, later, twice or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(playable, worlds(true), moment, async (journey, world, at) => {
      const corrected = reworded(journey)
      const plain = await lived(journey, world)
      const moved = await lived(journey, world, {
        at,
        async act(driver) {
          freeze(driver, corrected, { fate: null, mapping: {} })
          await driver.brand.settle()
          if (changeOf(journey, corrected, registry) === 'none') return
          const left = 'select count(*) as n from enrollments where version = 1 and ended_at is null'
          expect(driver.rows(left)).toEqual([{ n: 0 }])
        },
        look: expectWhole,
      })
      expect(withoutMoves(moved)).toEqual(withoutMoves(plain))
    }),
    runs,
  )
})

/** Sends those whose node is gone somewhere, by a draw. */
function mapped(driver: JourneyDriver, next: Journey, draws: readonly number[]): Mapping {
  const choice = { fate: 'move' as const, mapping: {} }
  const asked = { id: next.id, next, number: 2, isNew: true, choice, registry }
  const { destinies } = fatesIn(driver.db, asked)
  const places = [...groundOf(next, registry).nodes.values()].filter(canStand).map(({ id }) => id)
  const targets = [...places, 'left']
  return Object.fromEntries(
    destinies
      .filter(({ becomes }) => becomes === 'undecided')
      .map(({ node }, index) => [
        node,
        targets[(draws[index % draws.length] ?? 0) % targets.length] ?? 'left',
      ]),
  )
}

test('rule 21: between random pairs of versions nobody loses a message or gets one twice, whatever their fate', async () => {
  const draws = fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(playable, playable, worlds(true), moment, fc.constantFrom(...fates), draws),
      async ([before, after, world, at, fate, drawn]) => {
        const next = { ...after, id: before.id }
        await lived(before, world, {
          at,
          async act(driver) {
            try {
              const mapping = fate === 'move' ? mapped(driver, next, drawn) : {}
              freeze(driver, next, { fate, mapping })
            } catch (error) {
              // What is past by now may not be published; then everything goes on as it was.
              if (!(error instanceof Problem) || error.code !== 'journey-has-errors') throw error
              return
            }
            await driver.brand.settle()
            const left = driver.rows<{ n: number }>(
              'select count(*) as n from enrollments where version = 1 and ended_at is null',
            )[0]?.n
            if (fate !== 'finish') expect(left).toBe(0)
          },
          look: expectWhole,
        })
      },
    ),
    runs,
  )
})
