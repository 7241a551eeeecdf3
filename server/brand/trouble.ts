import { stat } from 'node:fs/promises'
import { systemCodeOf, type TroubleCode } from '../ports/trouble.ts'
import type { OpenBrand } from './options.ts'

/** Tells by a sign and in the log what keeps a brand's store from its work, and when that is over. */
export function tellOfTrouble({ id, db, log, signs }: Pick<OpenBrand, 'id' | 'db' | 'log' | 'signs'>): void {
  let told: TroubleCode | null = null
  watchPlace(db)
  db.steady.watch((trouble) => {
    if (told !== null && told !== trouble?.code) signs?.clear(told, id)
    if (trouble !== null) {
      signs?.raise(trouble.code, id, trouble.details)
      log.error({ brand: id, ...trouble }, 'the store cannot do its work; it is tried again')
    } else log.info({ brand: id, was: told }, 'the store does its work again')
    told = trouble?.code ?? null
  })
}

/** How often it is looked whether a file is still where it was (ms). */
const lookMs = 5_000

/** Whoever deletes a file, or lays another in its place, does not stop what goes on in the old one, which is lost. */
function watchPlace({ path, sqlite, steady }: OpenBrand['db']): void {
  if (path === ':memory:') return
  let known: number | null = null
  const look = async (): Promise<void> => {
    if (!sqlite.open) return
    try {
      const { ino } = await stat(path)
      known ??= ino
      if (known !== ino && sqlite.open) steady.note('store-gone', 'another file')
    } catch (error) {
      // A disk that does not answer for a while is no lost file.
      if (systemCodeOf(error) === 'ENOENT' && sqlite.open) steady.note('store-gone', 'ENOENT')
    }
    if (sqlite.open && steady.trouble()?.code !== 'store-gone') setTimeout(() => void look(), lookMs).unref()
  }
  void look()
}
