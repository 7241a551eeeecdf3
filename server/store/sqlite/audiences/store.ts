import type { Asked, AudienceStore, Counted, SizedAudience } from '../../../ports/audiences.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { StampedCache, stampOf } from '../stamp.ts'
import {
  addAudience,
  audienceSummaries,
  changeAudience,
  countCondition,
  getAudience,
  removeAudience,
  rowOf,
} from './audiences.ts'
import { allSavedAudiences } from './base.ts'
import { stepThrough } from './step.ts'
import { usesOfAudience } from './uses.ts'

const minuteMs = 60_000

/** Audiences over one brand's database. Counts over the whole base are kept while nothing is written. */
export function audienceStore(db: BrandDatabase): AudienceStore {
  const change = changer(db)
  const lists = new StampedCache<SizedAudience[]>()
  const counts = new StampedCache<Counted>()
  /** Differs when something was written, or a minute has passed: conditions look at the time. */
  const stampAt = ({ now, zone }: Asked) => `${stampOf(db)}:${Math.floor(now / minuteMs)}:${zone}`
  const saved = allSavedAudiences(db.sqlite)
  return {
    saved: async () => saved(),
    summaries: async (at) => lists.get('', stampAt(at), () => audienceSummaries(db, at)),
    get: async (key, at) => getAudience(db, key, at),
    count: async (condition, at) =>
      counts.get(JSON.stringify(condition), stampAt(at), () => countCondition(db, condition, at)),
    stepThrough: async (step) => stepThrough(db, step),
    add: async (act, draft) =>
      change(
        act,
        () => addAudience(db, draft, act.at),
        () => ({ action: 'audience.created', id: draft.key }),
      ),
    change: async (act, draft) =>
      change(
        act,
        () => changeAudience(db, draft, act.at),
        () => ({ action: 'audience.changed', id: draft.key }),
      ),
    uses: async (key) => {
      rowOf(db, key)
      return usesOfAudience(db, key)
    },
    remove: async (act, key, despiteDrafts) =>
      change(
        act,
        () => removeAudience(db, key, despiteDrafts),
        () => ({ action: 'audience.removed', id: key }),
      ),
  }
}
