import { Problem } from '../../../../shared/errors/index.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import { nodesThatSay } from '../../../../shared/run/reword.ts'
import type { Act } from '../../../ports/acts.ts'
import type { HeldValues, ValuesChange, Waiting } from '../../../ports/journeys.ts'
import { auditWriter } from '../audit/audit.ts'
import type { BrandDatabase } from '../database.ts'
import { planMove } from '../moves/moves.ts'
import { openQuestionsIn } from '../moves/store.ts'
import { countIn, waitingIn } from './fates.ts'
import { setTriggers } from './publish.ts'
import { statusIn } from './read.ts'
import { givenValues, valueKeeper, valuesStampReader } from './values.ts'
import { graphReader, versionGraph } from './versions.ts'

/** What a running journey's variables are worth; null where it does not run. Problem `not-found`. */
export function heldValues(db: BrandDatabase, id: string): HeldValues | null {
  statusIn(db, id)
  const version = runningVersion(db, id)
  if (version === null) return null
  const stamp = valuesStampReader(db)(id)
  return { version, journey: versionGraph(db, id, version), given: givenValues(db, id), stamp }
}

function runningVersion({ sqlite }: BrandDatabase, id: string): number | null {
  const row = sqlite
    .prepare<[string], { version: number | null }>(
      `select live_version as version from journeys where id = ? and status in ('live', 'paused')`,
    )
    .get(id)
  return row?.version ?? null
}

/** What waits that says one of some values, in whichever version. */
export function waitingFor(
  db: BrandDatabase,
  id: string,
  names: readonly string[],
  registry: Registry,
): Waiting {
  const read = graphReader(db)
  const numbers = db.sqlite
    .prepare<[string], number>('select number from versions where journey_id = ? order by number')
    .pluck()
    .all(id)
  const places = Object.fromEntries(
    numbers.flatMap((number) => {
      const graph = read(id, number)
      const nodes = graph === null ? [] : nodesThatSay(graph, names, registry)
      return nodes.length === 0 ? [] : [[String(number), nodes] as const]
    }),
  )
  if (Object.keys(places).length === 0) return { places, count: 0 }
  return { places, count: countIn(waitingIn(db, id, null), places) + openQuestionsIn(db, id, places).length }
}

/**
 * Within a transaction: gives variables other values from now on, says so in the log, a row for each, and plans that
 * what waits is said by them.
 */
export function changeValues(db: BrandDatabase, act: Act, id: string, change: ValuesChange): boolean {
  const { version, values, before, from, to, plan, brand, stamp, waiting } = change
  const current = runningVersion(db, id)
  if (current !== version) throw new Problem('stale-version', { version, current: current ?? 0 }, 'version')
  if (valuesStampReader(db)(id) !== stamp) return false
  valueKeeper(db)(id, values, act.at)
  setTriggers(db, plan, to, from, act.at, brand)
  const { places: reworded, count: concerned } = waiting
  const nobody = { fates: {}, mapping: {}, byNode: {} }
  if (Object.keys(reworded).length > 0)
    planMove(db, {
      ...{ kind: 'values', journeyId: id, toVersion: version, ...nobody, reworded, concerned },
      ...{ now: act.at, act },
    })
  const write = auditWriter(db)
  for (const [variable, value] of Object.entries(values)) {
    const detail = { variable, before: before[variable] ?? null, after: value, reached: concerned }
    write(act, 'journey.value_changed', id, detail)
  }
  return true
}
