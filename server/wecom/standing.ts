import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { WecomStanding } from '../ports/wecom.ts'
import type { WecomDesk } from './tasks.ts'

export const standingOf = ({ stores }: WecomDesk): Promise<WecomStanding> => stores.wecom.standing()

/** Has friends taken over, and does not wait for it. Problem `channel-absent` where nobody could be asked. */
export async function beginSync(desk: WecomDesk, actor: Actor): Promise<WecomStanding> {
  if (desk.wecom() === null) throw new Problem('channel-absent', { channel: 'wecom' }, 'channel')
  const { syncing } = await desk.stores.wecom.standing()
  if (!syncing) await desk.stores.wecom.sync(desk.act(actor))
  await desk.stir()
  return desk.stores.wecom.standing()
}
