import { z } from 'zod'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'
import { inForce } from '../ports/settings.ts'
import type { ToldCallback } from '../ports/wecom.ts'

const keys = z.looseObject({
  corpId: z.string().min(1),
  callbackToken: z.string().min(1),
  callbackAesKey: z.string().length(43),
})

/** What WeCom's callbacks to a brand are opened with; Problem `channel-absent`. */
export async function callbackKeys({ stores }: Desk): Promise<z.infer<typeof keys>> {
  const { wecom } = await stores.settings.channels()
  const { success, data } = keys.safeParse(wecom === undefined ? {} : inForce('wecom', wecom))
  if (!success) throw new Problem('channel-absent', { channel: 'wecom' }, 'channel')
  return data
}

/** Keeps what was told, and has it done without waiting for it. */
export async function takeCallback(desk: Desk, told: ToldCallback, realNow: number): Promise<void> {
  if (await desk.stores.wecom.keep(told, realNow)) await desk.stir()
}
