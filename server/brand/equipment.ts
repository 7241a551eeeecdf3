import type { Brand } from '../../shared/journey/brand.ts'
import type { Caller } from '../channels/call.ts'
import type { Channel } from '../channels/channel.ts'
import type { ChannelDeps, WecomReach } from '../channels/index.ts'
import type { WechatClient } from '../channels/wechat/client.ts'
import { machineElapsed } from '../clock/machine.ts'
import type { SettingFault, SettingsReads } from '../ports/settings.ts'
import type { SettingTrial } from '../settings/desk.ts'
import { inboxWriter } from '../store/sqlite/messages/inbox.ts'
import { wechatBook } from '../store/sqlite/wechat/store.ts'
import { wecomBook } from '../store/sqlite/wecom/book.ts'
import { fitChannels, fitModel, trialOf } from './fitting.ts'
import type { Model } from './models.ts'
import type { OpenBrand } from './options.ts'

export type Renewed = 'brand' | 'channels' | 'model'

/** What a brand is set up with: its own decisions, its channels, its model. */
export interface Equipment {
  brand(): Brand
  channels(): ReadonlyMap<string, Channel>
  /** What calls other systems; null where webhooks are not set up. */
  caller(): Caller | null
  /** null where WeCom is not set up. */
  wecom(): WecomReach | null
  /** What asks the official account; null where it is not set up. */
  wechat(): WechatClient | null
  /** null where no model is set up. */
  model(): Model | null
  /** What is stored and cannot be used; it is left out. */
  faults(): Promise<readonly SettingFault[]>
  readonly trial: SettingTrial
  /** Reads what was saved again. */
  renew(what: Renewed): Promise<void>
  close(): Promise<void>
}

async function closeAll(channels: ReadonlyMap<string, Channel>): Promise<void> {
  await Promise.all([...channels.values()].map((channel) => channel.close()))
}

/** Reads the settings and sets up what they say; what reaches the phone is told to `onInbox`. */
export async function equip(
  options: OpenBrand,
  settings: SettingsReads,
  now: () => number,
  onInbox: (added: number) => void,
): Promise<Equipment> {
  const { db, mode, ai, elapsed = machineElapsed, reach = {} } = options
  const toPhone = inboxWriter(db)
  const deliver = async (rows: Parameters<typeof toPhone>[0]) =>
    onInbox(await db.steady.run(async () => toPhone(rows, now())))
  const deps: ChannelDeps = {
    mode,
    now,
    deliverPhone: deliver,
    deliverInbox: deliver,
    wecomBook: wecomBook(db),
    wechatBook: wechatBook(db),
    ...reach,
  }
  const buildNow = async () => {
    const { made, faults } = fitChannels(await settings.channels(), deps)
    const channels: ReadonlyMap<string, Channel> = options.channels?.() ?? made.channels
    return { ...made, channels, faults }
  }
  let brand = await settings.brand()
  const modelNow = async () => fitModel(await settings.model(), { brand, environment: ai, elapsed, reach })
  let out = await buildNow()
  let model = await modelNow()
  const renewModel = async () => {
    const before = model
    model = await modelNow()
    // Answers under way are heard to their end.
    void before.made?.polisher.close()
  }
  const renewing = {
    async brand() {
      const { currency } = brand
      brand = await settings.brand()
      if (brand.currency !== currency) await renewModel()
    },
    async channels() {
      const before = out
      out = await buildNow()
      // Which texts an SMS may say follows from its provider.
      brand = await settings.brand()
      before.caller?.close()
      before.wecom?.client.close()
      before.wechat?.close()
      await closeAll(before.channels)
    },
    model: renewModel,
  } satisfies Record<Renewed, () => Promise<void>>
  return {
    brand: () => brand,
    channels: () => out.channels,
    caller: () => out.caller,
    wecom: () => out.wecom,
    wechat: () => out.wechat,
    model: () => model.made,
    faults: async () => [...(await settings.faults()), ...out.faults, ...model.faults],
    trial: trialOf(deps, ai, elapsed),
    renew: (what) => renewing[what](),
    async close() {
      out.caller?.close()
      out.wecom?.client.close()
      out.wechat?.close()
      await closeAll(out.channels)
      // Whoever still asks is ended by its own limit; nobody waits for that.
      void model.made?.polisher.close()
    },
  }
}
