import type { Act } from '../../../ports/acts.ts'
import type { Asked, AudienceStore, Counted, SizedAudience } from '../../../ports/audiences.ts'
import type { Base } from '../../../ports/base.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { StampedCache, stampOf } from '../stamp.ts'
import {
  addAudience,
  addList,
  audienceSummaries,
  changeAudience,
  getAudience,
  removeAudience,
  rowOf,
} from './audiences.ts'
import { allSavedAudiences } from './base.ts'
import { forgetMembers, keepMembers, markFrozen, markThawed } from './frozen.ts'
import { historyReader, keepLook } from './history.ts'
import { isUnfilled } from './unfilled.ts'
import { usesOfAudience } from './uses.ts'

const minuteMs = 60_000

/** Answers kept for as long as nothing is written and the minute is the same, as conditions look at the time. */
function keptAnswers<T>(db: BrandDatabase) {
  const cache = new StampedCache<Promise<T>>()
  return (key: string, { now, zone }: Asked, ask: () => Promise<T>): Promise<T> => {
    const stamp = `${stampOf(db)}:${Math.floor(now / minuteMs)}:${zone}`
    return cache.get(key, stamp, () =>
      ask().catch((error: unknown) => {
        cache.forget(key)
        throw error
      }),
    )
  }
}

/** Audiences over one brand's database; `base` answers over everybody. */
export function audienceStore(db: BrandDatabase, base: Base): AudienceStore {
  const change = changer(db)
  const lists = keptAnswers<SizedAudience[]>(db)
  const counts = keptAnswers<Counted>(db)
  const saved = allSavedAudiences(db.sqlite)
  const remove = (act: Act, key: string, despiteDrafts: boolean) =>
    change(
      act,
      () => removeAudience(db, key, despiteDrafts),
      () => ({ action: 'audience.removed', id: key }),
    )
  return {
    saved: async () => saved(),
    summaries: (at) => lists('', at, () => audienceSummaries(db, base, at)),
    get: (key, at) => getAudience(db, base, key, at),
    count: async (condition, at) =>
      counts(JSON.stringify(condition), at, () =>
        base.ask('count', { condition, moment: { ...at, anchors: {} } }),
      ),
    values: (asked) => base.ask('values', asked),
    overlap: async (audiences, at) => {
      for (const key of audiences) rowOf(db, key)
      return base.ask('overlap', { audiences, moment: { ...at, anchors: {} } })
    },
    members: (condition, at) => base.ask('select', { condition, moment: { ...at, anchors: {} } }),
    stepThrough: (step) => base.ask('step', step),
    add: async (act, draft) =>
      change(
        act,
        () => addAudience(db, draft, act.at),
        () => ({ action: 'audience.created', id: draft.key }),
      ),
    addList: async (act, list) =>
      change(
        act,
        () => addList(db, list, act.at),
        () => ({ action: 'audience.created', id: list.key }),
      ),
    change: async (act, draft) =>
      change(
        act,
        () => changeAudience(db, draft, act.at),
        () => ({ action: 'audience.changed', id: draft.key }),
      ),
    ...historyReader(db),
    async freeze(act, key, ids) {
      await keepMembers(db, key, ids, act.at)
      change(
        act,
        () => markFrozen(db, key, act),
        () => ({ action: 'audience.frozen', id: key, detail: { people: ids.length } }),
      )
    },
    async thaw(act, key) {
      change(
        act,
        () => markThawed(db, key, act),
        () => ({ action: 'audience.thawed', id: key }),
      )
      await forgetMembers(db, key)
    },
    look: async (act, key, seen) =>
      change(
        act,
        () => keepLook(db, key, seen),
        () => ({ action: 'audience.looked', id: key }),
      ),
    uses: async (key) => {
      rowOf(db, key)
      return usesOfAudience(db, key)
    },
    remove: async (act, key, despiteDrafts) => remove(act, key, despiteDrafts),
    removeUnfilled: async (act, key) =>
      db.sqlite
        .transaction(() => {
          if (isUnfilled(db, key)) remove(act, key, false)
        })
        .immediate(),
  }
}
