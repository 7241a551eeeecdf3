import fc from 'fast-check'
import { terminalActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { type FateChoice, peopleWho, targetsIn } from '../../shared/run/fate.ts'
import { type Fated, fates, type NodeFate } from '../../shared/run/move.ts'
import { begin, finish, playable, worlds } from '../../shared/testing/random-lives.ts'
import { changeValues } from '../journeys/values.ts'
import { fatesIn } from '../store/sqlite/journeys/fates.ts'
import { getJourney, publish, saveDraft } from '../store/sqlite/journeys/journeys.ts'
import type { JourneyDriver } from './journey-driver.ts'
import { type Deed, ran } from './twins.ts'

/** A moment in the midst of the run. */
export const moment = fc.integer({ min: begin + 3_600_000, max: finish - 3_600_000 })

/** A journey three times over: each version takes the people of those before, and values change between them. */
export const pairs = fc.record({
  journeys: fc.tuple(playable, playable, playable),
  world: worlds(true),
  moments: fc.tuple(moment, moment, moment, moment),
  /** Whether the first of the moves is made while the journey stands still. */
  paused: fc.boolean(),
  said: fc.tuple(fc.constantFrom(null, ...fates), fc.constantFrom(null, ...fates)),
  draws: fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }),
})
export type Pair = typeof pairs extends fc.Arbitrary<infer One> ? One : never

function saysGift(node: JourneyNode): JourneyNode {
  const { type, config } = node
  if (type !== 'send' || typeof config.text !== 'object' || config.text === null) return node
  const texts = Object.entries(config.text).map(([locale, text]) => [locale, `${String(text)} {{ gift }}`])
  return { ...node, config: { ...config, text: Object.fromEntries(texts) } }
}

/** The journey with a value of its own in all that it says. */
const withGift = (journey: Journey, id: string): Journey => ({
  ...journey,
  id,
  variables: { ...journey.variables, gift: { value: 'a cup' } },
  nodes: Object.fromEntries(Object.entries(journey.nodes).map(([node, drawn]) => [node, saysGift(drawn)])),
})

export function freeze({ db, brand }: JourneyDriver, journey: Journey, choice: FateChoice): void {
  const now = brand.now()
  const { revision } = getJourney(db, journey.id)
  const saved = saveDraft(db, journey.id, { journey, revision, now })
  publish(db, journey.id, { revision: saved.revision, now, choice, brand: brand.brand(), registry })
}

/** Draws one after the other, round and round. */
function drawing(draws: readonly number[]): (below: number) => number {
  let at = 0
  return (below) => {
    at += 1
    return (draws[at % draws.length] ?? 0) % below
  }
}

/** Fates of single nodes: of all that somebody must decide, and of some others. */
function byNode(
  driver: JourneyDriver,
  next: Journey,
  fate: FateChoice['fate'],
  draw: (below: number) => number,
): Fated['byNode'] {
  const asked = { id: next.id, next, number: Number.MAX_SAFE_INTEGER, isNew: true, registry }
  const { destinies } = fatesIn(driver.db, { ...asked, choice: { fate, mapping: {} } })
  const targets = targetsIn(next, registry)
  const fateFor = (): NodeFate => {
    const way = fates[draw(fates.length)] ?? 'finish'
    const to = targets[draw(targets.length)]
    return way === 'move' ? (to === undefined ? { fate: 'leave' } : { fate: way, to }) : { fate: way }
  }
  const decided = destinies.filter(({ becomes }) => becomes === 'undecided' || draw(3) === 0)
  return Object.fromEntries(decided.map(({ node }) => [node, fateFor()]))
}

/** What is wrong with a brand, whatever its journey has been through. */
export function faultsIn(driver: JourneyDriver): string[] {
  const count = (sql: string) => driver.rows<{ n: number }>(sql)[0]?.n ?? 0
  const nothing = (what: string, sql: string) => {
    const found = count(sql)
    return found === 0 ? [] : [`${what}: ${found}`]
  }
  const sent = count(
    `select count(*) as n from traces where outcome = 'sent' and reason like '%"code":"sent"%'`,
  )
  const messages = count('select count(*) as n from messages')
  const standing = driver.rows(
    `select version, state as node, count(*) as n from enrollments where ended_at is null group by 1, 2 order by 1, 2`,
  )
  const counted = driver.rows(
    `select version, node, count as n from figures where kind = 'waiting' and count <> 0 order by 1, 2`,
  )
  const gaps = `select count(*) as n from enrollments e
    where e.steps <> (select count(*) from traces t where t.enrollment_id = e.id)
       or e.steps <> (select max(t.seq) + 1 from traces t where t.enrollment_id = e.id)`
  const who = [JSON.stringify(counted), JSON.stringify(standing)]
  return [
    ...nothing('moves under way', 'select count(*) as n from moves where done_at is null'),
    ...nothing('stuck', `select count(*) as n from enrollments where status = 'stuck'`),
    ...nothing('stories with gaps', gaps),
    ...(sent === messages ? [] : [`${messages} messages of ${sent} sendings`]),
    ...(who[0] === who[1] ? [] : [`by the figures ${who[0]} wait, and ${who[1]} do`]),
  ]
}

/** Lives a journey through two moves and two changes of values; all that went wrong. */
export async function moved({ journeys, world, moments, paused, said, draws }: Pair): Promise<string[]> {
  const [first, ...others] = journeys
  const versions = others.map((journey) => withGift(journey, first.id))
  const faults: string[] = []
  const draw = drawing(draws)
  const [m0, m1, m2, m3] = [...moments].sort((a, b) => a - b)
  if (m0 === undefined || m1 === undefined || m2 === undefined || m3 === undefined) return faults
  const publishes = (at: number, next: Journey | undefined, fate: FateChoice['fate']): Deed => ({
    at,
    async act(driver) {
      if (next === undefined) return
      const choice = { fate, mapping: {}, byNode: byNode(driver, next, fate, draw) }
      const number = Number.MAX_SAFE_INTEGER
      const asked = { id: next.id, next, number, isNew: true, choice, registry }
      const finishing = peopleWho(fatesIn(driver.db, asked).destinies, 'finishes')
      try {
        freeze(driver, next, choice)
      } catch (error) {
        // What is past by now may not be published; then everything goes on as it was.
        if (!(error instanceof Problem) || error.code !== 'journey-has-errors') throw error
        return
      }
      await driver.brand.settle()
      const left = `select count(*) as n from enrollments e join journeys j on j.id = e.journey_id
        where e.ended_at is null and e.version < j.live_version`
      const stay = driver.rows<{ n: number }>(left)[0]?.n ?? 0
      if (stay > finishing) faults.push(`${stay} stay in earlier versions, ${finishing} were to`)
    },
  })
  const changes = (at: number, gift: string): Deed => ({
    at,
    async act(driver) {
      await changeValues(driver.brand, terminalActor, { id: first.id, values: { gift } })
      const other = `select body from messages
        where status = 'queued' and attempts = 0 and withdrawn = 0 and instr(body, ?) = 0`
      for (const { body } of driver.rows<{ body: string }>(other, gift)) faults.push(`still said: ${body}`)
    },
  })
  const deeds = [
    changes(m0, 'an umbrella'),
    publishes(m1, versions[0], said[0]),
    publishes(m2, versions[1], said[1]),
    changes(m3, 'a hat'),
  ]
  const interruptions = paused ? [{ from: m1 - 60_000, to: m1 + 60_000 }] : []
  const driver = await ran(withGift(first, first.id), world, interruptions, null, deeds)
  faults.push(...faultsIn(driver))
  driver.db.close()
  return faults
}
