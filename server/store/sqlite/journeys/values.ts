import { z } from 'zod'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { type JourneyValues, valuesOf } from '../../../../shared/journey/values.ts'
import type { GivenValue } from '../../../ports/journeys.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'

const value = z.union([z.string(), z.number(), z.boolean()])

interface Row {
  name: string
  value: string
  from: number
}

/** All values that a journey's variables were given, the oldest first; of what cannot be read the version's own holds. */
export function givenValues({ sqlite }: Pick<BrandDatabase, 'sqlite'>, journeyId: string): GivenValue[] {
  return sqlite
    .prepare<[string], Row>(
      'select name, value, from_at as "from" from journey_values where journey_id = ? order by seq',
    )
    .all(journeyId)
    .flatMap((row) => {
      const read = readColumn(row.value, value)
      return read.readable ? [{ ...row, value: read.value }] : []
    })
}

/** Changes with each value that a journey's variables are given. */
export function valuesStampReader({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): (journeyId: string) => number | null {
  const stamp = sqlite
    .prepare<[string], number | null>('select max(seq) from journey_values where journey_id = ?')
    .pluck()
  return (journeyId) => stamp.get(journeyId) ?? null
}

/** The values that held at a moment, where they were given others than the version's own; without one, now. */
export function valuesHeld(given: readonly GivenValue[], at: number | null = null): JourneyValues {
  const held = at === null ? given : given.filter(({ from }) => from <= at)
  return Object.fromEntries(held.map(({ name, value: one }) => [name, one]))
}

export function valueKeeper({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  const insert = sqlite.prepare(
    'insert into journey_values (journey_id, name, value, from_at) values (?, ?, ?, ?)',
  )
  return (journeyId: string, values: JourneyValues, from: number): void => {
    for (const [name, one] of Object.entries(values)) insert.run(journeyId, name, JSON.stringify(one), from)
  }
}

/**
 * On publishing: a value that the draft has changed since the version before is meant; one that it has not stays as it
 * was given while the journey ran.
 */
export function settleValues(db: BrandDatabase, journey: Journey, before: Journey | null, now: number): void {
  if (before === null) return
  const given = valuesHeld(givenValues(db, journey.id))
  const earlier = valuesOf(before)
  const meant = Object.entries(valuesOf(journey)).filter(
    ([name, one]) => Object.hasOwn(given, name) && given[name] !== one && earlier[name] !== one,
  )
  valueKeeper(db)(journey.id, Object.fromEntries(meant), now)
}
