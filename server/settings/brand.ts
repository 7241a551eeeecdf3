import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type BrandSettings, settingsOf } from '../../shared/journey/brand.ts'
import { nameFault } from '../../shared/journey/file.ts'
import { longNames } from '../../shared/journey/names.ts'
import type { SettingsDesk } from './desk.ts'

/** A name of an earlier release that is longer than one may be stays as it is. */
function refuseLongName(brand: BrandSettings, before: BrandSettings): void {
  const known = longNames(before)
  const long = [...longNames(brand)].find(([path, name]) => known.get(path) !== name)
  if (long === undefined) return
  const { code, details, path } = nameFault(...long)
  throw new Problem(code, details, path)
}

/** Changes what the brand has decided for all its journeys. Problem `name-too-long`. */
export async function changeBrand(
  desk: SettingsDesk,
  actor: Actor,
  brand: BrandSettings,
): Promise<BrandSettings> {
  refuseLongName(brand, desk.brand())
  await desk.stores.settings.saveBrand(desk.act(actor), brand)
  await desk.reconfigure('brand')
  return settingsOf(desk.brand())
}
