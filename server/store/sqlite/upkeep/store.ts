import { type Night, night } from '../../../../shared/api/upkeep.ts'
import type { NightStore } from '../../../ports/upkeep.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

const key = 'night'

/** How the last night went, kept in a brand's or the installation's own data. */
export function nightStore({ sqlite }: Pick<BrandDatabase, 'sqlite'>): NightStore {
  const read = sqlite.prepare<[string], string>('select value from meta where key = ?').pluck()
  const put = sqlite.prepare(
    'insert into meta (key, value) values (?, ?) on conflict do update set value = excluded.value',
  )
  const change = changer({ sqlite })
  return {
    async last() {
      const text = read.get(key)
      return text === undefined ? null : valueOr(readColumn(text, night), null)
    },
    async note(act, done) {
      const failed = done.chores.filter(({ state }) => state === 'failed').map(({ chore }) => chore)
      change(
        act,
        () => void put.run(key, JSON.stringify(done satisfies Night)),
        () => ({
          action: 'data.tended',
          id: '',
          detail: { chores: done.chores.length, ...(failed.length > 0 && { undone: failed.join(', ') }) },
        }),
      )
    },
  }
}
