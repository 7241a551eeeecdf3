import { z } from 'zod'
import { channelSettingsSave } from '../../../../shared/api/settings.ts'
import type { AuditDetail } from '../../../../shared/audit/actions.ts'
import { modelOrigin } from '../../../../shared/channels/origin.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import { minorDigits } from '../../../../shared/money.ts'
import type { ChannelFields, ModelSettings, SettingsStore } from '../../../ports/settings.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import type { Vault } from '../secrets/vault.ts'
import { holdsAmounts, rescaleAmounts } from './amounts.ts'
import { readBrand, readMeta, settingsKeys, writeBrand, writeMeta } from './meta.ts'
import { channelSecrets, modelKey, plainFields, saveChannelSecrets, saveModelKey } from './secrets.ts'

const storedChannels = z.record(z.string(), channelSettingsSave)
const storedModel = z.object({
  baseUrl: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
})

const readFields = (db: BrandDatabase) => storedChannels.parse(readMeta(db, settingsKeys.channels) ?? {})

function readChannels(db: BrandDatabase, vault: Vault): Record<string, ChannelFields> {
  const fields = Object.entries(readFields(db))
  return Object.fromEntries(
    fields.map(([id, plain]) => [id, { ...plain, ...channelSecrets(vault, id, plain) }]),
  )
}

function readModel(db: BrandDatabase, vault: Vault): ModelSettings {
  const { baseUrl, model } = storedModel.parse(readMeta(db, settingsKeys.ai) ?? {})
  return { baseUrl, model, apiKey: vault.read(modelKey, modelOrigin(baseUrl)) }
}

/** Which decisions of the brand are others now. */
function changedFields(before: Brand, after: Brand): AuditDetail {
  const old = new Map(Object.entries(before).map(([field, value]) => [field, JSON.stringify(value)]))
  const fields = Object.entries(after).flatMap(([field, value]) =>
    old.get(field) === JSON.stringify(value) ? [] : [field],
  )
  return { fields: fields.join(', ') }
}

/**
 * What has been spent and promised in one currency is nothing in another: a brand that holds amounts keeps its own.
 * Of one that has only drafts they stay the numbers that they are, 20 yuan becoming 20 yen. Problem
 * `currency-in-use`.
 */
function changeCurrency(db: BrandDatabase, before: Brand, after: Brand): void {
  if (before.currency === after.currency) return
  if (holdsAmounts(db)) {
    const { currency } = before
    throw new Problem('currency-in-use', { currency, wanted: after.currency }, 'currency')
  }
  rescaleAmounts(db, minorDigits(after.currency) - minorDigits(before.currency))
}

/** Settings over one brand's database. The log names which were changed, and never a secret's value. */
export function settingsStore(db: BrandDatabase, vault: Vault): SettingsStore {
  const change = changer(db)
  return {
    brand: async () => readBrand(db),
    channels: async () => readChannels(db, vault),
    model: async () => readModel(db, vault),
    secrets: async () => vault.kept(),
    async saveBrand(act, brand) {
      const write = () => {
        const before = readBrand(db)
        changeCurrency(db, before, brand)
        writeBrand(db, brand)
        return changedFields(before, readBrand(db))
      }
      change(act, write, (detail) => ({ action: 'brand.changed', id: '', detail }))
    },
    async saveChannel(act, id, settings, dropped = []) {
      const write = () => {
        const { [id]: _before, ...others } = readFields(db)
        const fields = settings === null ? null : { ...settings }
        saveChannelSecrets(vault, id, fields, dropped)
        const plain = fields === null ? {} : { [id]: plainFields(id, fields) }
        writeMeta(db, settingsKeys.channels, { ...others, ...plain })
      }
      change(act, write, () =>
        settings === null
          ? { action: 'channel.removed', id }
          : { action: 'channel.changed', id, detail: { fields: Object.keys(settings).join(', ') } },
      )
    },
    async saveModel(act, { apiKey, ...settings }) {
      const write = () => {
        writeMeta(db, settingsKeys.ai, settings)
        saveModelKey(vault, settings.baseUrl, apiKey)
        return readModel(db, vault).apiKey !== null
      }
      change(act, write, (keySet) => ({
        action: 'model.changed',
        id: settings.model ?? '',
        detail: { keySet },
      }))
    },
  }
}
