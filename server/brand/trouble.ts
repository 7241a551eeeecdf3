import type { TroubleCode } from '../ports/trouble.ts'
import type { OpenBrand } from './options.ts'

/** Tells by a sign and in the log what keeps a brand's store from its work, and when that is over. */
export function tellOfTrouble({ id, db, log, signs }: Pick<OpenBrand, 'id' | 'db' | 'log' | 'signs'>): void {
  let told: TroubleCode | null = null
  db.steady.watch((trouble) => {
    if (told !== null && told !== trouble?.code) signs?.clear(told, id)
    if (trouble !== null) {
      signs?.raise(trouble.code, id, trouble.details)
      log.error({ brand: id, ...trouble }, 'the store cannot do its work; it is tried again')
    } else log.info({ brand: id, was: told }, 'the store does its work again')
    told = trouble?.code ?? null
  })
}
