import type { Actor } from '../../shared/audit/actor.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { SettingsDesk } from './desk.ts'

/** Changes what the brand has decided for all its journeys. */
export async function changeBrand(desk: SettingsDesk, actor: Actor, brand: Brand): Promise<Brand> {
  await desk.stores.settings.saveBrand(desk.act(actor), brand)
  await desk.reconfigure('brand')
  return desk.brand()
}
