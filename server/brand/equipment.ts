import { channelSettings } from '../../shared/channels/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Channel } from '../channels/channel.ts'
import { buildChannels } from '../channels/index.ts'
import type { SettingsReads } from '../ports/settings.ts'
import { inboxWriter } from '../store/sqlite/messages/inbox.ts'
import { type Model, openModel } from './models.ts'
import type { OpenBrand } from './options.ts'
import { aiSettingsOf } from './settings.ts'

export type Renewed = 'brand' | 'channels' | 'model'

/** What a brand is set up with: its own decisions, its channels, its model. */
export interface Equipment {
  brand(): Brand
  channels(): ReadonlyMap<string, Channel>
  /** null where no model is set up. */
  model(): Model | null
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
  const { db, mode, ai, machineNow, reach = {} } = options
  const toPhone = inboxWriter(db)
  const deliver = async (rows: Parameters<typeof toPhone>[0]) => onInbox(toPhone(rows, now()))
  const buildNow = async (): Promise<ReadonlyMap<string, Channel>> =>
    options.channels?.() ??
    buildChannels(channelSettings.parse(await settings.channels()), {
      mode,
      now,
      deliverPhone: deliver,
      deliverInbox: deliver,
      ...reach,
    })
  const modelNow = async () => openModel(aiSettingsOf(await settings.model(), ai), machineNow)
  let brand = await settings.brand()
  let channels = await buildNow()
  let model = await modelNow()
  const renewing = {
    async brand() {
      brand = await settings.brand()
    },
    async channels() {
      const before = channels
      channels = await buildNow()
      await closeAll(before)
    },
    async model() {
      model = await modelNow()
    },
  } satisfies Record<Renewed, () => Promise<void>>
  return {
    brand: () => brand,
    channels: () => channels,
    model: () => model,
    renew: (what) => renewing[what](),
    close: () => closeAll(channels),
  }
}
