import type { ModelReport } from '../../shared/api/models.ts'
import { limits } from '../../shared/limits.ts'
import {
  driftsFrom,
  type FittedGroups,
  type KeptGroup,
  type MatchedGroup,
  matchGroups,
} from '../../shared/models/group-names.ts'
import { differencesOf, fitGroups, pointOf, scaled, scaleOf } from '../../shared/models/groups.ts'
import type { Habits } from '../../shared/models/habits.ts'
import { standingOn } from '../../shared/models/standing.ts'
import type { Locale } from '../../shared/text.ts'
import type { Sampled } from '../ports/features.ts'

export interface FoundGroups {
  readonly fitted: FittedGroups
  readonly silhouette: number
  /** Without how many customers each has. */
  readonly told: readonly Omit<ModelReport['groups'][number], 'customers'>[]
}

const unknownHabits: Habits = {
  ...{ category: null, channel: null, response: null },
  ...{ hour: null, hours: 0, nights: 0 },
}

const kept = ({ moved: _moved, ...group }: MatchedGroup): KeptGroup => group

/** Finds groups of buyers, and gives them the names of before; null where too few have bought. */
export function findGroups(
  sample: readonly Sampled[],
  day: number,
  { before, locale }: { readonly before: FittedGroups | null; readonly locale: Locale },
): FoundGroups | null {
  const points = sample.slice(0, limits.groupSample.value).flatMap((one) => {
    const standing = standingOn(one, day)
    if (standing === null) return []
    const habits = { ...unknownHabits, hours: one.hours, nights: one.nights }
    return [pointOf({ standing, habits, until: day })]
  })
  if (points.length < limits.modelCustomers.value) return null
  const scale = scaleOf(points)
  const known = (before?.groups ?? []).map(({ centre }) => scaled(scale, centre))
  const { centres, silhouette } = fitGroups(
    points.map((point) => scaled(scale, point)),
    known,
  )
  const groups = matchGroups(centres, scale, before?.groups ?? [], locale)
  return {
    fitted: { ...scale, groups: groups.map(kept) },
    silhouette,
    told: groups.map(({ id, name, named, moved, centre }) => ({
      ...{ id, name, named, differences: differencesOf(scaled(scale, centre)) },
      drifted: moved !== null && moved > driftsFrom,
      isNew: before !== null && moved === null,
    })),
  }
}
