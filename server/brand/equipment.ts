import { type ChannelSettings, channelSettings } from '../../shared/channels/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Caller } from '../channels/call.ts'
import type { Channel } from '../channels/channel.ts'
import { buildCaller, buildChannels } from '../channels/index.ts'
import { machineElapsed } from '../clock/machine.ts'
import type { ChannelFields, SettingsReads } from '../ports/settings.ts'
import { inboxWriter } from '../store/sqlite/messages/inbox.ts'
import { type Model, openModel } from './models.ts'
import type { OpenBrand } from './options.ts'
import { aiSettingsOf, pricedFor } from './settings.ts'

export type Renewed = 'brand' | 'channels' | 'model'

/** What a brand is set up with: its own decisions, its channels, its model. */
export interface Equipment {
  brand(): Brand
  channels(): ReadonlyMap<string, Channel>
  /** What calls other systems; null where webhooks are not set up. */
  caller(): Caller | null
  /** null where no model is set up. */
  model(): Model | null
  /** Reads what was saved again. */
  renew(what: Renewed): Promise<void>
  close(): Promise<void>
}

async function closeAll(channels: ReadonlyMap<string, Channel>): Promise<void> {
  await Promise.all([...channels.values()].map((channel) => channel.close()))
}

/** The channels that can be set up; one whose secret cannot be opened is left out, as one that was never set up. */
function usable(saved: Readonly<Record<string, ChannelFields>>): ChannelSettings {
  const parsed = Object.entries(saved).map(([id, fields]) => channelSettings.safeParse({ [id]: fields }))
  return Object.assign({}, ...parsed.flatMap(({ success, data }) => (success ? [data] : [])))
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
  const deliver = async (rows: Parameters<typeof toPhone>[0]) => onInbox(toPhone(rows, now()))
  const deps = { mode, now, deliverPhone: deliver, deliverInbox: deliver, ...reach }
  const buildNow = async () => {
    const saved = usable(await settings.channels())
    const built: ReadonlyMap<string, Channel> = options.channels?.() ?? buildChannels(saved, deps)
    return { channels: built, caller: buildCaller(saved, deps) }
  }
  let brand = await settings.brand()
  const modelNow = async () => openModel(pricedFor(brand, aiSettingsOf(await settings.model(), ai)), elapsed)
  let out = await buildNow()
  let model = await modelNow()
  const renewing = {
    async brand() {
      const { currency } = brand
      brand = await settings.brand()
      if (brand.currency !== currency) model = await modelNow()
    },
    async channels() {
      const before = out
      out = await buildNow()
      before.caller?.close()
      await closeAll(before.channels)
    },
    async model() {
      model = await modelNow()
    },
  } satisfies Record<Renewed, () => Promise<void>>
  return {
    brand: () => brand,
    channels: () => out.channels,
    caller: () => out.caller,
    model: () => model,
    renew: (what) => renewing[what](),
    async close() {
      out.caller?.close()
      await closeAll(out.channels)
    },
  }
}
