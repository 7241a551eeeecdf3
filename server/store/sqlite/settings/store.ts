import type { AuditDetail } from '../../../../shared/audit/details.ts'
import { modelOrigin } from '../../../../shared/channels/origin.ts'
import { emptyRegister, smsRegister } from '../../../../shared/channels/sms/register.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import { minorDigits } from '../../../../shared/money.ts'
import type { Act } from '../../../ports/acts.ts'
import type { ChannelFields, ModelSettings, SettingsStore } from '../../../ports/settings.ts'
import { InUse } from '../../../ports/uses.ts'
import { despite, usesOf } from '../audiences/uses.ts'
import { changer } from '../changes.ts'
import { readWholeBrand } from '../contents/read.ts'
import type { BrandDatabase } from '../database.ts'
import { haltEnder, listHalts } from '../messages/halts.ts'
import type { Vault } from '../secrets/vault.ts'
import { holdsAmounts, rescaleAmounts } from './amounts.ts'
import { readBrand, readBrandWhole, readKept, settingsKeys, writeBrand, writeMeta } from './meta.ts'
import { channelSecrets, modelKey, plainFields, saveChannelSecrets, saveModelKey } from './secrets.ts'
import { readSmsRegisters } from './sms.ts'
import { type Kept, readStoredChannels, readStoredModel, type Stored } from './stored.ts'

/** What is kept under a key, or the empty object that stands for nothing. */
function keptOrNone(db: BrandDatabase, key: string): Kept {
  const kept = readKept(db, key)
  return 'json' in kept && kept.json === undefined ? { json: {} } : kept
}

/** The settings of channels without their secrets. */
const readFields = (db: BrandDatabase) => readStoredChannels(keptOrNone(db, settingsKeys.channels))

function readChannels(db: BrandDatabase, vault: Vault): Record<string, ChannelFields> {
  const fields = Object.entries(readFields(db).value)
  return Object.fromEntries(
    fields.map(([id, plain]) => [id, { ...plain, ...channelSecrets(vault, id, plain) }]),
  )
}

function readModel(db: BrandDatabase, vault: Vault): Stored<ModelSettings> {
  const { value, faults } = readStoredModel(keptOrNone(db, settingsKeys.ai))
  return { value: { ...value, apiKey: vault.read(modelKey, modelOrigin(value.baseUrl)) }, faults }
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
  const endHalts = haltEnder(db)
  const writeChannel = (
    act: Act,
    id: string,
    fields: ChannelFields | null,
    dropped: readonly string[],
  ): void => {
    const { [id]: _before, ...others } = readFields(db).value
    saveChannelSecrets(vault, id, fields, dropped)
    const plain = fields === null ? {} : { [id]: plainFields(id, fields) }
    writeMeta(db, settingsKeys.channels, { ...others, ...plain })
    // What was at fault was so by the settings of before.
    endHalts(id, null, act.at)
  }
  return {
    brand: async () => readWholeBrand(db),
    halts: async () => listHalts(db),
    channels: async () => readChannels(db, vault),
    model: async () => readModel(db, vault).value,
    secrets: async () => vault.kept(),
    faults: async () =>
      [readBrandWhole(db), readFields(db), readModel(db, vault)].flatMap(({ faults }) => faults),
    async saveBrand(act, brand) {
      const write = () => {
        const before = readBrand(db)
        changeCurrency(db, before, brand)
        writeBrand(db, brand)
        return changedFields(before, readBrand(db))
      }
      change(act, write, (detail) => ({ action: 'brand.changed', id: '', detail }))
    },
    saveChannel: async (act, id, settings, dropped = []) =>
      change(
        act,
        () => writeChannel(act, id, { ...settings }, dropped),
        () => ({
          action: 'channel.changed',
          id,
          detail: { fields: Object.keys(settings).join(', ') },
        }),
      ),
    async removeChannel(act, id, { registry, despiteRunning }) {
      const remove = () => {
        const uses = usesOf(db, { kind: 'channel', name: id }, registry)
        const running = uses.filter(({ state }) => state === 'running')
        const isSet = readFields(db).value[id] !== undefined
        if (isSet && running.length > 0 && !despiteRunning)
          throw new InUse('channel-in-use', { channel: id }, running)
        writeChannel(act, id, null, [])
        return running
      }
      change(act, remove, (running) => ({ action: 'channel.removed', id, ...despite(running) }))
    },
    resumeChannel: async (act, id, endpoint) =>
      change(
        act,
        () => endHalts(id, endpoint, act.at),
        () => ({ action: 'channel.resumed', id }),
      ),
    smsRegisters: async () => readSmsRegisters(db),
    async saveSmsRegister(act, provider, make, what) {
      const write = () => {
        const all = readSmsRegisters(db)
        const next = smsRegister.parse(make(all[provider] ?? emptyRegister))
        writeMeta(db, settingsKeys.sms, { ...all, [provider]: next })
        return next.templates.length
      }
      change(act, write, (count) => ({ action: `sms.${what}`, id: provider, detail: { count } }))
    },
    async saveModel(act, { apiKey, ...settings }) {
      const write = () => {
        writeMeta(db, settingsKeys.ai, settings)
        saveModelKey(vault, settings.baseUrl, apiKey)
        return readModel(db, vault).value.apiKey !== null
      }
      change(act, write, (keySet) => ({
        action: 'model.changed',
        id: settings.model ?? '',
        detail: { keySet },
      }))
    },
  }
}
