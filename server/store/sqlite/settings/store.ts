import { z } from 'zod'
import { channelSettingsSave } from '../../../../shared/api/settings.ts'
import type { AuditDetail } from '../../../../shared/audit/actions.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import type { ModelSettings, SettingsStore } from '../../../ports/settings.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { readBrand, readMeta, settingsKeys, writeBrand, writeMeta } from './meta.ts'

const storedChannels = z.record(z.string(), channelSettingsSave)
const storedModel = z.object({
  baseUrl: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
  apiKey: z.string().nullable().default(null),
})

const readChannels = (db: BrandDatabase) => storedChannels.parse(readMeta(db, settingsKeys.channels) ?? {})
const readModel = (db: BrandDatabase): ModelSettings => storedModel.parse(readMeta(db, settingsKeys.ai) ?? {})

/** Which decisions of the brand are others now. */
function changedFields(before: Brand, after: Brand): AuditDetail {
  const old = new Map(Object.entries(before).map(([field, value]) => [field, JSON.stringify(value)]))
  const fields = Object.entries(after).flatMap(([field, value]) =>
    old.get(field) === JSON.stringify(value) ? [] : [field],
  )
  return { fields: fields.join(', ') }
}

/** Settings over one brand's database. The log names which were changed, and never a secret's value. */
export function settingsStore(db: BrandDatabase): SettingsStore {
  const change = changer(db)
  return {
    brand: async () => readBrand(db),
    channels: async () => readChannels(db),
    model: async () => readModel(db),
    async saveBrand(act, brand) {
      const write = () => {
        const before = readBrand(db)
        writeBrand(db, brand)
        return changedFields(before, readBrand(db))
      }
      change(act, write, (detail) => ({ action: 'brand.changed', id: '', detail }))
    },
    async saveChannel(act, id, settings) {
      const write = () => {
        const { [id]: _before, ...others } = readChannels(db)
        writeMeta(db, settingsKeys.channels, settings === null ? others : { ...others, [id]: settings })
      }
      change(act, write, () =>
        settings === null
          ? { action: 'channel.removed', id }
          : { action: 'channel.changed', id, detail: { fields: Object.keys(settings).join(', ') } },
      )
    },
    saveModel: async (act, settings) =>
      change(
        act,
        () => writeMeta(db, settingsKeys.ai, settings),
        () => ({
          action: 'model.changed',
          id: settings.model ?? '',
          detail: { keySet: settings.apiKey !== null },
        }),
      ),
  }
}
