import { channelSettings } from '../../shared/channels/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Channel } from '../channels/channel.ts'
import { buildChannels } from '../channels/index.ts'
import { inboxWriter } from '../store/sqlite/messages/inbox.ts'
import { readBrand, readMeta, settingsKeys, writeBrand } from '../store/sqlite/settings/meta.ts'
import { type Model, openModel } from './models.ts'
import type { OpenBrand } from './options.ts'
import { aiSettingsOf } from './settings.ts'

/** What a brand is set up with: its own decisions, its channels, its model. */
export interface Equipment {
  brand(): Brand
  saveBrand(brand: Brand): void
  channels(): ReadonlyMap<string, Channel>
  /** null where no model is set up. */
  model(): Model | null
  /** Reads the settings of channels and model again. */
  renew(): Promise<void>
  close(): Promise<void>
}

async function closeAll(channels: ReadonlyMap<string, Channel>): Promise<void> {
  await Promise.all([...channels.values()].map((channel) => channel.close()))
}

/** Reads the settings and sets up what they say; what reaches the phone is told to `onInbox`. */
export function equip(options: OpenBrand, now: () => number, onInbox: (added: number) => void): Equipment {
  const { db, mode, ai, machineNow, reach = {} } = options
  const toPhone = inboxWriter(db)
  const deliver = async (rows: Parameters<typeof toPhone>[0]) => onInbox(toPhone(rows, now()))
  const buildNow = (): ReadonlyMap<string, Channel> =>
    options.channels?.() ??
    buildChannels(channelSettings.parse(readMeta(db, settingsKeys.channels) ?? {}), {
      mode,
      now,
      deliverPhone: deliver,
      deliverInbox: deliver,
      ...reach,
    })
  const modelNow = () => openModel(aiSettingsOf(db, ai), machineNow)
  let brand = readBrand(db)
  let channels = buildNow()
  let model = modelNow()
  return {
    brand: () => brand,
    saveBrand(changed) {
      writeBrand(db, changed)
      brand = readBrand(db)
    },
    channels: () => channels,
    model: () => model,
    async renew() {
      const before = channels
      channels = buildNow()
      model = modelNow()
      await closeAll(before)
    },
    close: () => closeAll(channels),
  }
}
