import fc from 'fast-check'
import { terminalActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { fates, type Mapping } from '../../shared/run/move.ts'
import { replayStored } from '../../shared/run/replay-stored.ts'
import { begin, finish, playable, worlds } from '../../shared/testing/random-lives.ts'
import { planCache } from '../engine/runtime.ts'
import { passageReader } from '../store/sqlite/enrollments/passages.ts'
import { flightOf } from '../store/sqlite/journeys/about-to-publish.ts'
import { getJourney, pause, publish, resume, saveDraft } from '../store/sqlite/journeys/journeys.ts'
import type { JourneyDriver } from './journey-driver.ts'
import { ran } from './twins.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What somebody decides who publishes, by numbers that mean something else in each journey. */
const publication = fc.record({
  next: playable,
  fate: fc.constantFrom('move', 'move', ...fates),
  /** How many looks at people under way go before it, and how far they are apart. */
  looks: fc.integer({ min: 1, max: 4 }),
  apart: fc.integer({ min: 1, max: 9 }),
  /** For how many hours the journey is paused around it; 0: it runs. */
  paused: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
  picks: fc.array(fc.nat(), { minLength: 3, maxLength: 6 }),
})
type Publication = typeof publication extends fc.Arbitrary<infer One> ? One : never

/** A random journey that becomes another one, and another, while random customers are under way. */
export const rebuildings = fc.record({
  journey: playable,
  world: worlds(true),
  publications: fc.array(publication, { minLength: 1, maxLength: 2 }),
})
export type Rebuilding = typeof rebuildings extends fc.Arbitrary<infer One> ? One : never

const underWay = (driver: JourneyDriver) =>
  driver.rows<{ n: number }>('select count(*) as n from enrollments where ended_at is null')[0]?.n ?? 0

/** Goes on until somebody is under way; answers whether anybody is. */
async function awaited(driver: JourneyDriver, { looks, apart }: Publication): Promise<boolean> {
  const { brand } = driver
  for (let seen = 0; brand.now() < finish - 4 * dayMs; ) {
    if (underWay(driver) > 0) seen += 1
    if (seen === looks) return true
    await brand.advance(brand.act(terminalActor), { to: brand.now() + apart * hourMs })
  }
  return false
}

/** Where those go whose node is gone, and some others. */
function mappingOf({ db, brand }: JourneyDriver, id: string, { next, picks }: Publication): Mapping {
  const choice = { fate: 'move', mapping: {} } as const
  const { registry } = brand
  const { fates: foreseen } = flightOf(db, id, { choice, brand: brand.brand(), registry, now: brand.now() })
  const nodes = Object.entries(next.nodes).flatMap(([node, { type }]) => {
    const known = registry.get(type)
    return known?.decide !== undefined || known?.role === 'exit' ? [node] : []
  })
  const places = ['left', ...nodes]
  const entries = foreseen.destinies.flatMap(({ node, becomes }, at) => {
    const pick = picks[at % picks.length] ?? 0
    return becomes === 'undecided' || pick % 3 === 0 ? [[node, places[pick % places.length] ?? 'left']] : []
  })
  return Object.fromEntries(entries)
}

async function rebuild(driver: JourneyDriver, id: string, publishing: Publication): Promise<void> {
  if (!(await awaited(driver, publishing))) return
  const { db, brand } = driver
  const { next, fate, paused } = publishing
  const { registry } = brand
  const at = { now: brand.now(), brand: brand.brand(), registry }
  const draft: Journey = { ...next, id }
  const known = getJourney(db, id).revision
  const { revision } = saveDraft(db, id, { journey: draft, revision: known, now: at.now })
  if (paused > 0) pause(db, id, at.now)
  try {
    const mapping = fate === 'move' ? mappingOf(driver, id, publishing) : {}
    publish(db, id, { ...at, revision, choice: { fate, mapping } })
  } catch (error) {
    // A day that it names may have passed by then.
    if (!(error instanceof Problem) || error.code !== 'journey-has-errors') throw error
  }
  await brand.settle()
  if (paused === 0) return
  await brand.advance(brand.act(terminalActor), { to: brand.now() + paused * hourMs })
  resume(db, id, { ...at, now: brand.now(), letIn: true })
  await brand.settle()
}

interface Count {
  node: string
  n: number
}

/** What does not add up in the end: people left behind, moves that end not, figures, people held up. */
function faultsOf(driver: JourneyDriver): string[] {
  const behind = driver.rows<{ id: number; version: number }>(
    `select e.id, e.version from enrollments e join moves m on m.journey_id = e.journey_id
     where e.ended_at is null and e.version < m.to_version
       and exists (select 1 from json_each(m.plan, '$.fates') f where f.key = cast(e.version as text))`,
  )
  const open = driver.rows<{ id: number }>('select id from moves where done_at is null')
  const held = driver.rows<{ id: number; error: string }>(
    'select id, error from enrollments where ended_at is null and attempts > 0',
  )
  const counted = driver.rows<Count>(
    `select node, sum(count) as n from figures where kind = 'waiting' group by node having n <> 0 order by node`,
  )
  const standing = driver.rows<Count>(
    `select state as node, count(*) as n from enrollments where ended_at is null group by state order by state`,
  )
  return [
    ...behind.map((one) => `left behind: ${JSON.stringify(one)}`),
    ...open.map(({ id }) => `the move ${id} has not ended`),
    ...held.map((one) => `held up: ${JSON.stringify(one)}`),
    ...(JSON.stringify(counted) === JSON.stringify(standing)
      ? []
      : [`counted ${JSON.stringify(counted)}, standing ${JSON.stringify(standing)}`]),
  ]
}

/** Lives it, and tells how many were moved and what is wrong in the end; each passage is walked again by its trace. */
export async function rebuilt({
  journey,
  world,
  publications,
}: Rebuilding): Promise<{ passages: number; moved: number; faults: string[] }> {
  const act = async (driver: JourneyDriver) => {
    for (const publishing of publications) await rebuild(driver, journey.id, publishing)
  }
  const driver = await ran(journey, world, [], null, [{ at: begin + 1, act }])
  const faults = faultsOf(driver)
  const passages = await passageReader(driver.db.sqlite).passagesAfter(0, 10_000)
  const planFor = planCache(driver.brand.store, driver.brand.registry)
  for (const passage of passages) {
    const { sameEnd, problem, trace } = await replayStored(passage, planFor, world.brand)
    const why = problem?.problem.message ?? `after ${trace.length} steps`
    if (!sameEnd) faults.push(`enrollment ${passage.enrollment.id} came out otherwise: ${why}`)
  }
  driver.db.close()
  const moved = passages.filter(({ trace }) => trace.some(({ outcome }) => outcome === 'moved')).length
  return { passages: passages.length, moved, faults }
}
