import { z } from 'zod'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'
import { inForce } from '../ports/settings.ts'
import type { ToldCallback } from '../ports/wecom.ts'

const keys = z.looseObject({
  appId: z.string().min(1),
  callbackToken: z.string().min(1),
  callbackAesKey: z.string().length(43).optional(),
})

/** What WeChat's callbacks to a brand are opened with; Problem `channel-absent`. */
export async function wechatKeys({ stores }: Desk): Promise<z.infer<typeof keys>> {
  const { wechat } = await stores.settings.channels()
  const { success, data } = keys.safeParse(wechat === undefined ? {} : inForce('wechat', wechat))
  if (!success) throw new Problem('channel-absent', { channel: 'wechat' }, 'channel')
  return data
}

/** Keeps what was told, and has it done without waiting for it. */
export async function takeWechat(desk: Desk, told: ToldCallback, realNow: number): Promise<void> {
  if (await desk.stores.wechat.keep(told, realNow)) await desk.stir()
}
