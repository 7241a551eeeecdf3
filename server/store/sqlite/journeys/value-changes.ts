import { Problem } from '../../../../shared/errors/index.ts'
import type { Act } from '../../../ports/acts.ts'
import type { HeldValues, ValuesChange } from '../../../ports/journeys.ts'
import { auditWriter } from '../audit/audit.ts'
import type { BrandDatabase } from '../database.ts'
import { setTriggers } from './publish.ts'
import { statusIn } from './read.ts'
import { givenValues, valueKeeper } from './values.ts'
import { versionGraph } from './versions.ts'

/** What a running journey's variables are worth; null where it does not run. Problem `not-found`. */
export function heldValues(db: BrandDatabase, id: string): HeldValues | null {
  statusIn(db, id)
  const version = runningVersion(db, id)
  if (version === null) return null
  return { version, journey: versionGraph(db, id, version), given: givenValues(db, id) }
}

function runningVersion({ sqlite }: BrandDatabase, id: string): number | null {
  const row = sqlite
    .prepare<[string], { version: number | null }>(
      `select live_version as version from journeys where id = ? and status in ('live', 'paused')`,
    )
    .get(id)
  return row?.version ?? null
}

/** Within a transaction: gives variables other values from now on, and says so in the log, a row for each. */
export function changeValues(db: BrandDatabase, act: Act, id: string, change: ValuesChange): void {
  const { version, values, before, from, to, plan, brand } = change
  const current = runningVersion(db, id)
  if (current !== version) throw new Problem('stale-version', { version, current: current ?? 0 }, 'version')
  valueKeeper(db)(id, values, act.at)
  setTriggers(db, plan, to, from, act.at, brand)
  const write = auditWriter(db)
  for (const [variable, value] of Object.entries(values))
    write(act, 'journey.value_changed', id, { variable, before: before[variable] ?? null, after: value })
}
